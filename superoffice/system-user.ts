import { type KeyObject, sign } from 'node:crypto';
import * as v from 'valibot';
import type { Credential } from './credential.ts';
import { LoginError, reasonIn } from './login-refusals.ts';
import { askLoginService, claimOf, type LoginService, refusalOf } from './login-service.ts';
import { readPrivateKey } from './private-key.ts';
import { checkedSecret, nonEmptyText, parseSecretObject } from './secret-fields.ts';

/** What a system user's tickets are made with. Secret, more so than any ticket. */
export type KeyMaterial = {
  /** The claim `system_token` of an administrator's sign-in. */
  readonly systemUserToken: string;
  readonly privateKey: KeyObject;
  /** The application's client secret. */
  readonly applicationToken: string;
  /** e.g. `Cust12345` */
  readonly customerId: string;
};

const what = 'The system user secret';
const keyMaterialSecret = v.object({
  systemUserToken: nonEmptyText,
  privateKey: nonEmptyText,
  applicationToken: nonEmptyText,
  customerId: nonEmptyText,
});
const example =
  '{"systemUserToken":"…","privateKey":"…","applicationToken":"…","customerId":"Cust12345"}';

/**
 * Reads the SecretString of the system user secret.
 * @throws UnusableSecretError that names the field, and quotes nothing.
 */
export function parseKeyMaterial(secretString: string): KeyMaterial {
  const secret = checkedSecret(
    what,
    keyMaterialSecret,
    parseSecretObject(what, example, secretString),
  );
  return {
    systemUserToken: secret.systemUserToken.trim(),
    privateKey: readPrivateKey(secret.privateKey),
    applicationToken: secret.applicationToken.trim(),
    customerId: secret.customerId.trim(),
  };
}

/**
 * `<token>.<yyyyMMddHHmm, UTC>.<signature>`: RSA-SHA256 by PKCS#1 v1.5 over the first two, in base64.
 * Good for the minutes around `now` alone.
 * @see https://docs.superoffice.com/en/api/authentication/online/auth-application/sign-system-user-token.html
 */
export function signSystemUserToken(
  { systemUserToken, privateKey }: Pick<KeyMaterial, 'systemUserToken' | 'privateKey'>,
  now: number,
): string {
  const minute = new Date(now).toISOString().replace(/\D/g, '').slice(0, 12);
  const signed = `${systemUserToken}.${minute}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64')}`;
}

/**
 * Has the login service make another ticket of the system user.
 * @throws LoginError that says what was refused and why, or that the ticket is another tenant's.
 */
export async function mintTicket(
  loginService: LoginService,
  material: KeyMaterial,
  timeoutMs: number,
): Promise<{ ticket: string; credential: Credential }> {
  const { applicationToken, customerId } = material;
  const answer = await askLoginService(loginService, {
    grant: 'system user',
    path: '/Login/api/PartnerSystemUser/Authenticate',
    contentType: 'application/json',
    body: JSON.stringify({
      SignedSystemToken: signSystemUserToken(material, loginService.clock.now()),
      ApplicationToken: applicationToken,
      ContextIdentifier: customerId,
      ReturnTokenType: 'JWT',
    }),
    timeoutMs,
  });
  const { IsSuccessful, Token } = answer;
  if (IsSuccessful !== true || typeof Token !== 'string') {
    const reason = reasonIn('system user', [answer.ErrorMessage]);
    throw refusalOf('system user', reason ?? 'it gave no reason that is known');
  }
  const tenant = claimOf(Token, 'ctx');
  if (tenant?.toLowerCase() !== customerId.toLowerCase()) {
    throw new LoginError('The login service made a ticket of another tenant than customerId says.');
  }
  const ticket = claimOf(Token, 'ticket');
  if (!ticket || !/^[\x21-\x7e]+$/.test(ticket)) {
    throw new LoginError('The login service answered 200 without a ticket.');
  }
  const credential = { authorization: `SOTicket ${ticket}`, appToken: applicationToken };
  return { ticket, credential };
}
