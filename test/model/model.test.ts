import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brokenPromises } from '../../promises/promises.ts';
import { histories } from './histories.ts';
import type { History } from './history.ts';
import { knownHistories } from './known-histories.ts';
import { knownOfferHistories } from './known-offer-histories.ts';
import { runHistory } from './run-history.ts';

const runs = Number(process.env.MODEL_RUNS ?? 300);

/** What the history breaks, and how to replay it; nothing where it keeps every promise. */
async function breachesOf(history: History): Promise<string[]> {
  const broken = brokenPromises(await runHistory(history));
  if (broken.length === 0) return [];
  return [
    ...broken.map(({ promise, messageId = '', says }) => `${promise}: ${messageId} ${says}`),
    'Replay it:',
    `node test/model/replay.ts '${JSON.stringify(history)}'`,
  ];
}

describe('a history that once broke a promise', () => {
  it.each([...knownHistories, ...knownOfferHistories])(
    'keeps every promise: %s',
    async (_, history) => {
      expect(await breachesOf(history)).toEqual([]);
    },
  );
});

describe('every history', () => {
  it('keeps every promise', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const breaches = await breachesOf(history);
        if (breaches.length > 0) throw new Error(breaches.join('\n'));
      }),
      { numRuns: runs, endOnFailure: process.env.CI === 'true' },
    );
    expect.assertions(0);
  }, 110_000);
});
