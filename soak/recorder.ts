import type { ReceivedResult } from '../contract/parse-result.ts';
import type { SettledBatch } from '../stand-ins/event-source-mapping/poller.ts';
import { FunctionError } from '../stand-ins/lambda/function-error.ts';
import type { RecordedCall } from '../stand-ins/superoffice/pace.ts';
import { leaksIn } from './leaks.ts';
import type { Batch, SentEvent, SoakCall, Story } from './run-record.ts';

/** The part of a story that is written down while it happens. */
export type Recorder = ReturnType<typeof createRecorder>;

/** Takes down what happens, as it happens. */
export function createRecorder() {
  const events: SentEvent[] = [];
  const results: Story['results'] = [];
  const unreadable: string[] = [];
  const found: Story['found'] = [];
  const batches: Batch[] = [];
  const leaks: string[] = [];
  const tickets: string[] = [];
  const faults = new Map<number, string>();
  const sentAt = new Map<string, number>();
  let bugs = 0;

  return {
    /** As SQS took them. */
    events: () =>
      events.map((event) => ({ ...event, sentAt: sentAt.get(event.messageId) ?? event.sentAt })),
    results,
    unreadable,
    found,
    batches,
    leaks,
    /** Every ticket SuperOffice has given out, which nobody may repeat. */
    tickets,
    faults,
    get bugs() {
      return bugs;
    },
    sent: (more: readonly SentEvent[]) => void events.push(...more),
    result(result: ReceivedResult, body: string) {
      results.push({ result, at: Date.now() });
      for (const leak of leaksIn(body, tickets)) {
        leaks.push(`the result of ${result.eventMessageId} says "${leak}"`);
      }
    },
    line(line: string) {
      // What route-chats.ts says where an attempt threw.
      if (line.includes('broke off unexpectedly')) bugs += 1;
      for (const leak of leaksIn(line, tickets)) leaks.push(`the log says "${leak}"`);
    },
    batch(batch: SettledBatch) {
      for (const { messageId, attributes } of batch.event.Records) {
        sentAt.set(messageId, Number(attributes.SentTimestamp));
      }
      batches.push({
        endedAt: Date.now(),
        messageIds: batch.event.Records.map(({ messageId }) => messageId),
        failure: failureOf(batch),
      });
    },
    calls: (recorded: readonly RecordedCall[]): SoakCall[] =>
      recorded.map(({ at, route, path, chatSessionId, status }, index) => ({
        at: performance.timeOrigin + at,
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
