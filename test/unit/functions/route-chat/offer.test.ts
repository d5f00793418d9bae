import { describe, expect, it } from '@jest/globals';
import {
  askedAfterAll,
  newOffer,
  type Offer,
  stepOf,
  withAcceptance,
  withAsked,
  withoutAsking,
} from '../../../../functions/route-chat/offer.ts';
import { ann, ben, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import {
  acceptMs,
  askedAnn,
  askedAt,
  bensTurn,
  declined,
  eli,
  endsAt,
  firstLook,
  running,
  starting,
} from '../../../support/offers.ts';

describe('stepOf', () => {
  const failed = { outcome: 'failed', cause: null, error: null } as const;
  const tried = { ...askedAnn, askedAt: null, answer: 'not-applied' } as const;

  it.each<[string, Offer]>([
    ['runs', { ...bensTurn, asked: [tried, askedAnn], looks: 12 }],
    ['ends', { ...starting, asked: [tried], rest: [], ending: failed }],
  ])('grows where somebody is asked after all in one that %s', (_, offer) => {
    const session = chatSession({ transferTo: ann });
    const goesOn = withAsked(askedAfterAll(offer, session) ?? offer, session, { acceptMs, now: 0 });

    expect(goesOn.asked.at(-1)).toMatchObject({ toAssociate: '8', askedAt: 0, answer: null });
    expect(stepOf(goesOn)).toBeGreaterThan(stepOf(offer));
  });
});

describe('newOffer', () => {
  it.each([
    ['the one whom it names', {}, ['8']],
    ['the others, in their order', { fallbackAssociates: ['cho', '9'] }, ['8', 'cho', '9']],
    ['nobody twice', { fallbackAssociates: ['9', '8', '9'] }, ['8', '9']],
  ])('asks %s', (_, fields, rest) => {
    expect(newOffer({ chatSessionId: 648, toAssociate: '8', ...fields })).toEqual({
      ...starting,
      rest,
    });
  });
});

describe('withAsked', () => {
  const asking = (offer: Offer, given: Parameters<typeof chatSession>[0], now = askedAt) =>
    withAsked(offer, chatSession(given), { acceptMs, now });

  it('notes with the first one who has the chat, and since when', () => {
    expect(asking({ ...starting, hasPerhapsAsked: true }, { transferTo: ann })).toEqual(running);
    expect(asking(starting, { transferTo: ann, user: null })).toEqual({
      ...running,
      ownerId: null,
    });
  });

  it('keeps both with the others', () => {
    const session = { transferTo: ben, user: eli, whenStarted: 'later' };
    const { ownerId, startedAt } = asking(declined, session, firstLook);

    expect({ ownerId, startedAt }).toEqual({
      ownerId: router.associateId,
      startedAt: running.startedAt,
    });
  });

  it('asks nobody any more who stands before them, nor themselves by another name', () => {
    const offer = { ...starting, rest: ['cho', '9', 'ANN', '8', 'eli', ' ann '] };
    const after = asking(offer, { transferTo: ann });

    expect(after).toMatchObject({ asked: [{ toAssociate: 'ANN', associateId: 8 }], rest: ['eli'] });
  });
});

describe('withoutAsking', () => {
  it('changes nothing where nobody is left', () => {
    expect(withoutAsking(bensTurn, 'unknown', firstLook)).toBe(bensTurn);
  });
});

describe('withAcceptance', () => {
  const open = { ...askedAnn, toAssociate: '9', associateId: ben.associateId };
  const unanswered = { ...askedAnn, answer: 'unanswered', endedAt: endsAt } as const;
  const accepted = { answer: 'accepted', endedAt: endsAt + 1 } as const;

  it.each<[string, Offer['asked'], Offer['asked']]>([
    ['is asked', [askedAnn], [{ ...askedAnn, ...accepted }]],
    [
      'was asked before the one who is: that question is withdrawn',
      [unanswered, open],
      [
        { ...askedAnn, ...accepted },
        { ...open, answer: 'withdrawn', endedAt: endsAt + 1 },
      ],
    ],
    [
      'was asked after one who declined: that answer stays',
      [{ ...open, answer: 'declined', endedAt: askedAt }, unanswered],
      [
        { ...open, answer: 'declined', endedAt: askedAt },
        { ...askedAnn, ...accepted },
      ],
    ],
  ])('notes as accepted who %s', (_, asked, after) => {
    const offer = { ...running, asked };

    expect(withAcceptance(offer, chatSession({ user: ann }), endsAt + 1).asked).toEqual(after);
  });
});
