/** Keys the CDK keeps for itself and its lookups, such as `@aws-cdk/…`, `aws:cdk:…`, `ssm:…`. */
const foreign = /[@:/]|^cdk/i;

/** Letters before one key is taken for a part of the other, or for its beginning, as `env` is. */
const shortestPart = 4;
const shortestBeginning = 3;

/** Typing errors that still leave one of our keys: one in a short key, two in any other. */
const mostEdits = (known: string) => Math.min(2, Math.floor(known.length / 4));

/** What else our settings are called, by people and by other tools; no part of their own names. */
const guesses: Record<string, string> = {
  ttl: 'eventTimeToLiveSeconds',
  ttlseconds: 'eventTimeToLiveSeconds',
  eventttl: 'eventTimeToLiveSeconds',
  lifetime: 'eventTimeToLiveSeconds',
  deadline: 'eventTimeToLiveSeconds',
  rate: 'maxCallsPerSecond',
  ratelimit: 'maxCallsPerSecond',
  rps: 'maxCallsPerSecond',
  maxrps: 'maxCallsPerSecond',
  pace: 'maxCallsPerSecond',
  url: 'webApiUrl',
  baseurl: 'webApiUrl',
  endpoint: 'webApiUrl',
  custid: 'customerId',
  tenant: 'customerId',
  tenantid: 'customerId',
  contextidentifier: 'customerId',
  stack: 'stage',
  stackname: 'stage',
  kmskey: 'ticketSecretKeyArn',
  kmskeyarn: 'ticketSecretKeyArn',
  notify: 'alarmEmail',
  alerts: 'alarmEmail',
  alertemail: 'alarmEmail',
};

const intoSecret = 'put it into the ticket secret';

/** What is wanted for good reason, and told elsewhere. */
const toldElsewhere: Record<string, string> = {
  region: 'set AWS_REGION',
  awsregion: 'set AWS_REGION',
  account: 'set AWS_PROFILE',
  awsaccount: 'set AWS_PROFILE',
  profile: 'set AWS_PROFILE',
  awsprofile: 'set AWS_PROFILE',
  soticket: intoSecret,
  apptoken: intoSecret,
  applicationtoken: intoSecret,
  token: intoSecret,
};

/** What to do about a key that is none of ours; undefined where it is, or is somebody else's. */
export function adviceFor(key: string, knownKeys: readonly string[]): string | undefined {
  if (foreign.test(key) || knownKeys.includes(key)) return undefined;
  // By own properties: a key may be called `constructor`.
  const where = entryOf(toldElsewhere, plain(key));
  if (where) return `no setting: ${where}`;
  const meant = entryOf(guesses, plain(key)) ?? meantKey(key, knownKeys);
  return meant && `did you mean ${meant}?`;
}

const entryOf = (record: Record<string, string>, key: string) =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The known key that was misspelt so, or of which this is a part. */
function meantKey(key: string, knownKeys: readonly string[]): string | undefined {
  const nearest = knownKeys
    .map((known) => ({ known, edits: distance(plain(key), plain(known)) }))
    .reduce((best, next) => (next.edits < best.edits ? next : best));
  if (nearest.edits <= mostEdits(nearest.known)) return nearest.known;
  return knownKeys.find((known) => isPartOfOther(plain(key), plain(known)));
}

const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');

function isPartOfOther(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const shortest = long.startsWith(short) ? shortestBeginning : shortestPart;
  return short.length >= shortest && long.includes(short);
}

/** Levenshtein's: letters to insert, delete or replace. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, target] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === target ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
