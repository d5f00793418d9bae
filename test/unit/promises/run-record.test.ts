import { describe, expect, it } from '@jest/globals';
import { isOwnTransfer, perhapsApplied } from '../../../promises/run-record.ts';
import { offerEvent } from '../../support/offer-records.ts';
import { sentEvent, transferCall } from '../../support/run-records.ts';

describe('isOwnTransfer', () => {
  it.each([
    ['its target', sentEvent(), transferCall(), true],
    ['another target', sentEvent(), transferCall(0, { target: '08' }), false],
    ['no target', sentEvent(), transferCall(0, { target: undefined }), false],
    ['another chat', sentEvent(), transferCall(0, { chatSessionId: 649 }), false],
    ["an offer's next one", offerEvent, transferCall(0, { target: '9' }), true],
    ['somebody the offer does not name', offerEvent, transferCall(0, { target: '09' }), false],
  ])('judges a call for %s', (_, event, call, expected) => {
    expect(isOwnTransfer(event, call)).toBe(expected);
  });
});

describe('perhapsApplied', () => {
  it.each([
    [undefined, true],
    [199, false],
    [200, true],
    [399, true],
    [400, false],
    [408, true],
    [429, false],
    [499, false],
    [500, true],
  ])('judges a call that was answered %s', (status, expected) => {
    expect(perhapsApplied(transferCall(0, { status }))).toBe(expected);
  });

  it('is false where the call never arrived', () => {
    expect(perhapsApplied(transferCall(0, { arrivedAt: undefined, status: undefined }))).toBe(
      false,
    );
  });
});
