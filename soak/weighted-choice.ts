/** What can be chosen, how often beside the others, and under which name it is counted. */
export type WeightedChoices<Choice> = readonly { name: string; weight: number; choice: Choice }[];

/** Chooses by weight. */
export function chooseFrom<Choice>(choices: WeightedChoices<Choice>, random: () => number) {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const entry of choices) {
    left -= entry.weight;
    if (left < 0) return entry;
  }
  return choices[choices.length - 1] as WeightedChoices<Choice>[number];
}

/** How often what was chosen. */
export type Tally = Record<string, number>;

export function count(tally: Tally, name: string): void {
  tally[name] = (tally[name] ?? 0) + 1;
}
