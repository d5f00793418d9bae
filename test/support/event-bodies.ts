import fc from 'fast-check';

const oneOf = (...values: unknown[]) => fc.constantFrom(...values);

const ids = oneOf(
  undefined,
  null,
  0,
  -1,
  1,
  1.5,
  -0,
  648,
  2_147_483_647,
  2_147_483_648,
  '648',
  '',
  true,
  [],
  {},
  1e300,
);

const hostileCharacters = '\u0000\n\u001f\u007f/\\%&*:<>?#|"'.split('');
const names = fc.oneof(
  ids,
  oneOf(
    'jte',
    '8',
    '007',
    '',
    '.',
    '..',
    '...',
    ' ',
    'ben.',
    ' ben',
    'ben ',
    'b. e',
    'é',
    'ann@example.com',
    '-1',
  ),
  oneOf(
    '\ud800',
    'a\udfffb',
    '\ufffe',
    '\u0080',
    'a'.repeat(255),
    'a'.repeat(256),
    'a'.repeat(10_000),
  ),
  oneOf('𝒜'.repeat(255), '𝒜'.repeat(256), '\ud800'.repeat(255), '\ud800'.repeat(256)),
  fc.constantFrom(...hostileCharacters).map((character) => `a${character}b`),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const texts = (characters: number) =>
  fc.oneof(
    oneOf(undefined, null, '', 7, [], 'vip', '\u0000'),
    oneOf('a', '𝒜', '\udc00').chain((character) =>
      oneOf(characters, characters + 1).map((times) => String(character).repeat(Number(times))),
    ),
    fc.string({ unit: 'binary' }),
  );

const requestIds = fc.oneof(
  texts(128),
  oneOf('esc-1', 'a b', ' ', '\t', '!', '~', '\u007f', 'é', 'a\n'),
);

const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));

/** Date and time by the grammar of RFC 3339, but not always by its calendar. */
export const dateTimes = fc
  .tuple(
    fc.oneof(
      oneOf('2026', '2024', '2000', '1900', '0000', '9999'),
      fc.integer({ min: 1000, max: 9999 }).map(String),
    ),
    fc.oneof(oneOf('00', '02', '12', '13'), two(1, 12)),
    fc.oneof(oneOf('00', '28', '29', '30', '31', '32'), two(1, 28)),
    oneOf('T', 't'),
    fc.oneof(
      oneOf('00:00', '23:59', '22:59', '00:29'),
      fc.tuple(two(0, 23), two(0, 59)).map((parts) => parts.join(':')),
    ),
    fc.oneof(oneOf('00', '59', '60', '61'), two(0, 59)),
    oneOf('', '.1', '.1234567', '.999999999999'),
    fc.oneof(
      oneOf(
        'Z',
        'z',
        '+00:00',
        '-00:00',
        '+01:00',
        '-01:00',
        '+00:30',
        '+23:59',
        '+24:00',
        '+01:60',
      ),
      fc
        .tuple(oneOf('+', '-'), two(0, 23), two(0, 59))
        .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
    ),
  )
  .map(
    ([year, month, day, t, time, second, fraction, offset]) =>
      `${year}-${month}-${day}${t}${time}:${second}${fraction}${offset}`,
  );

const moments = fc.oneof(
  oneOf(
    undefined,
    null,
    0,
    '',
    'tomorrow',
    '2026-11-22',
    '2026-11-22T09:15:00',
    '2026-02-30T00:00:00Z',
  ),
  oneOf(
    '2001-01-01T00:00:00Z',
    '2016-12-31T23:59:60Z',
    '2016-12-31T22:59:60Z',
    ' 2026-11-22T09:15:00Z',
    '2026-11-22T09:15:00Z\n',
  ),
  dateTimes,
);

const lifetimes = oneOf(undefined, undefined, null, 0, 1, 1.5, -1, 43_200, 43_201, '60');

const patiences = oneOf(undefined, undefined, null, 29, 30, 45.5, 600, 601, '60');
const listsOfAssociates = fc.oneof(
  oneOf(undefined, null, {}, 'jte', 9, [], [9, 9], [9, '9'], ['jte', 'JTE'], ['jte', 'jte'], [[9]]),
  fc.array(fc.oneof(fc.constantFrom('ann', 'ben', 'cho'), names), { maxLength: 3 }),
  oneOf(10, 11).map((count) => Array.from({ length: Number(count) }, (_, index) => index + 1)),
);
const words = oneOf(undefined, null, '', 'leave', 'return-to-queue', 'Leave', true);
const flags = oneOf(undefined, undefined, null, true, false, 'true', 1);

/** Leaves fields out, rather than holding undefined in them, as JSON would. */
const withoutUndefined = (event: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));

/** An event in which every field is wrong at times. */
export const wildEvents = fc
  .record({
    chatSessionId: ids,
    toAssociate: names,
    requestId: requestIds,
    expiresAt: moments,
    expiresInSeconds: lifetimes,
    source: texts(256),
    reason: texts(1024),
    acceptWithinSeconds: patiences,
    fallbackAssociates: listsOfAssociates,
    ifNobody: words,
    pickUp: flags,
    dryRun: flags,
    yields: flags,
    toAsociate: oneOf(undefined, 'typo'),
  })
  .map(withoutUndefined);

const sound = { chatSessionId: 648, toAssociate: 'jte' };

const fieldsOfAnOffer = fc.oneof(
  listsOfAssociates.map((fallbackAssociates) => ({ fallbackAssociates })),
  words.map((ifNobody) => ({ ifNobody })),
  flags.map((pickUp) => ({ pickUp })),
);

/** A sound event but for one field: what hides behind a second mistake above does not hide here. */
export const nearlySoundEvents = fc
  .oneof(
    ids.map((chatSessionId) => ({ chatSessionId })),
    names.map((toAssociate) => ({ toAssociate })),
    requestIds.map((requestId) => ({ requestId })),
    moments.map((expiresAt) => ({ expiresAt })),
    lifetimes.map((expiresInSeconds) => ({ expiresInSeconds })),
    texts(256).map((source) => ({ source })),
    texts(1024).map((reason) => ({ reason })),
    patiences.map((acceptWithinSeconds) => ({ acceptWithinSeconds })),
    flags.map((dryRun) => ({ dryRun })),
    flags.map((yields) => ({ yields })),
    // Alone, and beside what each of them wants.
    fc.tuple(oneOf(undefined, 60), fieldsOfAnOffer).map(([acceptWithinSeconds, field]) => ({
      acceptWithinSeconds,
      ...field,
    })),
    fc.constant({ expiresAt: '2026-11-22T09:15:00Z', expiresInSeconds: 60 }),
    fc.tuple(fc.string(), fc.jsonValue()).map(([name, value]) => ({ [name]: value })),
  )
  .map((field) => withoutUndefined({ ...sound, ...field }));
