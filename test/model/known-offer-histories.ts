import { calm, type History } from './history.ts';
import { wish } from './known-histories.ts';

/** What broke a promise of offers once, in the fewest words; tried before any other history. */
export const knownOfferHistories: [name: string, history: History][] = [
  [
    'an offer whose carrier was not sent, taken on by a sandbox that knows less of it',
    {
      ...calm,
      events: [{ ...wish(500, 8, 20), acceptWithinSeconds: 60, fallbacks: [9, 11], yields: true }],
      people: [{ at: 4_870, chat: 648, does: 'close' }],
      superOffice: ['ok', '403', '302'],
      carriers: ['error'],
      spareSandboxes: 2,
    },
  ],
  [
    'the next one of an offer accepts what a sandbox asked that died of it',
    {
      ...calm,
      events: [{ ...wish(0, 8), acceptWithinSeconds: 60, fallbacks: [9] }],
      people: [{ at: 35_000, chat: 648, does: 'accept' }],
      superOffice: ['403', 'applied late, hang'],
      kills: [{ step: 3, when: 'after' }],
      spareSandboxes: 1,
    },
  ],
  [
    'an event that yields comes to an offer that runs, after a death of both',
    {
      ...calm,
      events: [8, 9].map((associateId) => ({
        ...wish(0, associateId),
        acceptWithinSeconds: 30,
        yields: true,
      })),
      kills: [{ step: 1, when: 'before' }],
      splits: [2, 1, 2, 1, 2, 1],
      spareSandboxes: 1,
    },
  ],
  [
    'an offer whose chat ends and opens again between two looks',
    {
      ...calm,
      events: [{ ...wish(0, 8), acceptWithinSeconds: 30, fallbacks: [9] }],
      people: [
        { at: 5_000, chat: 648, does: 'reject' },
        { at: 6_000, chat: 648, does: 'close' },
        { at: 7_000, chat: 648, does: 'reopen' },
      ],
    },
  ],
  [
    'an offer whose first one was perhaps asked, and whose next one cannot be in time',
    {
      ...calm,
      events: [{ ...wish(0, 9, 20), acceptWithinSeconds: 30, fallbacks: [11] }],
      people: [{ at: 5_186, chat: 648, does: 'pass on' }],
      superOffice: ['applied, hang', 'ok', 'hang', 'ok', 'ok', 'hang'],
    },
  ],
  [
    'an offer that was asked anew by another sandbox, while the first one still has its carrier',
    {
      ...calm,
      events: [{ ...wish(500, 9), acceptWithinSeconds: 60, fallbacks: [10, 8] }],
      people: [{ at: 65_970, chat: 648, does: 'reject' }],
      spareSandboxes: 2,
      superOffice: ['503 for 20 s', 'applied, 503'],
      carriers: ['error', 'error'],
      visibilityChanges: ['ok', 'ok', 'ok', 'half failed'],
    },
  ],
  [
    'an offer that one sandbox had decided to end when another one asked',
    {
      ...calm,
      timeToLiveSeconds: 30,
      events: [
        {
          ...wish(500, 9),
          chat: 649,
          acceptWithinSeconds: 30,
          fallbacks: [9],
          ifNobody: 'return-to-queue',
          pickUp: true,
        },
        { ...wish(0, 99, 50), chat: 651, acceptWithinSeconds: 30, dryRun: true },
      ],
      people: [{ at: 13, chat: 649, does: 'reject' }],
      spareSandboxes: 3,
      superOffice: ['slow', 'hang', '401', 'ok', 'hang', 'ok', 'ok', '403'],
      carriers: ['hang', 'hang'],
      splits: [1, 2, 2, 1],
    },
  ],
  [
    'an offer that goes back untried, since what it goes before could not be deleted',
    {
      ...calm,
      events: [
        { ...wish(0, 99), acceptWithinSeconds: 30, fallbacks: [8] },
        { ...wish(0, 8), yields: true },
        { ...wish(0, 8), chat: 651 },
      ],
      superOffice: ['ok', 'ok', 'applied, hang'],
      deletes: ['error'],
      splits: [1],
    },
  ],
  [
    'a next one of an offer who does not exist, while the one before may yet accept',
    {
      ...calm,
      events: [{ ...wish(0, 8), acceptWithinSeconds: 30, fallbacks: [99, 9] }],
    },
  ],
  [
    'a next one of an offer who can be asked at the second attempt, while the one before may yet accept',
    {
      ...calm,
      events: [{ ...wish(0, 8), acceptWithinSeconds: 60, fallbacks: [11] }],
      superOffice: ['ok', 'ok', '401'],
      visibilityChanges: ['error'],
    },
  ],
];
