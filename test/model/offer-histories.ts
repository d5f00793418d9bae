import fc from 'fast-check';
import type { InFlightBlocks } from '../../stand-ins/sqs/fifo-queue-options.ts';
import { amid, awsPlan, kill, mostly } from './arbitraries.ts';
import { awsFaults, type PersonDoes, type SuperOfficeFault, superOfficeFaults } from './history.ts';

const offerEvent = fc.record(
  {
    at: fc.constantFrom(0, 0, 500, 5_000, 12_000, 40_000),
    chat: fc.constantFrom(648, 648, 648, 649, 651),
    associateId: fc.constantFrom(8, 9, 10, 7, 99),
    group: fc.constant<'chat'>('chat'),
    expiresInSeconds: fc.constantFrom(20, 50),
    acceptWithinSeconds: fc.constantFrom(30, 30, 60),
    fallbacks: fc.uniqueArray(fc.constantFrom(8, 9, 10, 11, 99), { minLength: 1, maxLength: 3 }),
    ifNobody: fc.constantFrom('leave', 'return-to-queue'),
    pickUp: fc.boolean(),
    dryRun: fc.constantFrom(false, false, true),
    yields: fc.boolean(),
  },
  { requiredKeys: ['at', 'chat', 'associateId', 'group'] },
);

/** When people act on an offer: around its first looks, or at its end. */
const amidAnOffer = fc.oneof(
  fc.nat({ max: 14_000 }),
  fc.constantFrom(10_000, 29_900, 30_100, 35_000),
  fc.nat({ max: 130_000 }),
);
const offerPeople = fc.array(
  fc.record({
    at: amidAnOffer,
    chat: fc.constantFrom(648, 648, 648, 649),
    does: fc.constantFrom<PersonDoes>(
      ...(['reject', 'reject', 'reject', 'accept', 'cancel', 'close', 'reopen'] as const),
      ...(['offer', 'pass on'] as const),
    ),
  }),
  { maxLength: 5 },
);

/** Offers that people accept, decline, cancel, pass on or leave, and nothing goes wrong. */
export const offersInPeace = amid({
  events: fc.array(offerEvent, { minLength: 1, maxLength: 4 }),
  people: offerPeople,
  spareSandboxes: fc.nat({ max: 1 }),
  connectionSetUpMs: fc.constantFrom(0, 300),
  inFlightBlocks: fc.constantFrom<InFlightBlocks>('later-messages', 'whole-group'),
  splits: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 6 }),
});

/** The same, while calls fail, answers are lost and sandboxes die at any step. */
export const offersInTrouble = amid({
  events: fc.array(offerEvent, { minLength: 1, maxLength: 3 }),
  people: offerPeople,
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', superOfficeFaults), { maxLength: 12 }),
  spareSandboxes: fc.nat({ max: 3 }),
  deployments: fc.constantFrom([], [], [11_000]),
  sends: awsPlan(awsFaults, 4),
  carriers: awsPlan(['error', 'answer lost', 'hang'], 6),
  deletes: awsPlan(['error', 'answer lost', 'hang', 'half failed'], 3),
  visibilityChanges: awsPlan(['error', 'answer lost', 'hang', 'half failed'], 6),
  kills: fc.array(kill(fc.nat({ max: 40 })), { maxLength: 3 }),
  deliveredTwice: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
  inFlightBlocks: fc.constantFrom<InFlightBlocks>('later-messages', 'whole-group'),
  splits: fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 8 }),
});
