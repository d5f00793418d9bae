import { secondsOf } from '../../cli/command-line/flags.ts';
import { nearestWord } from '../../cli/command-line/nearest-word.ts';
import type { PutEventsEntry } from '../../stand-ins/eventbridge/event-bridge.ts';
import { parseEntry, toEntry } from './put-events-entry.ts';

/** What somebody at the prompt asks for. */
export type Command =
  | { kind: 'send'; body: string }
  | { kind: 'webhook'; chatSessionId: number; data: object }
  | { kind: 'rule'; entry: PutEventsEntry }
  | { kind: 'accept' | 'reject' | 'cancel-transfer' | 'close'; chatSessionId: number }
  | { kind: 'pass'; chatSessionId: number; target: string }
  | { kind: 'fail'; how: FailureName | number; percent: number }
  | { kind: 'rebalance' | 'fail-off' | 'expire-ticket' | 'renew-ticket' }
  | { kind: 'chats' | 'people' | 'help' | 'quit' | 'nothing' }
  /** One line that says what was expected. */
  | { kind: 'mistake'; says: string };

/** Failures that are no status code. */
const failureNames = ['hang', 'reset', 'lost', 'slow', 'redirect', 'null'] as const;
export type FailureName = (typeof failureNames)[number];

export const commandNames = [
  'send',
  'offer',
  'webhook',
  'rule',
  'rebalance',
  'accept',
  'reject',
  'cancel-transfer',
  'pass',
  'close',
  'fail',
  'expire-ticket',
  'renew-ticket',
  'chats',
  'people',
  'help',
  'quit',
] as const;
type CommandName = (typeof commandNames)[number];

export const help = `  send 648 ben          send an event: hand chat 648 to ben (by name or associate id)
  send 648 ben 10s      the same, in ten seconds or not at all; 5m and 1h as well
  send {"any":"text"}   send a body as it stands
  offer 648 ann,ben 30s ask ann, then ben, each for so long: one minute unless said
  webhook 648 ben 10s   let SuperOffice's webhook ask the same, at the HTTPS endpoint
  rule 648 ben          put the same wish onto the bus: its rule has the intake function send it
  rule {"Source":…}     put an event onto a bus, as the AWS CLI's put-events takes it
  rebalance             set off the schedule that rebalances (npm run example -- rebalancing)
  accept 648            play the associate who is asked to take chat 648 …
  reject 648            … or will not
  cancel-transfer 648   play the owner of chat 648, who takes the question back …
  pass 648 cho          … or asks cho
  close 650             play the customer who ends chat 650
  chats                 who has which chat, and who is asked
  people                who is there, with their associate ids
  fail 503 20%          let 20 % of SuperOffice's answers be a 503; all of them without a number
  fail hang 5%          or ${failureNames.slice(1).join(', ')} (lost: applied, but the answer never arrives)
  fail off              let all go well again
  expire-ticket         end the ticket's life, as six idle hours would, or the access token's
  renew-ticket          put a new ticket into the secret
  quit                  end (or Ctrl-C, Ctrl-D)`;

/** Reads one line. A send gets a `requestId` of its own, so that SQS takes no two for the same. */
export function parseCommand(line: string, newRequestId: () => string): Command {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  if (word === '') return { kind: 'nothing' };
  const name = (word === 'exit' ? 'quit' : word).toLowerCase() as CommandName;
  switch (name) {
    case 'send':
      return parseSend(line.trim().slice(word.length).trim(), newRequestId);
    case 'offer':
      return parseOffer(rest.join(' '), newRequestId);
    case 'webhook':
      return parseWebhook(rest.join(' '));
    case 'rule':
      return parseRule(line.trim().slice(word.length).trim(), newRequestId);
    case 'accept':
    case 'reject':
    case 'cancel-transfer':
    case 'close':
      return parseChat(name, rest);
    case 'pass':
      return parsePass(rest.join(' '));
    case 'fail':
      return parseFailure(rest);
    case 'rebalance':
    case 'expire-ticket':
    case 'renew-ticket':
    case 'chats':
    case 'people':
    case 'help':
    case 'quit':
      return { kind: name };
    default:
      return { kind: 'mistake', says: `No such command: ${word}. ${suggestionFor(name)}` };
  }
}

function suggestionFor(word: string): string {
  const meant = nearestWord(word, commandNames);
  return meant === undefined ? 'Try help.' : `Did you mean ${meant}?`;
}

/** No word of a name begins as a number does: what does, and all after it, is meant for a time. */
const chatAndWhom = /^(\d+)\s+(\S+(?:\s+[^\s\d-]\S*)*)(?:\s+(.+))?$/;

const toAssociate = (word: string) => (/^\d+$/.test(word) ? Number(word) : word);

