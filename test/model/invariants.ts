import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { mostCallsInASecond } from '../../stand-ins/superoffice/pace.ts';
import { personalData } from '../../stand-ins/superoffice/personal-data.ts';
import type { ModelCall, Shown } from './model-super-office.ts';
import type { Delivered, Story } from './run-history.ts';

const fiveMinutesMs = 300_000;
const functionTimeoutMs = 15_000;

/** Every promise that a story breaks, in words; none for a story that keeps them all. */
export function brokenPromises(story: Story): string[] {
  return [
    ...(story.isOver ? [] : ['an event waits for ever']),
    ...story.messageIds.flatMap((messageId, index) => [
      ...exactlyOneResult(story, messageId, index),
      ...noCallAfterItsDeadline(story, index),
      ...neverOverANewerWish(story, index),
      ...truth(story, messageId, index),
      ...inTime(story, messageId, index),
    ]),
    ...pace(story),
    ...story.breakdowns,
    ...(JSON.stringify(story.problems).includes('unexpectedly') ? ['an attempt threw'] : []),
    ...discretion(story),
  ];
}

const transfersFor = ({ calls }: Story, index: number) =>
  calls.filter((call) => call.route === 'transfer' && call.eventIndex === index);

const resultsOf = ({ delivered }: Story, messageId: string) =>
  delivered.filter(({ result, isRepeat }) => result.eventMessageId === messageId && !isRepeat);

function exactlyOneResult(story: Story, messageId: string, index: number): string[] {
  const results = resultsOf(story, messageId);
  const isDead = story.deadLetters.includes(messageId);
  if (isDead) {
    return story.died.length >= story.maxReceiveCount ? [] : [`event ${index}: dead-lettered`];
  }
  const [first, ...more] = results;
  if (!first) return [`event ${index}: lost`];
  // SQS forgets after five minutes; only a death between result and delete can reach that far.
  const excused = more.every(({ at }) => at - first.at >= fiveMinutesMs && story.died.length > 0);
  return excused ? [] : [`event ${index}: ${results.length} results`];
}

function noCallAfterItsDeadline(story: Story, index: number): string[] {
  const event = story.history.events[index];
  const seconds = Math.min(event?.expiresInSeconds ?? 43_200, story.history.timeToLiveSeconds);
  const deadline = story.startedAt + (event?.at ?? 0) + seconds * 1000;
  return transfersFor(story, index)
    .filter(({ at }) => at >= deadline)
    .map(({ at }) => `event ${index}: called ${at - deadline} ms after its deadline`);
}

/** By place in the queue: the events are sent in the order of their times, ties in list order. */
function neverOverANewerWish(story: Story, index: number): string[] {
  const { events } = story.history;
  const own = events[index];
  const isNewer = (other: number) =>
    events[other]?.chat === own?.chat &&
    events[other]?.group === own?.group &&
    sequence(story, other) > sequence(story, index);
  const newerCalls = events.flatMap((_, other) =>
    isNewer(other) ? transfersFor(story, other) : [],
  );
  const firstNewer = Math.min(...newerCalls.map(({ at }) => at));
  const deletedAt = story.deletedAt.get(story.messageIds[index] ?? '') ?? Number.POSITIVE_INFINITY;
  return transfersFor(story, index)
    .filter(({ at }) => at > firstNewer && at < deletedAt)
    .map(() => `event ${index}: called after a newer event of its chat`);
}

const sequence = (story: Story, index: number) => {
  const messageId = story.messageIds[index];
  const delivered = story.delivered.find(({ result }) => result.eventMessageId === messageId);
  return BigInt(delivered?.result.eventSequenceNumber ?? 0);
};

function truth(story: Story, messageId: string, index: number): string[] {
  return resultsOf(story, messageId)
    .filter((delivered) => !isTrue(story, delivered, index))
    .map(({ result }) => `event ${index}: "${result.outcome}" was not so`);
}

