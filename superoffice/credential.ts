import * as v from 'valibot';
import {
  checkedSecret,
  nonEmptyText,
  parseSecretObject,
  UnusableSecretError,
} from './secret-fields.ts';
import { secretPlaceholder } from './secret-placeholder.ts';

/** What SuperOffice is shown to say who calls. Secret: never logged, never part of an error. */
export type Credential = {
  readonly authorization: string;
  /** The app's client secret: SuperOffice Online wants it beside a ticket. */
  readonly appToken: string | undefined;
};

/** What an access token is fetched with, for as long as the associate's consent is there. As secret. */
export type RefreshToken = {
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

const what = 'The credential secret';
const appToken = v.optional(nonEmptyText);
const ticketSecret = v.object({ ticket: nonEmptyText, appToken });
const bearerSecret = v.object({ bearerToken: nonEmptyText, appToken });
const refreshSecret = v.object({
  refreshToken: nonEmptyText,
  clientId: nonEmptyText,
  clientSecret: nonEmptyText,
  appToken,
});
const basicSecret = v.object({
  username: v.pipe(
    nonEmptyText,
    v.excludes(':', 'expected a user name without a colon, which would end it (RFC 7617)'),
  ),
  password: v.string('expected a string'),
  appToken,
});
/** Each way to authenticate, by its first field. */
const schemas = {
  ticket: ticketSecret,
  refreshToken: refreshSecret,
  bearerToken: bearerSecret,
  username: basicSecret,
};
const ways = ['ticket', 'refreshToken', 'bearerToken', 'username'] as const;

/** Nobody has filled the secret yet. */
export class PlaceholderError extends UnusableSecretError {}

/**
 * Reads the SecretString of the credential secret: what is shown to SuperOffice, or what that is
 * fetched with.
 * @throws UnusableSecretError where it breaks ticket-secret.schema.json or is still the placeholder.
 */
export function parseCredential(secretString: string): Credential | RefreshToken {
  const secret = parseSecretObject(what, '{"ticket":"…","appToken":"…"}', secretString);
  const present = ways.filter((way) => Object.hasOwn(secret, way));
  const complete = present.filter((way) => v.is(schemas[way], secret));
  if (complete.length > 1) {
    throw new UnusableSecretError(
      `The credential secret holds ${complete.join(' and ')}: expected one way to authenticate; remove the others.`,
    );
  }
  switch (complete[0] ?? present[0]) {
    case 'ticket': {
      const { ticket, appToken } = checked(ticketSecret, secret);
      if (ticket === secretPlaceholder) {
        throw new PlaceholderError(
          'The credential secret still holds the placeholder. Fill it: aws secretsmanager put-secret-value ' +
            '--secret-id <TicketSecretArn> --secret-string \'{"ticket":"<SoTicket>","appToken":"<app token>"}\'',
        );
      }
      return toCredential(`SOTicket ${ticket}`, appToken);
    }
    case 'refreshToken': {
      const { refreshToken, clientId, clientSecret } = checked(refreshSecret, secret);
      return {
        refreshToken: refreshToken.trim(),
        clientId: clientId.trim(),
        clientSecret: clientSecret.trim(),
      };
    }
    case 'bearerToken': {
      const { bearerToken, appToken } = checked(bearerSecret, secret);
      return toCredential(`Bearer ${bearerToken}`, appToken);
    }
    case 'username': {
      const { username, password, appToken } = checked(basicSecret, secret);
      const encoded = Buffer.from(`${username}:${password}`).toString('base64');
      return toCredential(`Basic ${encoded}`, appToken);
    }
    default:
      throw new UnusableSecretError(
        'The credential secret lacks its fields: expected "ticket"; "refreshToken", "clientId" and "clientSecret"; ' +
          '"bearerToken"; or "username" and "password".',
      );
  }
}

export function isSameCredential(one: Credential, other: Credential): boolean {
  return one.authorization === other.authorization && one.appToken === other.appToken;
}

const checked = <Schema extends v.GenericSchema>(schema: Schema, secret: object) =>
  checkedSecret(what, schema, secret);

function toCredential(authorization: string, appToken: string | undefined): Credential {
  const sent = { 'ticket, token or user name': authorization, appToken };
  for (const [field, value] of Object.entries(sent)) {
    // A header cannot carry these: Node would throw at every call, which looks like a bug of ours.
    if (value !== undefined && !/^[\x20-\x7e]+$/.test(value.trimEnd())) {
      throw new UnusableSecretError(
        `The credential secret's ${field} holds a line break or a character no header can carry: paste it anew.`,
      );
    }
  }
  return { authorization: authorization.trimEnd(), appToken: appToken?.trimEnd() };
}
