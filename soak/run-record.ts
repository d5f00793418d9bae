import { type RunRecord, realMachine, type SentEvent } from '../promises/run-record.ts';
import type { RecordedDeployment } from './recorded-deployment.ts';
import type { Recorder } from './recorder.ts';

/** An event as it was made. */
export type SoakEvent = Omit<SentEvent, 'messageId' | 'sentAt'>;

/** SuperOffice allows ten calls a second where the deployment is set to six. */
const allowedShare = 10 / 6;

/** What came of a run, for the promises to be held against. */
export const runRecordOf = (
  { deployment, superOffice, eventQueue }: RecordedDeployment,
  recorder: Recorder,
  { kills, maxCallsPerSecond }: { kills: number; maxCallsPerSecond: number },
): RunRecord => ({
  events: recorder.events(),
  results: recorder.results,
  // Sent by processes that nobody tells apart.
  resultSends: [],
  unreadable: recorder.unreadable,
  calls: recorder.calls(superOffice.calls),
  sessionStates: recorder.sessionStates,
  invocations: recorder.invocations,
  carriers: recorder.carriers,
  kills,
  deadLetters: deployment.deadLetters().map(({ messageId }) => messageId),
  maxReceiveCount: eventQueue.options.redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY,
  leaks: recorder.leaks,
  malformedLogLines: recorder.malformedLogLines,
  unexpectedErrors: recorder.unexpectedErrors,
  waiting: eventQueue.messages().length,
  allowedCallsPerSecond: Math.floor(maxCallsPerSecond * allowedShare),
  tolerances: realMachine,
});