function isTrue(story: Story, { result, at }: Delivered, index: number): boolean {
  const own = transfersFor(story, index).filter((call) => call.at <= at);
  const wasSeen = (sign: Sign) =>
    story.shown.some(
      ({ chatSessionId, from, to, session }) =>
        chatSessionId === result.chatSessionId &&
        from <= at + 1 &&
        to >= at - functionTimeoutMs &&
        signOf(session, story.history.events[index]?.associateId) === sign,
    );
  switch (result.outcome) {
    case 'transfer-pending':
    case 'assigned':
      return wasSeen(result.outcome);
    case 'not-applied':
      // `null` is what SuperOffice said, true or not.
      return (
        wasSeen('none') ||
        (result.cause === 'no-session' && story.calls.some(({ fault }) => fault === 'null'))
      );
    case 'failed':
      return own.some(({ status = 0 }) => status >= 400 && status < 500);
    case 'expired':
      // Nor may one of its calls take effect later.
      return !transfersFor(story, index).some(({ appliedAt }) => appliedAt !== undefined);
    case 'unknown':
      return own.some(isOpen) || story.died.length > 0 || result.receiveCount > 1;
    case 'superseded':
      return story.history.events.some(
        (event, other) =>
          event.chat === result.chatSessionId && sequence(story, other) > sequence(story, index),
      );
    case 'invalid-event':
      return story.history.events[index]?.isInvalid === true && own.length === 0;
  }
}

type Sign = 'transfer-pending' | 'assigned' | 'none';

/** Read off the stand-in's own state, not by the function's eyes. */
function signOf(session: Shown['session'], associateId: number | undefined): Sign {
  if (!session || (session.status !== 'CustomerLast' && session.status !== 'UserLast'))
    return 'none';
  if (session.pending === associateId) return 'transfer-pending';
  return session.pending === null && session.owner === associateId ? 'assigned' : 'none';
}

/** A call that leaves open whether it was applied. */
const isOpen = ({ status, fault }: ModelCall) => {
  if (status === undefined) return fault !== 'unreachable';
  return status === 408 || status >= 500 || (status >= 200 && status < 400);
};

/** Where SuperOffice is there and time is ample, nothing is given up. */
function inTime(story: Story, messageId: string, index: number): string[] {
  const { events, superOffice, superOfficeThen, maxCallsPerSecond, timeToLiveSeconds, ...rest } =
    story.history;
  const { kills, sends, deletes, visibilityChanges, secretReads } = rest;
  const isCalm =
    superOfficeThen === 'ok' &&
    superOffice.every((fault) => fault === 'ok' || fault === '503') &&
    [kills, sends, deletes, visibilityChanges, secretReads].every((faults) => faults.length === 0);
  const callsAtMost = 3 * (events.length + superOffice.length);
  const isAmple = (2 * callsAtMost) / maxCallsPerSecond + 30 < timeToLiveSeconds;
  if (!isCalm || !isAmple || events[index]?.expiresInSeconds !== undefined) return [];
  return resultsOf(story, messageId)
    .filter(({ result: { outcome } }) => outcome === 'expired' || outcome === 'unknown')
    .map(({ result: { outcome } }) => `event ${index}: "${outcome}" although there was time`);
}

/** The tenant allows ten calls; the default of eight leaves two for sandboxes that die. */
function pace({ calls, history }: Story): string[] {
  const most = mostCallsInASecond(calls.map(({ at }) => at));
  return most > history.maxCallsPerSecond + 2 ? [`${most} calls in a second`] : [];
}

function discretion(story: Story): string[] {
  const said = JSON.stringify([story.delivered, story.lines, story.problems]);
  const { ticket } = JSON.parse(story.ticketSecret);
  return [...personalData, ticket, appToken]
    .filter((secret) => said.includes(secret))
    .map((secret) => `said "${secret}"`);
}
