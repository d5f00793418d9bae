type Presence = { isPresent: boolean; topics: readonly number[] };

/** Who has the chat presence turned on, and which topics each answers. */
export type ChatPresence = {
  of(associateId: number): Presence;
  set(associateId: number, presence: Partial<Presence>): void;
};

/** Everybody is there and answers topic 3, until told otherwise. */
export function createChatPresence(): ChatPresence {
  const told = new Map<number, Presence>();
  const of = (associateId: number) => told.get(associateId) ?? { isPresent: true, topics: [3] };
  return {
    of,
    set: (associateId, presence) => told.set(associateId, { ...of(associateId), ...presence }),
  };
}
