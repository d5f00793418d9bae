import fc from 'fast-check';

/** What one call to SuperOffice meets, in the order the calls are made. */
export const superOfficeFaults = [
  'ok',
  '503',
  'applied, 503',
  'hang',
  'applied, hang',
  'applied late, hang',
  'reset',
  'applied, reset',
  'unreachable',
  '429',
  '429 for 3 s',
  '503 for 20 s',
  '401',
  '403',
  'html 404',
  '302',
  'null',
  'other session',
  'slow',
] as const;
export type SuperOfficeFault = (typeof superOfficeFaults)[number];

/** What one call to SQS or Secrets Manager meets. */
export const awsFaults = [
  'ok',
  'error',
  'answer lost',
  'hang',
  'half failed',
  'sender fault',
] as const;
export type AwsFault = (typeof awsFaults)[number];

/** One story: what is sent, what people do, what goes wrong, and who dies. Times in milliseconds. */
export type History = {
  timeToLiveSeconds: number;
  events: {
    at: number;
    chat: number;
    /** Associate id; see `targetOf`. */
    associateId: number;
    /** Message group: the chat's own, as producers should, or one for all. */
    group: 'chat' | 'shared';
    expiresInSeconds?: number;
    isInvalid?: boolean;
  }[];
  people: { at: number; chat: number; does: 'accept' | 'reject' | 'close' }[];
  superOffice: SuperOfficeFault[];
  /** After the list has ended. */
  superOfficeThen: SuperOfficeFault;
  sends: AwsFault[];
  deletes: AwsFault[];
  visibilityChanges: AwsFault[];
  secretReads: AwsFault[];
  /** The sandbox that makes the nth call to the world dies, before or after it has its effect. */
  kills: { step: number; when: 'before' | 'after' }[];
  /** How many messages of a group one receive hands out at most; as many as there are, then. */
  splits: number[];
};

/** Each event spells its target with as many zeros as its place: so a call tells whose it is. */
export const targetOf = (history: History, index: number) =>
  '0'.repeat(index) + String(history.events[index]?.associateId);

export const indexOfTarget = (target: string) => target.length - target.replace(/^0+/, '').length;

/** Calls of the router's own, of ben's, in the queue, with a bot, closed, pending to somebody. */
export const chats = [648, 649, 640, 650, 651, 652, 653, 654];

const mostly = <Value>(usual: Value, values: readonly Value[]) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );

const at = fc.oneof(fc.constantFrom(0, 0, 0, 100, 500), fc.nat({ max: 60_000 }));

export const histories: fc.Arbitrary<History> = fc.record({
  timeToLiveSeconds: fc.constantFrom(10, 30, 120, 300),
  events: fc.array(
    fc.record(
      {
        at,
        chat: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(648, 649) },
          fc.constantFrom(...chats),
        ),
        associateId: fc.constantFrom(7, 8, 9, 10, 11, 99),
        group: mostly<'chat' | 'shared'>('chat', ['shared']),
        expiresInSeconds: fc.constantFrom(1, 3, 10, 60),
        isInvalid: fc.constantFrom(false, false, false, true),
      },
      { requiredKeys: ['at', 'chat', 'associateId', 'group'] },
    ),
    { minLength: 1, maxLength: 14 },
  ),
  people: fc.array(
    fc.record({
      at,
      chat: fc.constantFrom(648, 649),
      does: fc.constantFrom<'accept' | 'reject' | 'close'>('accept', 'reject', 'close'),
    }),
    { maxLength: 5 },
  ),
  superOffice: fc.array(mostly<SuperOfficeFault>('ok', superOfficeFaults), { maxLength: 30 }),
  superOfficeThen: mostly<SuperOfficeFault>('ok', superOfficeFaults),
  sends: fc.array(mostly<AwsFault>('ok', awsFaults), { maxLength: 15 }),
  deletes: fc.array(mostly<AwsFault>('ok', ['error', 'answer lost', 'hang', 'half failed']), {
    maxLength: 4,
  }),
  visibilityChanges: fc.array(
    mostly<AwsFault>('ok', ['error', 'answer lost', 'hang', 'half failed']),
    {
      maxLength: 8,
    },
  ),
  secretReads: fc.array(mostly<AwsFault>('ok', ['error', 'hang']), { maxLength: 6 }),
  kills: fc.array(
    fc.record({
      step: fc.nat({ max: 60 }),
      when: fc.constantFrom<'before' | 'after'>('before', 'after'),
    }),
    { maxLength: 4 },
  ),
  splits: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }),
});
