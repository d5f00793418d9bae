import { parseCredential } from '../../superoffice/credential.ts';
import { onlineOrigins } from '../../superoffice/online-environments.ts';
import { InputError } from '../command-line/input-error.ts';

/** The people a probe acts as: agents A, B and C, a topic manager M, a system user S. */
export const people = ['A', 'B', 'C', 'M', 'S'] as const;
export type Person = (typeof people)[number];

/** What a call came to, without anything of a customer's. */
export type Answer = {
  /** `unreached` where nothing was answered. */
  status: number | 'unreached';
  /** `json`, `html`, `nothing` or another type. */
  kind: string;
  /** Parsed, where it is JSON. */
  body: unknown;
};

export type Tenant = {
  webApiUrl: string;
  /** Whether a host is known that is SuperOffice's and not this tenant's. */
  hasOtherHost: boolean;
  /** Who has a credential. */
  has(person: Person): boolean;
  call(as: Caller, method: string, path: string, body?: unknown): Promise<Answer>;
  /** The letter of an associate id, once its principal was asked; else the id. */
  letterOf(associateId: unknown): string;
  /** Notes whose id it is. */
  meet(person: Person, associateId: number): void;
};

/** A person, or one with something amiss. */
export type Caller =
  | Person
  | { person: Person; without: 'app token' | 'valid credential' | 'right host' };

/** Of the environment for tests. */
const loginHost = new URL(onlineOrigins.sod).hostname;
const timeoutMs = 15_000;
/** Never a load test: calls are a second apart, over all people. */
const spacingMs = 1_000;

/**
 * @param secrets SecretStrings, as the credential secret holds them
 * @throws UnusableSecretError where one cannot be used
 */
export function openTenant(
  webApiUrl: string,
  secrets: Partial<Record<Person, string>>,
  spacing = spacingMs,
  otherUrl = otherUrlOf(webApiUrl),
): Tenant {
  const credentials = new Map(
    Object.entries(secrets).map(([person, secret]) => [person, credentialIn(secret)]),
  );
  const letters = new Map<number, Person>();
  let last = Promise.resolve();

  const headersFor = (caller: Caller) => {
    const { person, without } =
      typeof caller === 'string' ? { person: caller, without: undefined } : caller;
    const { authorization = '', appToken } = credentials.get(person) ?? {};
    return {
      accept: 'application/json',
      'content-type': 'application/json',
      'so-timezone': 'UTC, includeTZOffset',
      authorization: without === 'valid credential' ? 'SOTicket 7T:none' : authorization,
      ...(appToken !== undefined && without !== 'app token' && { 'so-apptoken': appToken }),
    };
  };

  const addressFor = (caller: Caller) =>
    typeof caller === 'object' && caller.without === 'right host' ? otherUrl : webApiUrl;

  return {
    webApiUrl,
    hasOtherHost: otherUrl !== undefined,
    has: (person) => credentials.has(person),
    letterOf: (id) => (id == null ? 'nobody' : (letters.get(Number(id)) ?? `associate ${id}`)),
    meet: (person, associateId) => void letters.set(associateId, person),
    async call(as, method, path, body) {
      const turn = last;
      last = turn.then(() => new Promise((resolve) => setTimeout(resolve, spacing)));
      await turn;
      try {
        const response = await fetch(new URL(`${addressFor(as)}/v1/${path}`), {
          method,
          headers: headersFor(as),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          ...(method !== 'GET' && { body: body === undefined ? '' : JSON.stringify(body) }),
        });
        return await read(response);
      } catch {
        return { status: 'unreached', kind: 'nothing', body: undefined };
      }
    },
  };
}

/** The login service's own host: it is SuperOffice's, so that a credential may be shown to it. */
function otherUrlOf(webApiUrl: string): string | undefined {
  const url = new URL(webApiUrl);
  if (!url.hostname.endsWith('.superoffice.com') || url.hostname === loginHost) return undefined;
  url.hostname = loginHost;
  return url.href.replace(/\/$/, '');
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status } = response;
  if (text.trim() === '') return { status, kind: 'nothing', body: undefined };
  try {
    return { status, kind: 'json', body: JSON.parse(text) };
  } catch {
    const type = response.headers.get('content-type')?.split(';')[0] ?? 'no type';
    return { status, kind: type.replace(/^text\//, ''), body: undefined };
  }
}

/** @throws InputError for a refresh token: people are who they are by what is sent as it is. */
function credentialIn(secret: string) {
  const credential = parseCredential(secret);
  if ('authorization' in credential) return credential;
  throw new InputError(
    'probe: expected a ticket, a bearer token, or user name and password; a refresh token is R.',
  );
}