function parseSend(text: string, newRequestId: () => string): Command {
  if (/^[{["]/.test(text)) return { kind: 'send', body: text };
  const wish = parseWish('send', text);
  if ('kind' in wish) return wish;
  return { kind: 'send', body: bodyOf(wish, newRequestId()) };
}

/** With a request id after whom it is about. */
const bodyOf = ({ chatSessionId, toAssociate, ...rest }: Wish, requestId: string) =>
  JSON.stringify({ chatSessionId, toAssociate, requestId, ...rest });

type Wish = Extract<ReturnType<typeof parseWish>, { toAssociate: unknown }>;

function parseWebhook(text: string): Command {
  const wish = parseWish('webhook', text);
  if ('kind' in wish) return wish;
  const { chatSessionId, ...data } = wish;
  return { kind: 'webhook', chatSessionId, data };
}

/** A chat, whom it shall have, and until when. */
function parseWish(name: 'send' | 'webhook' | 'rule', text: string) {
  const [, chatSessionId, target, last] = chatAndWhom.exec(text) ?? [];
  if (chatSessionId === undefined || target === undefined) {
    const says = `${name}: expected a chat and an associate, e.g. ${name} 648 ben`;
    return { kind: 'mistake' as const, says };
  }
  const expiresInSeconds = last === undefined ? undefined : secondsOf(last);
  if (last !== undefined && expiresInSeconds === undefined) return noTime(name, last);
  return {
    chatSessionId: Number(chatSessionId),
    toAssociate: toAssociate(target),
    expiresInSeconds,
    source: 'prompt',
  };
}

function parseRule(text: string, newRequestId: () => string): Command {
  if (text.startsWith('{')) {
    const entry = parseEntry(text);
    if (entry) return { kind: 'rule', entry };
    const says = 'rule: expected JSON such as {"Source":"crm","DetailType":"…","Detail":{}}';
    return { kind: 'mistake', says };
  }
  const wish = parseWish('rule', text);
  if ('kind' in wish) return wish;
  return { kind: 'rule', entry: toEntry(bodyOf(wish, newRequestId())) };
}

const usualAcceptSeconds = 60;

/** Whether it is one that the contract allows is for the function to say. */
function parseOffer(text: string, newRequestId: () => string): Command {
  const [, chatSessionId, targets = '', last = `${usualAcceptSeconds}s`] =
    chatAndWhom.exec(text.replace(/\s*,\s*/g, ',')) ?? [];
  const [first, ...others] = targets.split(',').map((target) => target.trim());
  if (chatSessionId === undefined || !first || others.includes('')) {
    const says = 'offer: expected a chat and associates, e.g. offer 648 ann,ben 30s';
    return { kind: 'mistake', says };
  }
  const acceptWithinSeconds = secondsOf(last);
  if (acceptWithinSeconds === undefined) return noTime('offer', last);
  const body = {
    chatSessionId: Number(chatSessionId),
    toAssociate: toAssociate(first),
    requestId: newRequestId(),
    acceptWithinSeconds,
    ...(others.length > 0 && { fallbackAssociates: others.map(toAssociate) }),
    source: 'prompt',
  };
  return { kind: 'send', body: JSON.stringify(body) };
}

const noTime = (command: string, found: string): Command => ({
  kind: 'mistake',
  says: `${command}: expected a time such as 90s, 5m or 1h; found ${found}`,
});

function parsePass(text: string): Command {
  const [, id, target] = /^(\d+)\s+(.+)$/.exec(text) ?? [];
  if (id === undefined || target === undefined) {
    return { kind: 'mistake', says: 'pass: expected a chat and an associate, e.g. pass 648 cho' };
  }
  return { kind: 'pass', chatSessionId: Number(id), target };
}

function parseChat(
  kind: 'accept' | 'reject' | 'cancel-transfer' | 'close',
  words: string[],
): Command {
  const [id = ''] = words;
  if (words.length !== 1 || !/^\d+$/.test(id)) {
    return { kind: 'mistake', says: `${kind}: expected a chat, e.g. ${kind} 648` };
  }
  return { kind, chatSessionId: Number(id) };
}

function parseFailure(words: string[]): Command {
  const [how = '', share = '100%'] = words;
  if (how === 'off' && words.length === 1) return { kind: 'fail-off' };
  const percent = Number(share.replace(/%$/, ''));
  const isShare = /^\d+(\.\d+)?%?$/.test(share) && percent <= 100;
  const isStatus = /^[45]\d\d$/.test(how);
  if ((isStatus || isFailureName(how)) && isShare && words.length <= 2) {
    return { kind: 'fail', how: isFailureName(how) ? how : Number(how), percent };
  }
  const names = failureNames.join(', ');
  return {
    kind: 'mistake',
    says: `fail: expected a status from 400 to 599, ${names} or off, and a share, e.g. fail 503 20%`,
  };
}

const isFailureName = (word: string): word is FailureName =>
  (failureNames as readonly string[]).includes(word);
