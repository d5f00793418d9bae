/** Why SuperOffice's login service gave nothing. The message is one sentence, without any secret. */
export class LoginError extends Error {
  override readonly name = 'LoginError';
  /** It was understood and refused: the same will be refused again. */
  readonly isRefusal: boolean;

  constructor(message: string, { isRefusal = false } = {}) {
    super(message);
    this.isRefusal = isRefusal;
  }
}

/**
 * AuthorizeErrorCode, by number.
 * @see https://docs.superoffice.com/en/api/authentication/online/troubleshooting/index.html
 */
const authorizeErrors: readonly (readonly [name: string, says: string])[] = [
  ['NoError', 'it names no error'],
  [
    'Revoked',
    'the access of the application to this tenant was revoked: an administrator of the tenant has to approve the application again',
  ],
  [
    'InvalidRedirectUrl',
    'the redirect address is not among those registered for the application: register it in the Developer Portal',
  ],
  [
    'Expired',
    'the approval of the application on this tenant has expired: an administrator of the tenant has to approve it again',
  ],
  [
    'Denied',
    'the application was denied access to this tenant: an administrator of the tenant has to approve it',
  ],
  [
    'NeedsReapproval',
    'the application has to be approved again: an administrator of the tenant signs in to it once',
  ],
  [
    'InvalidTimestamp',
    'it does not accept the time of the signed token: see whether the clock here is right',
  ],
  [
    'InvalidSignature',
    'it does not accept the signature: the private key is not the one of this application, or the system user token another one’s',
  ],
];

/** RFC 6749 §5.2 and §4.1.2.1, OpenID Connect Core §3.1.2.6: what each asks of a person. */
const oauthErrors: Record<string, string> = {
  invalid_client: 'the client id or the client secret is wrong',
  unauthorized_client: 'the application is not allowed to ask in this way',
  access_denied: 'the consent was refused or withdrawn: sign in again',
  consent_required: 'the consent was withdrawn: sign in again',
  login_required: 'it wants a person to sign in again',
  interaction_required: 'it wants a person to sign in again',
  invalid_request: 'it cannot read the request: see whether every value is there, and whole',
  invalid_scope: 'it does not know the scope that was asked for',
  unsupported_grant_type: 'it does not grant tokens in this way',
  unsupported_response_type: 'it does not answer in this way',
};

/** What `invalid_grant` is about is known to who asked: it completes "the login service refused …". */
export type Grant = 'refresh token' | 'code' | 'system user';

const invalidGrants: Record<Grant, string> = {
  'refresh token':
    'the refresh token is not valid: it was revoked, or given to another application; sign in again',
  code: 'the code is not valid: it is over ten minutes old, was used before, or is not for this sign-in; sign in again',
  'system user': 'the system user token is not valid',
};

/**
 * What an answer of the login service says is wrong, in our words alone, since its own may quote what
 * was sent; undefined where it says nothing that is known.
 * @param texts fields of the answer that may name an error
 */
export function reasonIn(grant: Grant, texts: readonly unknown[]): string | undefined {
  const said = texts.filter((text) => typeof text === 'string').join(' ');
  for (const [code, [name, says]] of authorizeErrors.entries()) {
    if (code > 0 && new RegExp(`\\b${name}\\b`, 'i').test(said)) return `${says} (${name})`;
  }
  const [, digit] = /error[^.]*?\((\d)\)/i.exec(said) ?? [];
  const numbered = digit === undefined ? undefined : authorizeErrors[Number(digit)];
  if (numbered) return `${numbered[1]} (${numbered[0]})`;
  const [word = ''] = /\b[a-z]+(_[a-z]+)+\b/.exec(said) ?? [];
  if (word === 'invalid_grant') return `${invalidGrants[grant]} (${word})`;
  return Object.hasOwn(oauthErrors, word) ? `${oauthErrors[word]} (${word})` : undefined;
}
