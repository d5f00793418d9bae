import { randomUUID } from 'node:crypto';
import { accountId, region } from '../aws-account.ts';
import type { LeaveDeadLetter } from '../dead-letter.ts';
import { type EventPattern, matchesPattern } from './event-pattern.ts';
import { inputFor, type TargetInput } from './target-input.ts';

/** A rule for what comes onto a bus, or, without a pattern, one that its schedule sets off. */
export type Rule = {
  name: string;
  busName: string;
  eventPattern?: EventPattern;
  targets: {
    input?: TargetInput;
    invoke: (input: unknown) => Promise<unknown>;
    /** @default - nothing is left of an event that the target could not be invoked with */
    deadLetter?: LeaveDeadLetter;
  }[];
};

/** Why EventBridge cannot invoke a target, and does not try again. */
export type TargetFault = 'NO_PERMISSIONS' | 'NO_RESOURCE';

/** What EventBridge counts of a rule, by CloudWatch's names. */
export type RuleCount = 'InvocationsSentToDlq' | 'InvocationsFailedToBeSentToDlq';

/** An entry as PutEvents takes it. */
export type PutEventsEntry = {
  /** @default 'default' */
  EventBusName?: string | undefined;
  Source: string;
  DetailType: string;
  /** A JSON object as text. */
  Detail: string;
};

/** What a target answered. AWS would throw the answer away, and deliver again what failed. */
export type Delivery = { rule: string; answer?: unknown; error?: unknown };

export type EventBridge = {
  /**
   * Delivers an event to each rule of its bus whose pattern it is of; resolves once all have answered.
   * @throws Error for an entry that PutEvents would refuse.
   */
  put(entry: PutEventsEntry): Promise<Delivery[]>;
  readonly rules: readonly Rule[];
  /** The rules that have a schedule. No clock sets them off. */
  readonly scheduled: readonly string[];
  /**
   * Sets off a rule as its schedule would.
   * @throws Error where no rule of this name has one.
   */
  runSchedule(name: string): Promise<Delivery[]>;
  /** From now on no target can be invoked. */
  setFault(fault: TargetFault | undefined): void;
};

/** EventBridge, which delivers at once and once. */
export function createEventBridge(
  rules: readonly Rule[],
  now: () => number,
  count: (rule: Rule, metric: RuleCount) => void = () => undefined,
): EventBridge {
  let fault: TargetFault | undefined;

  const envelope = (given: { source: string; detailType: string; detail: object }) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': given.detailType,
    source: given.source,
    account: accountId,
    // Whole seconds.
    time: new Date(now()).toISOString().replace(/\.\d+/, ''),
    region,
    resources: [] as string[],
    detail: given.detail,
  });

  const arnOf = ({ name, busName }: Rule) =>
    `arn:aws:events:${region}:${accountId}:rule/${busName === 'default' ? '' : `${busName}/`}${name}`;

  const leave = async (rule: Rule, deadLetter: LeaveDeadLetter, event: object, error: unknown) => {
    const attributes = { RULE_ARN: arnOf(rule), ERROR_MESSAGE: String(error) };
    try {
      await deadLetter({ body: JSON.stringify(event), attributes });
      count(rule, 'InvocationsSentToDlq');
    } catch {
      count(rule, 'InvocationsFailedToBeSentToDlq');
    }
  };

  const deliver = (rule: Rule, event: object) =>
    rule.targets.map(async ({ input, invoke, deadLetter }): Promise<Delivery> => {
      let given: unknown;
      try {
        if (fault !== undefined) throw new Error(`The target could not be invoked: ${fault}.`);
        given = inputFor(input, event);
      } catch (error) {
        if (deadLetter) await leave(rule, deadLetter, event, error);
        return { rule: rule.name, error };
      }
      try {
        return { rule: rule.name, answer: await invoke(given) };
      } catch (error) {
        // Its target has taken the event.
        return { rule: rule.name, error };
      }
    });

  const scheduled = rules.filter(({ eventPattern }) => eventPattern === undefined);

  return {
    async put({ EventBusName = 'default', Source, DetailType, Detail }) {
      for (const [field, value] of Object.entries({ Source, DetailType, Detail })) {
        if (!value)
          throw new Error(`PutEvents: Parameter ${field} is not valid. Reason: required.`);
      }
      const event = envelope({
        source: Source,
        detailType: DetailType,
        detail: readDetail(Detail),
      });
      const found = rules.filter(
        ({ busName, eventPattern }) =>
          busName === EventBusName && eventPattern && matchesPattern(eventPattern, event),
      );
      return await Promise.all(found.flatMap((rule) => deliver(rule, event)));
    },

    rules,
    scheduled: scheduled.map(({ name }) => name),

    async runSchedule(name) {
      const rule = scheduled.find((each) => each.name === name);
      if (!rule) throw new Error(`EventBridge: expected a rule with a schedule; found no ${name}.`);
      const event = envelope({ source: 'aws.events', detailType: 'Scheduled Event', detail: {} });
      event.resources.push(arnOf(rule));
      return await Promise.all(deliver(rule, event));
    },

    setFault(next) {
      fault = next;
    },
  };
}

function readDetail(text: string): object {
  let detail: unknown;
  try {
    detail = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return detail;
  throw new Error('PutEvents: MalformedDetail: Detail is malformed.');
}
