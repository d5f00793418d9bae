import type { Probe, Step } from './step.ts';

export type Found = { question: string; found: string };

/**
 * Takes each step whose people are there and which is allowed. A step that is not taken is in the
 * table, too, with why.
 * @param allow asked of whatever a customer or an agent could see
 */
export async function probe(
  on: Probe,
  steps: readonly Step[],
  { allow, onFound }: { allow: (step: Step) => Promise<boolean>; onFound: (found: Found) => void },
): Promise<Found[]> {
  const table: Found[] = [];
  for (const step of steps) {
    const found = { question: step.question, found: await outcomeOf(step) };
    table.push(found);
    onFound(found);
  }
  return table;

  async function outcomeOf(step: Step): Promise<string> {
    const missing = step.needs.filter((person) => !on.tenant.has(person));
    if (missing.length > 0) return `not asked: no credential of ${missing.join(', ')}`;
    if (step.visible !== undefined) {
      if (on.chat === undefined) return 'not asked: no chat';
      if (!(await allow(step))) return 'not asked: not allowed';
    }
    return await step.run(on);
  }
}

/** As docs/not-proven.md takes it in. */
export function tableOf(found: readonly Found[], where: string, date: string): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = found.map((row) => `| ${cell(row.question)} | ${cell(row.found)} |`);
  return [`Probed on ${where}, ${date}:`, '', '| open | found |', '|---|---|', ...rows, ''].join(
    '\n',
  );
}
