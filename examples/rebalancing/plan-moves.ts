/** Somebody who answers chats. */
export type Person = {
  associateId: number;
  isPresent: boolean;
  ongoingChats: number;
  topics: readonly number[];
};

/** How things stand at SuperOffice. */
export type Standing = {
  /** The associate whose credential it is: nobody else's chats can be moved. */
  me: number;
  /** What `me` is serving, the newest first. */
  myChats: readonly { chatSessionId: number; topicId: number }[];
  people: readonly Person[];
};

/** How many chats somebody may have at a time. */
export type Limits = { byDefault: number; byAssociateId: Readonly<Record<string, number>> };

export type Move = { chatSessionId: number; toAssociate: number };

/**
 * Which chats to hand to whom: those `me` has beyond the limit, the newest first, since in them least
 * has been said; each to who is there, answers its topic, and has most room below the limit.
 */
export function planMoves({ me, myChats, people }: Standing, limits: Limits): Move[] {
  const limitOf = (associateId: number) => limits.byAssociateId[associateId] ?? limits.byDefault;
  const others = people.filter(({ associateId, isPresent }) => isPresent && associateId !== me);
  const room = new Map(
    others.map((person) => [person, limitOf(person.associateId) - person.ongoingChats]),
  );

  const moves: Move[] = [];
  for (const { chatSessionId, topicId } of myChats) {
    if (moves.length >= myChats.length - limitOf(me)) break;
    const [next] = others
      .filter((person) => person.topics.includes(topicId) && roomOf(room, person) > 0)
      .sort((one, other) => roomOf(room, other) - roomOf(room, one));
    if (!next) continue;
    room.set(next, roomOf(room, next) - 1);
    moves.push({ chatSessionId, toAssociate: next.associateId });
  }
  return moves;
}

const roomOf = (room: ReadonlyMap<Person, number>, person: Person) => room.get(person) ?? 0;
