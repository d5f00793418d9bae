import type { IncomingHttpHeaders } from 'node:http';
import type { Tenant } from './tenant.ts';

/** Which kind of installation the stand-in plays. */
export type Mode = 'online' | 'onsite';

/** The client secret that must accompany a SoTicket Online. */
export const appToken = 'fake-app-token-of-the-stand-in';

/** The password an associate has on-site. */
export const passwordOf = (associateName: string) => `fake-password-of-${associateName}`;

/**
 * Whose credential a request carries (AssociateId), or undefined where SuperOffice would refuse.
 * That Online refuses a missing app token with the same 401 is an assumption.
 */
export function authorize(
  headers: IncomingHttpHeaders,
  tenant: Tenant,
  mode: Mode,
): number | undefined {
  const [scheme = '', value = ''] = (headers.authorization ?? '').split(/ +/, 2);
  switch (scheme.toLowerCase()) {
    case 'soticket':
      // Before the ticket is used: a refused call must not renew it.
      if (mode === 'online' && headers['so-apptoken'] !== appToken) return undefined;
      return tenant.use('soticket', value);
    case 'bearer':
      return tenant.use('bearer', value);
    case 'basic':
      return mode === 'onsite' ? byPassword(value, tenant) : undefined;
    default:
      return undefined;
  }
}

function byPassword(value: string, tenant: Tenant): number | undefined {
  const plain = Buffer.from(value, 'base64').toString();
  const colon = plain.indexOf(':');
  const who = tenant.findAssociate(plain.slice(0, colon));
  return who !== undefined && plain.slice(colon + 1) === passwordOf(who.name)
    ? who.associateId
    : undefined;
}
