import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { promiseNames } from '../../../promises/promises.ts';
import type { Summary } from '../../../soak/summary.ts';
import { tableOf } from '../../../soak/table.ts';

const stream = new PassThrough() as unknown as NodeJS.WriteStream;
const summary: Summary = {
  seconds: 12.5,
  sent: 500,
  results: { 'transfer-pending': 498, failed: 1 },
  broken: Object.fromEntries(promiseNames.map((name) => [name, 0])) as Summary['broken'],
  breaches: [],
  deadLettered: 0,
  calls: 600,
  mostCallsInASecond: 9,
  allowedCallsPerSecond: 10,
  deduplicated: 0,
  kills: 3,
  killedInvocations: 2,
  receives: 700,
  faults: { 503: 20, reset: 5 },
  repeat: 'npm run soak -- --seed 7',
};

// The test runner sets it for its workers.
delete process.env.FORCE_COLOR;

describe('tableOf', () => {
  it('aligns what was counted, and says how to run it again', () => {
    const lines = tableOf(summary, stream).split('\n');

    expect(lines.slice(0, 4)).toEqual([
      'sent                     500  in 12.5 s',
      '  transfer-pending       498',
      '  failed                   1',
      'lost                       0  kept  no event without a result',
    ]);
    expect(lines.at(-1)).toBe('Again: npm run soak -- --seed 7');
  });

  it('names a promise that broke, and the first breaches', () => {
    const breaches = Array.from({ length: 21 }, () => ({
      promise: 'lost' as const,
      messageId: 'a',
      says: 'no result',
    }));

    const text = tableOf({ ...summary, broken: { ...summary.broken, lost: 21 }, breaches }, stream);

    expect(text).toMatch(/^lost +21 {2}BROKEN/m);
    expect(text).toContain('lost: event a no result\n… and 1 more');
  });
});
