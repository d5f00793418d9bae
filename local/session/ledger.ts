import type { ReceivedResult } from '../../contract/parse-result.ts';

export type SentEvent = { messageId: string; body: string };

/** Whether a result is its event's first. */
export type Entry = 'first' | 'again';

export type Totals = {
  /** Those that SQS took. */
  events: number;
  /** Those that it refused. */
  notTaken: number;
  results: number;
  /** Events without a result. */
  lost: number;
  /** Results whose event had one already. */
  twice: number;
  /** Results of events somebody else sent, not counted above. */
  elsewhere: number;
};

/** What was sent and what came back, whichever is heard of first. */
export type Ledger = {
  noteSent(event: SentEvent): void;
  noteNotTaken(): void;
  noteResult(result: ReceivedResult): Entry;
  missing(): SentEvent[];
  totals(): Totals;
  hasResult(messageId: string): boolean;
  /** Of the events that were sent, as far as they have results. */
  outcomes(): string[];
};

export function createLedger(): Ledger {
  const sent = new Map<string, SentEvent>();
  const results = new Map<string, ReceivedResult>();
  const repeats: string[] = [];
  let notTaken = 0;

  const missing = () => [...sent.values()].filter(({ messageId }) => !results.has(messageId));
  const isOurs = (messageId: string) => sent.has(messageId);

  return {
    noteSent(event) {
      sent.set(event.messageId, event);
    },
    noteNotTaken() {
      notTaken += 1;
    },
    noteResult(result) {
      const { eventMessageId } = result;
      if (results.has(eventMessageId)) {
        repeats.push(eventMessageId);
        return 'again';
      }
      results.set(eventMessageId, result);
      return 'first';
    },
    missing,
    totals() {
      const ours = [...results.keys()].filter(isOurs).length;
      const twice = repeats.filter(isOurs).length;
      return {
        events: sent.size,
        notTaken,
        results: ours + twice,
        lost: missing().length,
        twice,
        elsewhere: results.size - ours,
      };
    },
    hasResult: (messageId) => results.has(messageId),
    outcomes: () => [...sent.keys()].flatMap((messageId) => results.get(messageId)?.outcome ?? []),
  };
}
