import type { ReceivedResult } from '../contract/parse-result.ts';
import { isCarrierBody } from '../functions/route-chat/carrier.ts';
import { leaksIn } from '../promises/leaks.ts';
import { isMalformed, isUnexpectedError } from '../promises/log-lines.ts';
import type {
  Invocation,
  SeenResult,
  SentEvent,
  SessionState,
  SuperOfficeCall,
} from '../promises/run-record.ts';
import type { SettledBatch } from '../stand-ins/event-source-mapping/poller.ts';
import { FunctionError } from '../stand-ins/lambda/function-error.ts';
import type { RecordedCall } from '../stand-ins/superoffice/pace.ts';

/** The part of a run's record that is written down while it happens. */
export type Recorder = ReturnType<typeof createRecorder>;

/** Takes down what happens, as it happens. */
export function createRecorder() {
  const events: SentEvent[] = [];
  const results: SeenResult[] = [];
  const unreadable: string[] = [];
  const sessionStates: SessionState[] = [];
  const invocations: Invocation[] = [];
  const leaks: string[] = [];
  const malformedLogLines: string[] = [];
  const unexpectedErrors: string[] = [];
  const faults = new Map<number, string>();
  const sentAt = new Map<string, number>();
  const carriers: Record<string, string> = {};

  return {
    /** As SQS took them. */
    events: () =>
      events.map((event) => ({ ...event, sentAt: sentAt.get(event.messageId) ?? event.sentAt })),
    results,
    unreadable,
    sessionStates,
    invocations,
    /** The event each carrier stands for, by message id. */
    carriers,
    leaks,
    malformedLogLines,
    unexpectedErrors,
    /** By the number of the call that met them. */
    faults,
    sent: (more: readonly SentEvent[]) => void events.push(...more),
    result(result: ReceivedResult, body: string) {
      results.push({ result, at: Date.now(), completedAt: Date.parse(result.completedAt) });
      for (const leak of leaksIn(body)) {
        leaks.push(`the result of ${result.eventMessageId} says "${leak}"`);
      }
    },
    line(line: string) {
      if (isMalformed(line)) malformedLogLines.push(line);
      if (isUnexpectedError(line)) unexpectedErrors.push(line);
      for (const leak of leaksIn(line)) leaks.push(`the log says "${leak}"`);
    },
    batch(batch: SettledBatch) {
      for (const { messageId, attributes, body } of batch.event.Records) {
        sentAt.set(messageId, Number(attributes.SentTimestamp));
        if (isCarrierBody(body)) carriers[messageId] = JSON.parse(body).carrier.messageId;
      }
      invocations.push({
        startedAt: 0,
        endedAt: Date.now(),
        messageIds: batch.event.Records.map(({ messageId }) => messageId),
        failure: failureOf(batch),
      });
    },
    calls: (recorded: readonly RecordedCall[]): SuperOfficeCall[] =>
      recorded.map(({ at, route, path, chatSessionId, status }, index) => ({
        sandbox: undefined,
        // Nobody sees them start.
        startedAt: performance.timeOrigin + at,
        arrivedAt: performance.timeOrigin + at,
        route,
        chatSessionId,
        target: route === 'transfer' ? decodeURIComponent(path.split('/').at(-1) ?? '') : undefined,
        status,
        fault: faults.get(index + 1),
      })),
  };
}

function failureOf({ outcome, malformed }: SettledBatch): string | undefined {
  if (outcome.kind === 'answered') return malformed;
  const { error } = outcome;
  if (error instanceof FunctionError && error.errorMessage.endsWith('signal: killed')) {
    return 'killed';
  }
  return error instanceof FunctionError ? error.errorType : String(error);
}
