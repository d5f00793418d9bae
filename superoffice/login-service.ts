import type { Clock } from './clock.ts';
import { type Exchange, exchange as exchangeOverHttp } from './exchange.ts';
import { type Grant, LoginError, reasonIn } from './login-refusals.ts';
import { userAgent } from './user-agent.ts';

/** SuperOffice Online's login service, and what it takes to call it. */
export type LoginService = {
  /** `https://{sod|qaonline|online}.superoffice.com` */
  loginUrl: string;
  clock: Clock;
  exchange?: typeof exchangeOverHttp;
};

export type LoginRequest = {
  /** What it is asked for: for the words of a refusal. */
  grant: Grant;
  path: '/login/common/oauth/tokens' | '/Login/api/PartnerSystemUser/Authenticate';
  contentType: 'application/x-www-form-urlencoded' | 'application/json';
  body: string;
  timeoutMs: number;
};

/**
 * One request to the login service: the fields of its answer.
 * @throws LoginError that says what it refused and why, or why no answer can be had.
 */
export async function askLoginService(
  { loginUrl, clock, exchange = exchangeOverHttp }: LoginService,
  { grant, path, contentType, body, timeoutMs }: LoginRequest,
): Promise<Record<string, unknown>> {
  const ended = await exchange({
    url: new URL(path, loginUrl),
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': contentType, 'user-agent': userAgent },
    body,
    timeoutMs,
    clock,
  });
  if (ended.kind !== 'response') throw new LoginError(`The login service ${noAnswer[ended.kind]}.`);
  const { status } = ended;
  const fields = fieldsOf(ended.body);
  if (status === 200 && fields) return fields;
  const reason = fields && reasonIn(grant, Object.values(fields));
  if (reason && status < 500) throw refusalOf(grant, reason);
  if (status >= 500 || status === 429) {
    throw new LoginError(`The login service answered ${status}: it is down or busy.`);
  }
  throw new LoginError(
    fields
      ? `The login service answered ${status} without a reason that is known.`
      : `The login service answered ${status} with what is no JSON, perhaps a page: it may be in maintenance, or the address may be wrong.`,
  );
}

export const refusalOf = (grant: Grant, reason: string) =>
  new LoginError(`The login service refused the ${grant}: ${reason}.`, { isRefusal: true });

const noAnswer: Record<Exclude<Exchange['kind'], 'response'>, string> = {
  timeout: 'did not answer in time',
  unreachable: 'could not be reached: no connection',
  'connection-lost': 'was cut off before its answer was read',
  'too-large': 'answered with far more than a token',
};

function fieldsOf(body: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A claim of a token that came over TLS from its issuer, unverified: OpenID Connect Core §3.1.3.7. */
export function claimOf(token: string, name: string): string | undefined {
  const [, payload = ''] = token.split('.');
  const value = fieldsOf(Buffer.from(payload, 'base64url').toString())?.[`${claims}${name}`];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const claims = 'http://schemes.superoffice.net/identity/';
