import type { SeedSession } from '../stand-ins/superoffice/seed-sessions.ts';
import type { Tenant } from '../stand-ins/superoffice/tenant.ts';
import { makeOffer } from './make-offers.ts';
import type { SoakEvent } from './run-record.ts';

/** So many of each kind: mostly such as can be moved. */
const kinds: (SeedSession | 'unknown')[] = [
  ...Array.from({ length: 33 }, () => ({})),
  { owner: 9, status: 'UserLast' },
  ...Array.from(
    { length: 3 },
    (): SeedSession => ({ owner: null, status: 'InQueue', startedAt: null }),
  ),
  { owner: null, status: 'UserLast', chatbotIsActive: true },
  { status: 'Closed' },
  { pending: 10 },
  { owner: 7, status: 'UserLast' },
  'unknown',
];

/** Whom chats are to go to: the last is nobody, the first has them already. */
const associateIds = [7, 8, 8, 9, 9, 10, 10, 11, 12, 12, 99];
const names = new Map([
  [8, 'ann'],
  [10, 'cho'],
  [11, 'dee'],
  [12, 'eli'],
]);

const mostWishes = 6;
const sharedGroups = ['desk-1', 'desk-2', 'desk-3', 'desk-4', 'desk-5', 'desk-6'];

type Random = () => number;
type OpenChat = { chatSessionId: number; group: string | undefined; wishes: number; left: number };

/**
 * Makes chats, and events that want them moved: several wishes a chat, those of `openChats` mixed,
 * in the order they are to be sent.
 */
export function makeSoakEvents(options: {
  count: number;
  /** Percent of the events that are offers; half as many are dry runs, and half as many yield. */
  offerRate: number;
  openChats: number;
  random: Random;
  tenant: Tenant;
  eventTimeToLiveSeconds: number;
}): SoakEvent[] {
  const { count, offerRate, openChats, random, tenant, eventTimeToLiveSeconds } = options;
  const isOne = (percent: number) => random() * 100 < percent;
  const chosen = <Value>(values: readonly [Value, ...Value[]] | readonly Value[]) =>
    values[Math.floor(random() * values.length)] as Value;
  let unknownId = 2_000_000;

  const openChat = (): OpenChat => {
    const kind = chosen(kinds);
    const chatSessionId = kind === 'unknown' ? ++unknownId : tenant.addSession(kind);
    const group = random() < 0.06 ? chosen(sharedGroups) : undefined;
    return { chatSessionId, group, wishes: 0, left: 1 + Math.floor(random() * mostWishes) };
  };

  const chats = Array.from({ length: openChats }, openChat);
  return Array.from({ length: count }, () => {
    const index = Math.floor(random() * chats.length);
    const chat = chats[index] as OpenChat;
    const associateId = chosen(associateIds);
    const place = chat.wishes;
    const target = spell(associateId, place, random() < 0.3);
    chat.wishes += 1;
    chat.left -= 1;
    if (chat.left === 0) chats[index] = openChat();
    const { chatSessionId, group } = chat;
    // Now and then a producer groups by something else.
    const groupId = random() < 0.02 ? chosen(sharedGroups) : (group ?? String(chatSessionId));
    const life = lifeOf(random);
    const isDryRun = isOne(offerRate / 2);
    const yields = isOne(offerRate / 2);
    const offered = isOne(offerRate)
      ? makeOffer(
          { target, associateId },
          { random, spell: (id, byName) => spell(id, place, byName) },
        )
      : undefined;
    const fields = {
      ...{ chatSessionId, toAssociate: target, ...life, source: 'soak' },
      ...offered?.fields,
      ...(isDryRun && { dryRun: true }),
      ...(yields && { yields: true }),
    };
    const isInvalid = random() < 0.03;
    return {
      body: isInvalid ? chosen(invalidBodies(fields)) : JSON.stringify(fields),
      groupId,
      chatSessionId,
      target,
      associateId,
      isInvalid,
      timeToLiveMs: 1000 * (life.expiresInSeconds ?? eventTimeToLiveSeconds),
      // Any of them may meet a fault at its last moment.
      hasAmpleTime: false,
      ...(offered && !isDryRun && { offer: offered.offer }),
      ...(isDryRun && { isDryRun }),
      ...(yields && { yields }),
    };
  });
}

/** In as many ways as a chat has wishes: zeros before an id, capitals in a name. */
function spell(associateId: number, place: number, byName: boolean): string {
  const name = names.get(associateId);
  if (!name || !byName || place >= 2 ** name.length) return '0'.repeat(place) + associateId;
  return [...name]
    .map((letter, index) => (place & (1 << index) ? letter.toUpperCase() : letter))
    .join('');
}

function lifeOf(random: Random): { expiresInSeconds?: number } {
  return random() < 0.1 ? { expiresInSeconds: 1 + Math.floor(random() * 10) } : {};
}

const invalidBodies = (fields: { chatSessionId: number; toAssociate: string }) => [
  `chat ${fields.chatSessionId} to ${fields.toAssociate}, please`,
  JSON.stringify({ ...fields, toAssociate: '' }),
  JSON.stringify({ ...fields, expiresInSeconds: 0 }),
  JSON.stringify({ ...fields, chatSessionId: String(fields.chatSessionId) }),
  JSON.stringify([fields]),
];
