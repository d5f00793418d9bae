import { describe, expect, it } from '@jest/globals';
import { decideOffer } from '../../../../functions/route-chat/decide-offer.ts';
import type { Offer } from '../../../../functions/route-chat/offer.ts';
import type { OfferSaw } from '../../../../functions/route-chat/offer-step.ts';
import { ben, router } from '../../../support/associates.ts';
import { chatSession } from '../../../support/chat-session.ts';
import {
  annAsked,
  askedAt,
  eli,
  error,
  failed,
  inWords,
  look,
  nobodyAsked,
  noTime,
  type Row,
  received,
  refused,
  starting,
  wish,
} from '../../../support/offers.ts';

const late = wish.firstAskBefore;

describe('decideOffer, of one that begins', () => {
  const doubtful: Offer = { ...starting, hasPerhapsAsked: true };
  const perhapsPickedUp: Offer = { ...starting, pickedUp: 'perhaps' };
  const inQueue = { user: null, status: 'InQueue' };
  const ofRouter: OfferSaw = { kind: 'owner', owner: router, session: chatSession() };
  const ofEli: OfferSaw = { kind: 'owner', owner: router, session: chatSession({ user: eli }) };
  const ofNobodyKnown: OfferSaw = { kind: 'owner', owner: null, session: chatSession() };
  const pickedUpForNobody: OfferSaw = { kind: 'picked-up', session: chatSession({ user: null }) };

  it.each<Row>([
    ['asks the first one at once', starting, received, askedAt, 'ask 8'],
    ['looks first, where it has perhaps asked', doubtful, received, askedAt, 'look'],
    ['finds whom it has asked', doubtful, look(annAsked), askedAt, 'carry-on, 8 asked'],
    [
      'finds whom it has asked after the first one',
      doubtful,
      look({ transferTo: ben }),
      askedAt,
      'carry-on, 9 asked',
    ],
    ['finds nobody asked', doubtful, look(nobodyAsked), askedAt, 'ask 8'],
    [
      'finds it with one of the list: asks whose the credential is',
      doubtful,
      look({ user: ben }),
      askedAt,
      'ask-owner',
    ],
    [
      'finds that one of the list has accepted',
      doubtful,
      { ...ofEli, session: chatSession({ user: ben }) },
      askedAt,
      'assigned, 9 accepted',
    ],
    [
      'finds that one of the list has had it all along',
      doubtful,
      { kind: 'owner', owner: ben, session: chatSession({ user: ben }) },
      askedAt,
      'ask 8',
    ],
    [
      'finds it with one of the list, and cannot learn whose the credential is',
      doubtful,
      { kind: 'owner', owner: null, session: chatSession({ user: ben }) },
      askedAt,
      'assigned, 9 accepted',
    ],
    ['finds no session', doubtful, look(null), askedAt, 'ask 8'],
    ['cannot look', doubtful, failed, askedAt, 'ask 8'],
    ['may not look', doubtful, refused, askedAt, 'ask 8'],
    ['has no slot to look', doubtful, noTime, askedAt, 'ask 8'],
    ['looks for two minutes after its deadline', doubtful, received, late + 119_999, 'look'],
    ['… and not after', doubtful, received, late + 120_000, 'ask 8'],

    ['yields: looks first', starting, received, askedAt, 'look', { yields: true }],
    ['yields: too late for a look', starting, received, late, 'ask 8', { yields: true }],
    [
      'yields: leaves it to the table of plain events who is asked',
      starting,
      look({ transferTo: ben }),
      askedAt,
      'ask 8',
      { yields: true },
    ],
    [
      'yields: leaves it to the table of plain events whose it is',
      starting,
      look({ user: ben }),
      askedAt,
      'ask 8',
      { yields: true },
    ],

    ['picks up: looks first', starting, received, askedAt, 'look', { pickUp: true }],
    [
      'picks up what waits in the queue',
      starting,
      look(inQueue),
      askedAt,
      'pick-up',
      { pickUp: true },
    ],
    [
      'picks up nothing that somebody has',
      starting,
      look(nobodyAsked),
      askedAt,
      'ask 8',
      { pickUp: true },
    ],
    [
      'picks up nothing where no session is shown',
      starting,
      look(null),
      askedAt,
      'ask 8',
      { pickUp: true },
    ],
    ['leaves in the queue what it is not to pick up', starting, look(inQueue), askedAt, 'ask 8'],
    [
      'picks up nothing after its deadline',
      starting,
      look(inQueue),
      late,
      'ask 8',
      { pickUp: true },
    ],
    [
      'leaves to a chatbot what it has',
      starting,
      look({ ...inQueue, chatbotIsActive: true }),
      askedAt,
      'ask 8',
      { pickUp: true },
    ],
    [
      'has picked up: asks',
      starting,
      { kind: 'picked-up', session: chatSession() },
      askedAt,
      'ask 8',
      { pickUp: true },
    ],
    [
      'has picked up, and is received again: asks',
      { ...starting, pickedUp: 'yes' },
      received,
      askedAt,
      'ask 8',
      { pickUp: true },
    ],
    [
      'it did not wait any more',
      starting,
      { kind: 'picked-up', session: null },
      askedAt,
      'ask 8',
      { pickUp: true },
    ],
    [
      'may not pick up',
      starting,
      { kind: 'pick-up-refused', error },
      askedAt,
      'failed',
      { pickUp: true },
    ],
    [
      'has perhaps picked up: comes back',
      starting,
      { kind: 'pick-up-failed', error, perhapsApplied: true },
      askedAt,
      'come-back',
      { pickUp: true },
    ],
    ['… looks', perhapsPickedUp, received, askedAt, 'look', { pickUp: true }],
    [
      '… asks whose the credential is',
      perhapsPickedUp,
      look(nobodyAsked),
      askedAt,
      'ask-owner',
      { pickUp: true },
    ],
    ['… it is its own: asks', perhapsPickedUp, ofRouter, askedAt, 'ask 8', { pickUp: true }],
  ])('%s', (_, offer, saw, now, says, wishes = {}) => {
    expect(inWords(decideOffer({ ...wish, ...wishes }, offer, saw, now))).toBe(says);
  });

  it.each<[string, Offer, OfferSaw, Offer['pickedUp'], number | null]>([
    ['picked up', starting, { kind: 'picked-up', session: chatSession() }, 'yes', 7],
    ['… but not shown for whom', starting, pickedUpForNobody, 'yes', null],
    ['not waiting any more', starting, { kind: 'picked-up', session: null }, 'no', null],
    ['lost', starting, { kind: 'pick-up-failed', error, perhapsApplied: true }, 'perhaps', null],
    ['not made', starting, { kind: 'pick-up-failed', error, perhapsApplied: false }, 'no', null],
    ['lost, and found its own', perhapsPickedUp, ofRouter, 'yes', 7],
    ['lost, and found another’s', perhapsPickedUp, ofEli, 'no', null],
    ['lost, and found where it was', perhapsPickedUp, look(inQueue), 'no', null],
    ['lost, and nobody knows whose', perhapsPickedUp, ofNobodyKnown, 'perhaps', null],
    ['never tried, and found its own', doubtful, ofRouter, 'no', null],
  ])('knows whether it has picked up, and for whom: %s', (_, offer, saw, pickedUp, ownerId) => {
    const step = decideOffer({ ...wish, pickUp: true }, offer, saw, askedAt);
    const startedAt = pickedUp === 'yes' ? chatSession().whenStarted : null;
    expect(step.offer).toMatchObject({ pickedUp, ownerId, startedAt });
  });

  it.each<[string, OfferSaw, OfferSaw]>([
    ['has picked up', { kind: 'picked-up', session: chatSession() }, look(nobodyAsked)],
    ['finds that it did not wait any more', { kind: 'picked-up', session: null }, received],
    ['knows whose the credential is', ofRouter, look(nobodyAsked)],
    ['cannot look', failed, failed],
  ])('asks by what was seen last, where it %s', (_, saw, goesOnFrom) => {
    expect(decideOffer(wish, starting, saw, askedAt)).toMatchObject({ do: 'ask', saw: goesOnFrom });
  });
});
