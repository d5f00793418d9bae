import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brokenPromises } from '../../promises/promises.ts';
import { histories } from './history.ts';
import { runHistory } from './run-history.ts';

const runs = Number(process.env.MODEL_RUNS ?? 300);

describe('every history', () => {
  it('keeps every promise', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const broken = brokenPromises(await runHistory(history));
        if (broken.length === 0) return;
        const script = `node test/model/replay.ts '${JSON.stringify(history)}'`;
        throw new Error(`${broken.map(inWords).join('\n')}\nReplay it:\n${script}`);
      }),
      { numRuns: runs, endOnFailure: process.env.CI === 'true' },
    );
    expect.assertions(0);
  }, 110_000);
});

const inWords = ({ promise, messageId = '', says }: ReturnType<typeof brokenPromises>[number]) =>
  `${promise}: ${messageId} ${says}`;
