import { describe, expect, it } from '@jest/globals';
import type { ReceivedResult } from '../../../../contract/parse-result.ts';
import { causes, outcomes } from '../../../../contract/result.ts';
import { meaningOf } from '../../../../local/screen/meaning.ts';
import { receivedResult } from '../../../support/received-result.ts';

const notApplied = (cause: string, changes: Partial<ReceivedResult> = {}) =>
  receivedResult('not-applied', { cause, ...changes });
const { session: shown } = receivedResult('transfer-pending');
const sessionShown = shown as NonNullable<typeof shown>;
const asked = (toAssociate: string, answer: string) => ({
  toAssociate,
  askedAt: null,
  endedAt: null,
  answer,
});
const error = { code: 'unavailable', message: 'SuperOffice answered 503.', httpStatus: 503 };

describe('meaningOf', () => {
  it.each([
    [receivedResult('transfer-pending'), 'ann is asked, and has yet to accept'],
    [
      receivedResult('transfer-pending', { outcome: 'assigned', toAssociate: '7' }),
      'router has the chat',
    ],
    [notApplied('owned-by-another'), "ben's chat, router's credential: SuperOffice ignored it"],
    [
      notApplied('owned-by-another', { actingAs: null }),
      "ben's chat, the credential: SuperOffice ignored it",
    ],
    [notApplied('unclear', { toAssociate: '99' }), "ben's chat, yet ignored: who is associate 99?"],
    [receivedResult('failed'), '404: there is no such chat, or associate'],
    [receivedResult('failed', { error }), 'SuperOffice answered 503.'],
    [
      receivedResult('failed', { outcome: 'expired', error: null }),
      'its deadline had passed: no call made',
    ],
    [
      receivedResult('failed', { outcome: 'expired', error }),
      'not applied by its deadline: SuperOffice answered 503.',
    ],
    [
      receivedResult('failed', { outcome: 'unknown', error }),
      'perhaps applied, perhaps not: SuperOffice answered 503.',
    ],
    [
      receivedResult('invalid-event'),
      'chatSessionId: expected an integer from 1 to 2147483647, got "648".',
    ],
    [notApplied('taken-by-another'), 'ben got it while it was offered'],
    [receivedResult('would-transfer'), 'associate 8 would be asked'],
    [receivedResult('declined'), 'associate 8 declined, associate 9 declined'],
    [receivedResult('unanswered'), 'associate 8 declined, ben did not answer'],
    [receivedResult('unanswered', { offers: [] }), 'nobody accepted it'],
    [
      receivedResult('unanswered', {
        outcome: 'assigned',
        session: { ...sessionShown, user: { associateId: 9, ejUserId: 109, name: 'ben' } },
        offers: [asked('ann', 'unanswered'), asked('9', 'accepted')],
      }),
      'ben has the chat: ann did not answer, ben accepted',
    ],
    [
      receivedResult('declined', { offers: [asked('ann', 'not-applied'), asked('ben', 'busy')] }),
      'ann could not be asked, ben busy',
    ],
  ])('says of %#', (result, words) => {
    expect(meaningOf(result)).toBe(words);
  });

  it.each(outcomes)('has words for the outcome %s', (outcome) => {
    expect(meaningOf(receivedResult('transfer-pending', { outcome }))).not.toBe('');
  });

  it.each(causes)('has words for the cause %s, without a session as well', (cause) => {
    const words = [notApplied(cause), notApplied(cause, { session: null })].map(meaningOf);

    expect(words).not.toContain('SuperOffice said yes, and did nothing');
  });

  it.each([
    [receivedResult('transfer-pending'), 'ann is asked, and has yet to accept; ignored: expireAt'],
    [receivedResult('failed', { error }), 'SuperOffice answered 503; ignored: expireAt'],
    [receivedResult('transfer-pending', { outcome: 'to-come' }), 'ignored: expireAt'],
  ])('shows which fields were not known: %#', (result, words) => {
    expect(meaningOf({ ...result, ignoredFields: ['expireAt'] })).toBe(words);
  });

  it('shows them after long words as well, and nothing a terminal would obey', () => {
    const long = { code: 'invalid-field', message: 'x'.repeat(1_000), httpStatus: null };
    const ignoredFields = ['a', '\u001b[2J', ...Array.from({ length: 8 }, () => 'y'.repeat(64))];

    const words = meaningOf(receivedResult('invalid-event', { error: long, ignoredFields }));

    expect(words).toMatch(/^x{159}…; ignored: a, "\\u001b\[2J", y+…$/);
    expect(words.length).toBeLessThan(260);
  });

  it('is silent about an outcome it does not know', () => {
    expect(meaningOf(receivedResult('transfer-pending', { outcome: 'to-come' }))).toBe('');
  });
});
