import { describe, expect, it } from '@jest/globals';
import { retriesWithoutLook } from '../../../promises/retries.ts';
import { keptRecord, lookCall, transferCall } from '../../support/run-records.ts';

const look = (milliseconds: number, sandbox = 'one') => lookCall(milliseconds, { sandbox });
const open = transferCall(100, { status: 503 });

describe('retriesWithoutLook', () => {
  it.each([
    ['one call', [open], 0],
    ['another at once', [open, transferCall(200)], 1],
    ['another after a look', [open, look(150), transferCall(200)], 0],
    ['another after a look in the same moment', [open, look(100), transferCall(100)], 0],
    ["another after somebody else's look", [open, look(150, 'two'), transferCall(200)], 1],
    ['another after an earlier look', [look(50), open, transferCall(200)], 1],
    ['another after an earlier look in that moment', [look(100), open, transferCall(200)], 1],
    ['another before a look', [open, transferCall(200), look(250)], 1],
    [
      'a third at once, where only the second came after a look',
      [open, look(110), transferCall(150, { status: 503 }), transferCall(200)],
      1,
    ],
    ['another by another sandbox', [open, transferCall(200, { sandbox: 'two' })], 0],
    [
      'another where the first was refused',
      [transferCall(100, { status: 401 }), transferCall(200)],
      0,
    ],
    [
      'calls nobody tells apart',
      [open, transferCall(200)].map((call) => ({ ...call, sandbox: undefined })),
      0,
    ],
  ])('judges %s', (_, calls, breaches) => {
    expect(retriesWithoutLook(keptRecord({ calls }))).toHaveLength(breaches);
  });
});
