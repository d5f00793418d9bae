import { describe, expect, it } from '@jest/globals';
import { contradictedResults, triedAfterConclusion } from '../../../promises/conclusions.ts';
import { at, keptRecord, transferCall } from '../../support/run-records.ts';

const send = (milliseconds: number, says = 'transfer-pending', sandbox = 'one') => ({
  at: at(milliseconds),
  messageId: 'a',
  says,
  sandbox,
});

describe('triedAfterConclusion', () => {
  it.each([
    ['a result after the call', [send(150)], [transferCall(100)], 0],
    ['a call after the result', [send(150)], [transferCall(100), transferCall(200)], 1],
    [
      'a call after one result of several',
      [send(150), send(160, 'transfer-pending', 'two')],
      [transferCall(200)],
      1,
    ],
    ['a call at the moment of the result', [send(100)], [transferCall(100)], 0],
    ['another sandbox', [send(150, 'expired', 'two')], [transferCall(200)], 0],
    [
      "another event's result",
      [{ ...send(150), messageId: 'b' }],
      [transferCall(100), transferCall(200)],
      0,
    ],
  ])('judges %s', (_, resultSends, calls, breaches) => {
    expect(triedAfterConclusion(keptRecord({ resultSends, calls }))).toHaveLength(breaches);
  });

  it('names the event and the sandbox', () => {
    const record = keptRecord({ resultSends: [send(50)] });

    expect(triedAfterConclusion(record)).toEqual([
      { messageId: 'a', says: 'was tried again by one, which had told it' },
    ]);
  });
});

describe('contradictedResults', () => {
  it.each([
    ['the same twice', [send(150), send(250)], 0],
    ['something else', [send(150), send(250, 'expired')], 1],
    ['something else by another sandbox', [send(150), send(250, 'expired', 'two')], 0],
  ])('judges %s', (_, resultSends, breaches) => {
    expect(contradictedResults({ resultSends })).toHaveLength(breaches);
  });

  it('names the event and what was said of it', () => {
    const resultSends = [send(150), send(250, 'expired'), send(260, 'expired')];

    expect(contradictedResults({ resultSends })).toEqual([
      { messageId: 'a', says: 'was told transfer-pending, then expired' },
    ]);
  });
});
