/** Ids seen lately, the latest so many of them. */
export type RememberedIds = { has(id: string): boolean; add(id: string): void };

export function rememberIds(most: number): RememberedIds {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      // A set keeps the order in which ids came.
      for (const oldest of ids) {
        if (ids.size <= most) return;
        ids.delete(oldest);
      }
    },
  };
}
