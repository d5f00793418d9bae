/** Who is measured. `route-chat` is ours; `empty` is the runtime alone. */
export const rivals = ['empty', 'floor', 'powertools', 'official-client'] as const;
export type Name = (typeof rivals)[number] | 'route-chat';

export type Contestant = {
  /** As it is called in the table: the name, and what is special about this one. */
  label: string;
  name: Name;
  /** File of the built bundle. */
  handlerFile: string;
  /** Variables that are its own. */
  environment: Record<string, string>;
};

/** No wait between calls, to the last digit a clock of milliseconds has. */
export const paceOff = { CALL_SPACING_MS: '1e-9' };

/** Everyone but the one that makes no calls. */
export const working = (contestants: Contestant[]) =>
  contestants.filter(({ name }) => name !== 'empty');

/** Ours as deployed: at its pace. */
export function paced(contestants: Contestant[]): Contestant[] {
  return contestants.map((contestant) => {
    const { CALL_SPACING_MS: _, ...environment } = contestant.environment;
    return { ...contestant, environment };
  });
}

/**
 * The one with that label.
 * @throws Error where there is none.
 */
export function labelled(contestants: Contestant[], label: string): Contestant {
  const found = contestants.find((contestant) => contestant.label === label);
  if (!found) throw new Error(`Bench: expected the contestant ${label}, found none.`);
  return found;
}
