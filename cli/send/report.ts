import type { RouteChatEventInput } from '../../client/route-chat-event-input.ts';
import type { RouteChatSendAnswer } from '../../client/route-chat-send-error.ts';
import { explain } from './explanation.ts';
import type { Logged } from './log-line.ts';

/** What became of one event. */
export type Sending = {
  event: RouteChatEventInput;
  answer: RouteChatSendAnswer;
  /** Of its result, where that was waited for and came. */
  logged?: Logged | undefined;
};

/** What was wanted: the chat is moved, somebody is asked, or would be. */
const wanted = ['assigned', 'transfer-pending', 'would-transfer'];

/** @param waited whether an outcome was waited for */
export function exitCodeOf(sendings: readonly Sending[], waited: boolean): number {
  if (sendings.some(({ answer }) => answer.kind !== 'sent')) return 2;
  if (!waited) return 0;
  if (sendings.some(({ logged }) => logged === undefined)) return 3;
  return sendings.every(({ logged }) => wanted.includes(logged?.outcome ?? '')) ? 0 : 1;
}

/** One event as a JSON line. */
export function jsonLineOf({ event, answer, logged }: Sending): string {
  const { chatSessionId, toAssociate, requestId = null } = event;
  const { isResult: _, ...outcome } = logged ?? {};
  return JSON.stringify({
    chatSessionId,
    toAssociate,
    requestId,
    answer: answer.kind,
    ...(answer.kind === 'unconfirmed' && { sendError: answer.error.code }),
    eventMessageId: messageIdOf(answer),
    ...outcome,
    ...(logged && explain(event, logged)),
  });
}

/**
 * What there is to say of all events; of many, only of those that need a word.
 * @param without said of those that have no result
 */
export function linesOf(
  sendings: readonly Sending[],
  waited: boolean,
  without: 'no result in time' | 'stopped before its result' = 'no result in time',
): string[] {
  const sent = sendings.filter(({ answer }) => answer.kind === 'sent');
  const isOne = sendings.length === 1;
  if (!waited && !isOne) return [`${sent.length} of ${sendings.length} events sent.`];
  if (!waited) {
    return sent.map(
      ({ event, answer }) => `${nameOf(event)}: sent, event message id ${messageIdOf(answer)}`,
    );
  }
  const told = sent.filter(
    ({ logged }) => isOne || logged === undefined || !wanted.includes(logged.outcome),
  );
  return [
    ...told.flatMap((sending) => linesOfOutcome(sending, without)),
    ...(isOne ? [] : [outcomeCounts(sent, without)]),
  ];
}

const messageIdOf = (answer: RouteChatSendAnswer) =>
  answer.kind === 'sent' ? answer.messageId : null;

function linesOfOutcome({ event, answer, logged }: Sending, without: string): string[] {
  const name = nameOf(event);
  if (!logged) return [`${name}: ${without}, event message id ${messageIdOf(answer)}`];
  const { happened, doNow, lastError } = explain(event, logged);
  const outcome = logged.cause === null ? logged.outcome : `${logged.outcome}, ${logged.cause}`;
  return [
    `${name}: ${outcome}`,
    ...(happened === null ? [] : [`  ${happened}`]),
    ...(doNow === null || wanted.includes(logged.outcome) ? [] : [`  What to do now: ${doNow}`]),
    ...(lastError === null ? [] : [`  Last error: ${lastError}`]),
  ];
}

/** How often what came, most often first. */
function outcomeCounts(sendings: readonly Sending[], without: string): string {
  const counts = new Map<string, number>();
  for (const { logged } of sendings) {
    const word = logged?.outcome ?? without;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');
}

/** Beyond so many, events are named by their numbers. */
const mostByName = 10;

/** What SQS surely or perhaps does not have, a line each; the first event is number 1. */
export function unsentIn(sendings: readonly Sending[]): string[] {
  const numbered = sendings.map((sending, index) => ({ ...sending, number: index + 1 }));
  const name = ({ event, number }: (typeof numbered)[number]) =>
    sendings.length === 1 ? nameOf(event) : `event ${number}, ${nameOf(event)}`;
  const perhaps = numbered.flatMap((sending) =>
    sending.answer.kind === 'unconfirmed'
      ? [`Perhaps sent: ${name(sending)} (${sending.answer.error.code})`]
      : [],
  );
  const unsent = numbered.filter(({ answer }) => answer.kind === 'not-sent');
  if (unsent.length <= mostByName) {
    return [...perhaps, ...unsent.map((sending) => `Not sent: ${name(sending)}`)];
  }
  const ranges = rangesOf(unsent.map(({ number }) => number));
  return [...perhaps, `Not sent: events ${ranges} (${unsent.length} of ${sendings.length})`];
}

/** Such as `3, 7 to 12`. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(', ');
}

const nameOf = ({ chatSessionId, toAssociate }: RouteChatEventInput) =>
  `chat ${chatSessionId} → ${toAssociate}`;
