import type { KeyObject } from 'node:crypto';
import { appToken } from '../superoffice/authorize.ts';
import type { Tenant } from '../superoffice/tenant.ts';
import { isSignedBy, toJwt } from './keys.ts';
import type { LoginAnswer } from './login-answer.ts';

/** Why an application is not let in, by SuperOffice's names; their numbers are their places. */
const authorizeErrorCodes = [
  'NoError',
  'Revoked',
  'InvalidRedirectUrl',
  'Expired',
  'Denied',
  'NeedsReapproval',
  'InvalidTimestamp',
  'InvalidSignature',
] as const;
export type AuthorizeErrorCode = (typeof authorizeErrorCodes)[number];

/** The documented form: `AppName-random`. */
export const systemUserTokenOf = ({ customerId }: Tenant) =>
  `Fake app of ${customerId}-fake-system-user-token`;

/** How far a signed token's minute may be from now is not documented; this is an assumption. */
const timestampToleranceMs = 5 * 60_000;

/** `PartnerSystemUser/Authenticate`: 200 also where it fails, which `IsSuccessful` says. */
export function authenticateSystemUser(
  body: string,
  {
    tenant,
    systemUser,
    key,
    refusal,
  }: {
    tenant: Tenant;
    systemUser: string;
    key: KeyObject;
    refusal: AuthorizeErrorCode | undefined;
  },
): LoginAnswer {
  const { SignedSystemToken, ApplicationToken, ContextIdentifier } = JSON.parse(body);
  const [, text = '', minute = '', signature = ''] =
    /^(.+\.(\d{12}))\.([^.]+)$/.exec(String(SignedSystemToken)) ?? [];
  const wrong =
    refusal ??
    (ApplicationToken !== appToken || ContextIdentifier !== tenant.customerId
      ? 'Denied'
      : !isSignedBy(key, text, signature) || !text.startsWith(`${systemUserTokenOf(tenant)}.`)
        ? 'InvalidSignature'
        : isNow(minute, tenant.now())
          ? undefined
          : 'InvalidTimestamp');
  if (wrong) {
    const ErrorMessage = `Authorization error: ${wrong} (${authorizeErrorCodes.indexOf(wrong)})`;
    return { status: 200, body: { IsSuccessful: false, Token: null, ErrorMessage } };
  }
  const Token = toJwt(key, {
    ctx: tenant.customerId,
    ticket: tenant.issueTicket(systemUser),
    system_token: systemUserTokenOf(tenant),
  });
  return { status: 200, body: { IsSuccessful: true, Token, ErrorMessage: null } };
}

function isNow(minute: string, now: number): boolean {
  const [, year, month, day, hour, minutes] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(minute) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minutes}:00Z`);
  return Math.abs(now - at) <= timestampToleranceMs;
}
