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
    const lacks = step.lacks?.(on);
    if (lacks !== undefined) return `not asked: no ${lacks}`;
    if (step.visible !== undefined) {
      const unknown = step.needs.filter((person) => on.ids[person] === undefined);
      if (unknown.length > 0) return `not asked: unknown who ${unknown.join(', ')} is`;
      if (on.chat === undefined) return 'not asked: no chat';
      if (!(await allow(step))) return 'not asked: not allowed';
    }
    return await step.run(on);
  }
}

/** What no program finds out in reasonable time, or without harm: how to look. */
export const byHand: readonly Found[] = [
  {
    question: 'Does a transfer that nobody answers end by itself?',
    found: 'by hand: have A ask B, leave it for 30 minutes, and GET the session again',
  },
  {
    question: 'Which call does *Cancel transfer* make?',
    found: 'by hand: press it with the network log of the browser open, and note method and path',
  },
  {
    question: 'Does a role in the topic change what S may?',
    found: 'by hand: give S the role in the chat topic’s settings, and run the probe again',
  },
  {
    question: 'Which webhooks fire on a transfer, and where does a signalled event’s data land?',
    found:
      'by hand: register a webhook on chatsession.* and on an event of yours, SignalEvent, and read what is posted',
  },
  { question: 'How does a 429 look?', found: 'not provoked: that would be a load test' },
];

/** As docs/not-proven.md takes it in. */
export function tableOf(found: readonly Found[], where: string, date: string): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = [...found, ...byHand].map((row) => `| ${cell(row.question)} | ${cell(row.found)} |`);
  return [`Probed on ${where}, ${date}:`, '', '| open | found |', '|---|---|', ...rows, ''].join(
    '\n',
  );
}
