import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** Something an operator has to look at. Static thresholds only: above it, something is wrong. */
export type AlarmRow = {
  readonly id: string;
  readonly metric: IMetric;
  /** @default 0 */
  readonly above?: number;
  /** So many periods in a row. @default 1 */
  readonly periods?: number;
  /**
   * Raised by silence instead: the metric counts something that must go on happening. Judged after a
   * first beat, since a new alarm has no state that it could leave.
   * @default false
   */
  readonly onSilence?: boolean;
  /** What is wrong, and what it does to chats. */
  readonly means: string;
  /** @default 'doctor' */
  readonly first?: Command;
  /** Its section of the runbook. @default - its id */
  readonly section?: string;
};

/** A command of the package's command line, that takes the stack's name. */
export type Command = 'doctor' | 'dead-letters';

/** Where each alarm has a section: in a clone, and in the package. */
export const runbook = 'docs/runbook.md';

/**
 * An alarm's text, as it is mailed: stack, meaning, first command, runbook's address. The runbook says
 * how the command is called in a clone, and where the package is installed.
 */
export const alarmText = (
  stackName: string,
  { id, means, first = 'doctor', section = id }: AlarmRow,
) =>
  `${stackName}: ${means} First: superoffice-route-chat ${first} --stack ${stackName}. Then: ${runbook}#${section.toLowerCase()}`;
