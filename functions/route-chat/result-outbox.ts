import type { RouteChatResult } from '../../contract/result.ts';
import type { Clock } from '../../superoffice/clock.ts';

/** A result on its way, and the message group of the result queue it belongs to. */
export type OutgoingResult = { result: RouteChatResult; messageGroupId: string };

/** How SQS took one entry of a SendMessageBatch. */
export type EntryFate = 'sent' | 'not-sent' | 'sender-fault';

/** Sends at most ten results; answers in their order. May reject: then none counts as sent. */
export type SendResults = (results: OutgoingResult[]) => Promise<EntryFate[]>;

export type ResultOutbox = {
  /** True once SQS has the result; false where it may not have it. Never rejects. */
  send(outgoing: OutgoingResult): Promise<boolean>;
  /** One result less to wait for: its event goes back to the queue. */
  expectOneLess(): void;
};

const mostEntries = 10;
const lingerMs = 20;

/**
 * Sends results as they become known. Neighbours that end within some 20 ms share a
 * SendMessageBatch, but nobody lingers when there is no other result left to wait for.
 *
 * @param options.expected how many results the batch may still bring
 */
export function createResultOutbox(options: {
  sendResults: SendResults;
  expected: number;
  clock: Clock;
  onError: (error: unknown) => void;
}): ResultOutbox {
  const { sendResults, clock, onError } = options;
  let outstanding = options.expected;
  const waiting: { outgoing: OutgoingResult; resolve: (isSent: boolean) => void }[] = [];

  async function attempt(results: OutgoingResult[]): Promise<EntryFate[]> {
    try {
      return await sendResults(results);
    } catch (error) {
      onError(error);
      return results.map(() => 'not-sent');
    }
  }

  async function flush(): Promise<void> {
    const batch = waiting.splice(0, mostEntries);
    if (batch.length === 0) return;
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

  function flushWhenDue(): void {
    if (waiting.length >= mostEntries || outstanding === 0) void flush();
    else if (waiting.length === 1) void clock.sleep(lingerMs).then(flush);
  }

  return {
    send(outgoing) {
      outstanding -= 1;
      return new Promise((resolve) => {
        waiting.push({ outgoing, resolve });
        flushWhenDue();
      });
    },
    expectOneLess() {
      outstanding -= 1;
      if (outstanding === 0) void flush();
    },
  };
}

function stripped({ result, messageGroupId }: OutgoingResult): OutgoingResult {
  return { messageGroupId, result: { ...result, source: null, reason: null, ignoredFields: [] } };
}
