import type { RouteChatResult } from '../../contract/result.ts';
import type { Clock } from '../../superoffice/clock.ts';

/** A result on its way, and the message group of the result queue it belongs to. */
export type OutgoingResult = { result: RouteChatResult; messageGroupId: string };

/** How SQS took one entry of a SendMessageBatch. */
export type EntryFate = 'sent' | 'not-sent' | 'sender-fault';

/** Sends at most ten results; answers in their order. May reject: then none counts as sent. */
export type SendResults = (results: OutgoingResult[]) => Promise<EntryFate[]>;

export type Outbox = {
  /** True once SQS has the result; false where it may not have it. Never rejects. */
  send(outgoing: OutgoingResult): Promise<boolean>;
};

const mostEntries = 10;
const firstPauseMs = 100;

/**
 * Sends results as they become known: those of one turn, a millisecond or so, share a
 * SendMessageBatch, and none waits for a send that is under way, which could hang until there is no
 * time left. What SQS does not take is sent again while there is time.
 * @param options.latestStart epoch milliseconds at which a send may still start
 * @param options.retryMs after its first send a result may be sent again for so long
 */
export function createOutbox(options: {
  sendResults: SendResults;
  latestStart: number;
  retryMs?: number;
  clock: Clock;
  onError: (error: unknown) => void;
}): Outbox {
  const { sendResults, latestStart, retryMs = Number.POSITIVE_INFINITY, clock, onError } = options;
  type Waiting = { outgoing: OutgoingResult; resolve: (isSent: boolean) => void };
  let waiting: Waiting[] = [];

  async function attempt(batch: Waiting[]): Promise<EntryFate[]> {
    try {
      return await sendResults(batch.map(({ outgoing }) => outgoing));
    } catch (error) {
      onError(error);
      return batch.map(() => 'not-sent');
    }
  }

  async function sendBatch(batch: Waiting[]): Promise<void> {
    const latestRetry = Math.min(latestStart, clock.now() + retryMs);
    let unsent = batch;
    for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
      const fates = await attempt(unsent);
      for (const [index, entry] of unsent.entries()) {
        if (fates[index] === 'sent') entry.resolve(true);
        // The entry itself is at fault: without its free text, rather than transferred again.
        if (fates[index] === 'sender-fault') entry.outgoing = stripped(entry.outgoing);
      }
      unsent = unsent.filter((_, index) => fates[index] !== 'sent');
      if (unsent.length === 0) return;
      if (clock.now() + pauseMs > latestRetry) break;
      await clock.sleep(pauseMs);
    }
    for (const { resolve } of unsent) resolve(false);
  }

  function sendWaiting(): void {
    const batch = waiting;
    waiting = [];
    for (let start = 0; start < batch.length; start += mostEntries) {
      void sendBatch(batch.slice(start, start + mostEntries));
    }
  }

  return {
    send(outgoing) {
      return new Promise((resolve) => {
        void clock.sleep(0).then(sendWaiting);
        waiting.push({ outgoing, resolve });
      });
    },
  };
}

function stripped({ result, messageGroupId }: OutgoingResult): OutgoingResult {
  return { messageGroupId, result: { ...result, source: null, reason: null, ignoredFields: [] } };
}
