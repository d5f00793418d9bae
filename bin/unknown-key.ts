import leven from 'leven';

/** Wrong or missing letters that still leave one of our keys: `callsPerSecond` is near enough. */
const mostEdits = (known: string) => Math.floor(known.length / 3);

/** What somebody might call a setting, in no letters of ours. */
const otherNames: Record<string, string> = {
  url: 'webApiUrl',
  env: 'environment',
  ttl: 'eventTimeToLiveSeconds',
  timetolive: 'eventTimeToLiveSeconds',
  eventttl: 'eventTimeToLiveSeconds',
  email: 'alarmEmail',
};

/** The known key that an unknown one was meant to be; undefined where it is somebody else's. */
export function nearestKey(key: string, knownKeys: readonly string[]): string | undefined {
  if (knownKeys.includes(key)) return undefined;
  if (Object.hasOwn(otherNames, plain(key))) return otherNames[plain(key)];
  const [nearest] = knownKeys
    .map((known) => ({ known, edits: leven(plain(key), plain(known)) }))
    .filter(({ known, edits }) => edits <= mostEdits(known) || isPartOf(plain(key), plain(known)))
    .sort((one, other) => one.edits - other.edits);
  return nearest?.known;
}

/** Some of a setting's words, as `alarm` of `alarmEmail`. */
const isPartOf = (key: string, known: string) => key.length >= fewestLetters && known.includes(key);
const fewestLetters = 5;

const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');
