import type { RouteChatResult } from '../../contract/result.ts';

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

/**
 * Sends results as they become known: those of one turn of the event loop share a SendMessageBatch,
 * and none waits for a send that is under way, which could hang until there is no time left.
 */
export function createOutbox(sendResults: SendResults, onError: (error: unknown) => void): Outbox {
  type Waiting = { outgoing: OutgoingResult; resolve: (isSent: boolean) => void };
  let waiting: Waiting[] = [];

  async function attempt(results: OutgoingResult[]): Promise<EntryFate[]> {
    try {
      return await sendResults(results);
    } catch (error) {
      onError(error);
      return results.map(() => 'not-sent');
    }
  }

  async function sendBatch(batch: Waiting[]): Promise<void> {
    const fates = await attempt(batch.map(({ outgoing }) => outgoing));
    const faulty = batch.filter((_, index) => fates[index] === 'sender-fault');
    for (const [index, { resolve }] of batch.entries()) {
      if (fates[index] !== 'sender-fault') resolve(fates[index] === 'sent');
    }
    if (faulty.length === 0) return;
    // The entry itself is at fault: without its free text, rather than transferred again.
    const again = await attempt(faulty.map(({ outgoing }) => stripped(outgoing)));
    for (const [index, { resolve }] of faulty.entries()) resolve(again[index] === 'sent');
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
        if (waiting.length === 0) queueMicrotask(sendWaiting);
        waiting.push({ outgoing, resolve });
      });
    },
  };
}

function stripped({ result, messageGroupId }: OutgoingResult): OutgoingResult {
  return { messageGroupId, result: { ...result, source: null, reason: null, ignoredFields: [] } };
}
