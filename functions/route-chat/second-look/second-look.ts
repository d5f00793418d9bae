import { nameOf, type Report } from '../../../runtime/report.ts';
import type { SuperOffice } from '../../../superoffice/client.ts';
import type { Clock } from '../../../superoffice/clock.ts';
import { attempt } from '../attempt.ts';
import { type Batch, createBatch } from '../batch.ts';
import { receiveCarrier } from '../carrier.ts';
import { type Concluded, perhapsApplied, type Said, toConclusion } from '../decide.ts';
import { type Invocation, invocationUntil } from '../invocation.ts';
import { createMemory } from '../memory.ts';
import type { Queues, ResultQueues } from '../queues.ts';
import { endOffer } from '../receive-offer.ts';
import { type InvalidEvent, isOffer, type RouteRequest, receiveEvent } from '../received-event.ts';
import { interrupted, unexpected } from '../result-errors.ts';
import type { RouteChat, RouteChatSettings } from '../route-chat.ts';

/** All that the second look calls, writes to and tells the time by. */
export type SecondLookPorts = {
  superOffice: SuperOffice;
  queues: ResultQueues;
  report: Report;
  clock: Clock;
};

/**
 * Tells the results of dead letters: what SuperOffice shows of their chats now, and `unknown` where
 * that proves nothing. It never transfers: whatever an event says, its time is over here. Only one
 * whose result cannot be sent stays a dead letter, and comes again.
 */
export function createSecondLook(
  { report, clock, ...ports }: SecondLookPorts,
  { roleId }: Pick<RouteChatSettings, 'roleId'>,
): RouteChat {
  const memory = createMemory();
  const superOffice = withoutChanges(ports.superOffice);
  const queues: Queues = {
    ...ports.queues,
    // Lambda deletes what was told. What was not is in no hurry: it comes again when the queue's own
    // visibility timeout is over.
    deleteEvents: async () => {},
    changeVisibility: async () => {},
    sendCarrier: refuse,
  };

  const attemptPorts = { superOffice, clock };
  const now = (said: Said): Concluded => ({ conclusion: toConclusion(said), at: clock.now() });

  /** What the chat shows; nothing where there is no time left to ask. */
  async function look(
    deadLetter: RouteRequest,
    invocation: Invocation,
  ): Promise<Concluded | undefined> {
    const remembered = memory.recall(deadLetter);
    // Whatever its counts say: the function died of it, or was not heard.
    remembered.known = perhapsApplied(remembered.known);
    if (remembered.concluded) return remembered.concluded;
    try {
      const end = isOffer(deadLetter)
        ? await endOffer({ ...deadLetter, remembered }, { said: lost }, invocation, attemptPorts)
        : await attempt(deadLetter, remembered, invocation, attemptPorts);
      if (end.kind === 'concluded') remembered.concluded = now(end.conclusion);
      return remembered.concluded;
    } catch (error) {
      report.problem('a second look broke off unexpectedly', { error: nameOf(error) });
      return now({ outcome: 'unknown', error: unexpected });
    }
  }

  async function settle(
    received: RouteRequest | InvalidEvent,
    batch: Batch,
    invocation: Invocation,
  ): Promise<void> {
    const concluded =
      received.kind === 'invalid'
        ? now({ outcome: 'invalid-event', error: received.error })
        : await look({ ...received, deadline: clock.now() }, invocation);
    if (!concluded) return batch.goBack(received, { code: 'out-of-time', httpStatus: null });
    if (await batch.tell(received, concluded)) report.count('DeadLetter');
  }

  return async (records, endsAt) => {
    const invocation = invocationUntil(endsAt);
    const batch = createBatch(invocation, { queues, report, clock, random: () => 0 });
    const received = records.map(
      (record) => receiveCarrier(record, roleId) ?? receiveEvent(record, 0),
    );
    await Promise.all(
      received.map((event) =>
        // Left to code that can read it.
        event.kind === 'later-carrier' ? batch.hold(event, 0) : settle(event, batch, invocation),
      ),
    );
    const response = await batch.end();
    report.flush();
    await superOffice.idle();
    return response;
  };
}

/** What is said of an offer that nobody is seen to have accepted. */
const lost: Said = { outcome: 'unknown', error: interrupted };

const refuse = () => Promise.reject(new Error('A second look changes nothing.'));

/** The client, with the verbs that change nothing. */
const withoutChanges = (client: SuperOffice): SuperOffice => ({
  look: client.look,
  whoAmI: client.whoAmI,
  ownerOf: client.ownerOf,
  knownOwnerOf: client.knownOwnerOf,
  prepare: client.prepare,
  idle: client.idle,
  transferTo: refuse,
  pickUp: refuse,
  reset: refuse,
});
