import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { nameOf, type Report } from '../../runtime/report.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import { type Batch, createBatch } from './batch.ts';
import { receiveCarrier } from './carrier.ts';
import { type Concluded, type Conclusion, type Said, toConclusion } from './decide.ts';
import { type Invocation, invocationUntil } from './invocation.ts';
import { createMemory, type Remembered } from './memory.ts';
import { type ChatRequests, newestPerChat } from './newest-per-chat.ts';
import type { Queues } from './queues.ts';
import {
  endOffer,
  furthestRecords,
  hasBegun,
  isRunning,
  type OfferReceive,
  receiveOffer,
} from './receive-offer.ts';
import { isOffer, type RouteRequest, receiveEvent } from './received-event.ts';
import { unexpected } from './result-errors.ts';

/** All that the function calls, writes to and tells the time by. */
export type RouteChatPorts = {
  superOffice: SuperOffice;
  queues: Queues;
  report: Report;
  clock: Clock;
  random?: () => number;
};

export type RouteChatSettings = {
  timeToLiveMs: number;
  /** Unique id of the function's own role: what it sends to itself is known by it. */
  roleId: string;
};

/** Takes one batch; `endsAt` (epoch milliseconds) is when Lambda stops the function. Never rejects. */
export type RouteChat = (records: SQSRecord[], endsAt: number) => Promise<SQSBatchResponse>;

/** A request, and what this sandbox knows of it. */
type KnownRequest = RouteRequest & { remembered: Remembered };

/**
 * What a batch goes through: every event is read, the newest of each chat is attempted, chats side
 * by side; results leave as they become known, and what has none yet goes back to its queue.
 */
