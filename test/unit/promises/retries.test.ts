import { describe, expect, it } from '@jest/globals';
import { retriesWithoutLook } from '../../../promises/retries.ts';
import { keptRecord, transferCall } from '../../support/run-records.ts';

const lookCall = (milliseconds: number, sandbox = 'one') =>
  transferCall(milliseconds, { route: 'session', target: undefined, sandbox });
const open = transferCall(100, { status: 503 });

describe('retriesWithoutLook', () => {
  it.each([
    ['one call', [open], 0],
    ['another at once', [open, transferCall(200)], 1],
    ['another after a look', [open, lookCall(150), transferCall(200)], 0],
    ["another after somebody else's look", [open, lookCall(150, 'two'), transferCall(200)], 1],
    ['another after an earlier look', [lookCall(50), open, transferCall(200)], 1],
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
