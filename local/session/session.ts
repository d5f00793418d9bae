import { setTimeout as sleep } from 'node:timers/promises';
import { excerptOf } from '../../contract/excerpt.ts';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import { mostCallsInASecond } from '../../stand-ins/superoffice/pace.ts';
import { callsMadeFor } from '../screen/calls-made.ts';
import type { Output } from '../screen/output.ts';
import { summarize } from '../screen/summary.ts';
import type { RunningStack } from '../stack/running-stack.ts';
import { nameInUrl } from '../stack/template-values.ts';
import { createLedger } from './ledger.ts';
import { longestWait } from './longest-wait.ts';
import { type ResultTaker, startResultReader, watchResults } from './result-reader.ts';
import { createRetryNotices } from './retry-notices.ts';
import { createOfferNotices, type RunningOffer, runningOffers } from './running-offers.ts';
import { sendEvents } from './send-events.ts';
import { toEvent } from './to-event.ts';

/** Events go in, results come out. */
export type Session = {
  /** Sends bodies as they stand; returns the message ids SQS gave them. */
  send(bodies: readonly string[]): Promise<string[]>;
  /** Takes note of an event that came by another way than `send`. */
  noteSent(event: { messageId: string; body: string }): void;
  /** Resolves when each of these events has its result, or none can come any more. */
  settled(messageIds: readonly string[]): Promise<void>;
  /** Resolves when every event has its result, or none can come any more. */
  allIn(): Promise<void>;
  /** Who shows results instead of the output, until told otherwise. */
  onResult(shown: ShowResult | undefined): void;
  summary(without: 'lost' | 'waiting'): string;
  /** Every event got its one result, and nothing else was wrong, of which the output was told. */
  isWell(): boolean;
  /** Events that have no result, a line each. */
  missing(): string[];
  /** Of the events that were sent, as far as they have results. */
  outcomes(): string[];
  /** Who is being asked now. */
  offers(): readonly RunningOffer[];
  /** Takes a line the functions logged. */
  onLog(line: string): void;
  close(): Promise<void>;
};

export type ShowResult = (result: ReceivedResult, calls: readonly string[]) => void;

export type SessionOptions = {
  runningStack: RunningStack;
  /** Results are read, or else only looked at. */
  reader: boolean;
  output: Output;
  signal: AbortSignal;
};

const checkMs = 50;
const offerCheckMs = 500;
/** A result sent twice would be here by then. */
const settlingMs = 250;
/** After the last event has had its time. */
const graceSeconds = 60;

export function openSession({ runningStack, reader, output, signal }: SessionOptions): Session {
  const { deployment, superOffice } = runningStack;
  const client = deployment.createClient();
  const ledger = createLedger();
  const complaints: string[] = [];
  let lastEndsAt = 0;
  let show: ShowResult | undefined;

  const complain = (text: string) => {
    complaints.push(text);
    output.note(text);
  };
  const queued = () => deployment.sqs.queue(nameInUrl(deployment.eventQueueUrl)).messages();
  // Among a great many events there is a progress bar, which shows that it goes on.
  const say = (text: string) => (show ? undefined : output.note(text));
  const onLog = createRetryNotices({
    queued,
    timeToLiveSeconds: deployment.eventTimeToLiveSeconds,
    say,
  });
  const offers = () => runningOffers(queued().map(({ body }) => body));
  const noticeOffers = createOfferNotices(say);
  const noticing = setInterval(() => noticeOffers(offers()), offerCheckMs).unref();
  const results: ResultTaker = {
    onResult(result) {
      const entry = ledger.noteResult(result);
      if (entry === 'again') complain(`A second result for ${result.eventMessageId}:`);
      const calls = superOffice ? callsMadeFor(result, superOffice.calls) : [];
      (show ?? output.result)(result, calls);
    },
    onUnreadable: (body, reason) => complain(`${reason} ${excerptOf(body)}`),
  };
  const { resultQueueUrls, sqs } = deployment;
  const readers = resultQueueUrls.map((queueUrl) =>
    // Two that take results off one queue would take each other's.
    reader && !deployment.isTaken(queueUrl)
      ? startResultReader({ ...results, client, queueUrl })
      : watchResults({ ...results, queue: sqs.queue(nameInUrl(queueUrl)) }),
  );

  const missing = () =>
    ledger.missing().map(({ messageId, body }) => `No result for ${messageId}: ${body}`);

  /** Nothing is left that could still bring a result. */
  const isHopeless = () => Date.now() > lastEndsAt + graceSeconds * 1000;

  const until = async (isSettled: () => boolean) => {
    while (!isSettled() && !isHopeless()) await sleep(checkMs, undefined, { signal });
  };

  function noteSent(event: { messageId: string; body: string }): void {
    const seconds = longestWait(event.body, deployment.eventTimeToLiveSeconds);
    lastEndsAt = Math.max(lastEndsAt, Date.now() + seconds * 1000);
    ledger.noteSent(event);
  }

  return {
    async send(bodies) {
      const answers = await sendEvents(client, deployment.eventQueueUrl, bodies.map(toEvent));
      return bodies.flatMap((body, index) => {
        const answer = answers[index];
        if (answer?.taken) {
          noteSent({ messageId: answer.messageId, body });
          return [answer.messageId];
        }
        ledger.noteNotTaken();
        complain(`SQS did not take ${excerptOf(body)}: ${answer?.reason}`);
        return [];
      });
    },
    noteSent,
    settled: (messageIds) => until(() => messageIds.every(ledger.hasResult)),
    async allIn() {
      await until(() => ledger.missing().length === 0);
      await sleep(settlingMs, undefined, { signal });
    },
    onResult: (next) => {
      show = next;
    },
    summary: (without) =>
      summarize(ledger.totals(), {
        without,
        mostCallsInASecond:
          superOffice && mostCallsInASecond(superOffice.calls.map(({ at }) => at)),
      }),
    isWell: () => complaints.length === 0 && missing().length === 0,
    missing,
    outcomes: ledger.outcomes,
    offers,
    onLog,
    async close() {
      clearInterval(noticing);
      await Promise.all(readers.map((each) => each.close()));
      client.destroy();
    },
  };
}