export function createRouteChat(ports: RouteChatPorts, settings: RouteChatSettings): RouteChat {
  const { superOffice, queues, report, clock, random = Math.random } = ports;
  const memory = createMemory();
  const concluded = (conclusion: Conclusion): Concluded => ({ conclusion, at: clock.now() });

  return async (records, endsAt) => {
    const invocation = invocationUntil(endsAt);
    const batch = createBatch(invocation, { queues, report, clock, random });
    const received = records.map(
      (record) =>
        receiveCarrier(record, settings.roleId) ?? receiveEvent(record, settings.timeToLiveMs),
    );
    const laterCarriers = received.filter((event) => event.kind === 'later-carrier');
    const invalid = received.filter((event) => event.kind === 'invalid');
    const requests = received
      .filter((event) => event.kind === 'request')
      .map((request): KnownRequest => ({ ...request, remembered: memory.recall(request) }));
    const { furthest, surplus } = furthestRecords(requests);
    // An offer goes on from its furthest record; what is left of an earlier step is told nothing.
    if (surplus.length > 0) await batch.withdraw(surplus);
    const now = clock.now();
    const { live = [], aside = [] } = Object.groupBy(furthest, (request) =>
      request.event.dryRun || isOver(request, now) ? 'aside' : 'live',
    );
    for (const carrier of laterCarriers) {
      report.problem('a carrier of a later version goes back');
      batch.hold(carrier, laterCarrierSeconds);
    }

    await Promise.all([
      ...invalid.map((event) =>
        batch.tell(
          event,
          concluded(toConclusion({ outcome: 'invalid-event', error: event.error })),
        ),
      ),
      ...aside.map((request) => settle(request, batch, invocation)),
      ...newestPerChat(live, isRunning).map((chat) => routeChat(chat, batch, invocation)),
    ]);
    const response = await batch.end();
    report.flush();
    await superOffice.idle();
    return response;
  };

  async function routeChat(
    { newest, superseded }: ChatRequests<KnownRequest>,
    batch: Batch,
    invocation: Invocation,
  ): Promise<void> {
    const areGone =
      superseded.length === 0 || (await supersede(superseded, newest, batch, invocation));
    if (areGone) {
      if (!newest.event.yields) memory.noteNewest(newest);
      await settle(newest, batch, invocation);
    } else batch.goBack(newest, { code: 'superseded-not-settled', httpStatus: null });
  }

  /**
   * Older wishes are told and deleted before the newest one is tried. Left to Lambda, they would come
   * back if the function died in between, and could then be applied over the newer one.
   */
  async function supersede(
    superseded: KnownRequest[],
    newest: KnownRequest,
    batch: Batch,
    invocation: Invocation,
  ): Promise<boolean> {
    const areTold = await Promise.all(
      superseded.map(async (request) => {
        const { remembered } = request;
        if (!remembered.concluded) {
          const end = await endFor(request, newest, invocation);
          if (end.kind === 'come-back') {
            batch.goBack(request, end.error);
            return false;
          }
          remembered.concluded = concluded(end.conclusion);
        }
        return batch.tell(request, remembered.concluded);
      }),
    );
    return areTold.every(Boolean) && (await batch.withdraw(superseded));
  }

  /** What an event is told in whose place a newer one is tried. */
  async function endFor(
    request: KnownRequest,
    newest: KnownRequest,
    invocation: Invocation,
  ): Promise<AttemptEnd> {
    const isInTheWay = request.event.yields && isRunning(newest);
    const said: Said = isInTheWay
      ? { outcome: 'not-applied', cause: 'other-transfer-pending' }
      : { outcome: 'superseded' };
    return hasBegun(request)
      ? await safely(request, () => endOffer(request, { said, newest }, invocation, ports))
      : { kind: 'concluded', conclusion: toConclusion(said) };
  }

  /** Nothing that was concluded is tried again: its result is sent again, and SQS drops a repeat. */
  async function settle(
    request: KnownRequest,
    batch: Batch,
    invocation: Invocation,
  ): Promise<void> {
    const { remembered } = request;
    if (!remembered.concluded) {
      const end = await safely(request, () => receive(request, invocation));
      switch (end.kind) {
        case 'come-back':
          return batch.goBack(request, end.error);
        case 'hold':
          return batch.hold(request, end.seconds);
        case 'carry-on':
          if (await batch.carryOn(request, end.message)) end.onSent();
          return;
        case 'carried-on':
          return;
        case 'concluded':
          remembered.concluded = concluded(end.conclusion);
      }
    }
    if (remembered.concluded) await batch.tell(request, remembered.concluded);
  }

  async function receive(request: KnownRequest, invocation: Invocation): Promise<OfferReceive> {
    const { remembered } = request;
    if (!isOffer(request)) return await attempt(request, remembered, invocation, ports);
    const isOutdated = request.carrier && memory.isOutdated(request);
    return isOutdated
      ? await endOffer(request, { said: { outcome: 'superseded' } }, invocation, ports)
      : await receiveOffer(request, invocation, ports);
  }

  /** A bug in one chat's attempt is no reason to hold back the others, nor to try for ever. */
  async function safely<End>(
    request: KnownRequest,
    attemptIt: () => Promise<End>,
  ): Promise<End | AttemptEnd> {
    try {
      return await attemptIt();
    } catch (error) {
      report.problem('an attempt broke off unexpectedly', { error: nameOf(error) });
      return clock.now() < request.deadline
        ? { kind: 'come-back', error: unexpected }
        : {
            kind: 'concluded',
            conclusion: toConclusion({ outcome: 'unknown', error: unexpected }),
          };
    }
  }
}

/** Expired, or about to be told so: it takes nobody's place. An offer that has asked is no such. */
function isOver(request: KnownRequest, now: number): boolean {
  const { concluded, known } = request.remembered;
  if (concluded) return concluded.conclusion.outcome === 'expired';
  return now >= request.deadline && !known.perhapsApplied && !isRunning(request);
}

/** Newer code, which can read it, comes with a deployment that is under way. */
const laterCarrierSeconds = 5;
