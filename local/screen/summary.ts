import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { Totals } from '../session/ledger.ts';

export type SummaryOptions = {
  /** What to call events without a result: `lost`, or `waiting` where one may yet come. */
  without: 'lost' | 'waiting';
  /** Where it is known. */
  mostCallsInASecond: number | undefined;
};

/** One line: what was sent, what came back, and how fast SuperOffice was called. */
export function summarize(totals: Totals, options: SummaryOptions): string {
  const { without, mostCallsInASecond } = options;
  const { events, notTaken, results, lost, twice, elsewhere } = totals;
  const words = [
    counted(events, 'event'),
    ...(notTaken > 0 ? [`${notTaken} not taken`] : []),
    counted(results, 'result'),
    `${lost} ${without}`,
    `${twice} twice`,
    ...(elsewhere > 0 ? [`${elsewhere} more from elsewhere`] : []),
    ...(mostCallsInASecond === undefined
      ? []
      : [
          `at most ${counted(mostCallsInASecond, 'call')} to SuperOffice in a second (it allows 10)`,
        ]),
  ];
  return words.join(', ');
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How often each outcome came, the most frequent first; and how long results took. */
export function outcomeLines(results: readonly ReceivedResult[]): string[] {
  if (results.length === 0) return [];
  const kinds = Map.groupBy(results, ({ outcome, cause }) => [outcome, cause ?? ''].join(' '));
  const lines = [...kinds]
    .map(([kind, { length }]) => ({ kind, length }))
    .sort((one, other) => other.length - one.length)
    .map(({ kind, length }) => `  ${String(length).padStart(6)}  ${kind.trim()}`);
  const times = results
    .map(({ completedAt, sentAt }) => Date.parse(completedAt) - Date.parse(sentAt))
    .sort((one, other) => one - other);
  const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0;
  return [...lines, `  half of them within ${at(0.5)} ms, all within ${at(1)} ms`];
}
