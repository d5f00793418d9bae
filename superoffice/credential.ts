import * as v from 'valibot';
import { ticketPlaceholder } from './ticket-placeholder.ts';

/** What SuperOffice is shown to say who calls. Secret: never logged, never part of an error. */
export type Credential = {
  readonly authorization: string;
  /** The app's client secret: SuperOffice Online wants it beside a ticket. */
  readonly appToken: string | undefined;
};

const expected = 'expected a string that is not empty';
const nonEmpty = v.pipe(v.string(expected), v.minLength(1, expected));
const appToken = v.optional(nonEmpty);
const ticketSecret = v.object({ ticket: nonEmpty, appToken });
const bearerSecret = v.object({ bearerToken: nonEmpty, appToken });
const basicSecret = v.object({
  username: v.pipe(
    nonEmpty,
    v.excludes(':', 'expected a user name without a colon, which would end it (RFC 7617)'),
  ),
  password: v.string('expected a string'),
  appToken,
});
/** Each way to authenticate, by its first field. */
const schemas = { ticket: ticketSecret, bearerToken: bearerSecret, username: basicSecret };
const ways = ['ticket', 'bearerToken', 'username'] as const;

/**
 * Why the secret cannot be used: names the field and how to mend it, never a value.
 */
export class UnusableSecretError extends Error {
  override readonly name = 'UnusableSecretError';
}

/**
 * Reads the SecretString of the credential secret.
 * @throws UnusableSecretError where it breaks ticket-secret.schema.json or is still the placeholder.
 */
export function parseCredential(secretString: string): Credential {
  const secret = parseObject(secretString);
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
      if (ticket === ticketPlaceholder) {
        throw new UnusableSecretError(
          'The credential secret still holds the placeholder. Fill it: aws secretsmanager put-secret-value ' +
            '--secret-id <TicketSecretArn> --secret-string \'{"ticket":"<SoTicket>","appToken":"<app token>"}\'',
        );
      }
      return toCredential(`SOTicket ${ticket}`, appToken);
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
        'The credential secret lacks its fields: expected "ticket", "bearerToken", or "username" and "password".',
      );
  }
}

export function isSameCredential(one: Credential, other: Credential): boolean {
  return one.authorization === other.authorization && one.appToken === other.appToken;
}

function parseObject(secretString: string): object {
  let secret: unknown;
  try {
    // PowerShell begins a file with a byte order mark.
    secret = JSON.parse(secretString.replace(/^\ufeff/, ''));
  } catch {
    // The parser's own message quotes the text, which is secret.
  }
  if (typeof secret !== 'object' || secret === null || Array.isArray(secret)) {
    const found = secretString.trim() === '' ? 'it is empty' : 'found something else';
    throw new UnusableSecretError(
      `The credential secret is no JSON object: expected {"ticket":"…","appToken":"…"}, ${found}.`,
    );
  }
  return secret;
}

function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  secret: object,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, secret);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = String(v.getDotPath(issue));
  const why = Object.hasOwn(secret, field)
    ? `${issue.message}, found another value`
    : 'expected a string, it is missing';
  throw new UnusableSecretError(`The credential secret's field "${field}": ${why}.`);
}

function toCredential(authorization: string, appToken: string | undefined): Credential {
  const sent = { 'ticket, token or user name': authorization, appToken };
  for (const [field, value] of Object.entries(sent)) {
    // A header cannot carry these; fetch's own error would quote the value.
    if (value !== undefined && !/^[\x20-\x7e]+$/.test(value.trimEnd())) {
      throw new UnusableSecretError(
        `The credential secret's ${field} holds a line break or a character no header can carry: paste it anew.`,
      );
    }
  }
  return { authorization: authorization.trimEnd(), appToken: appToken?.trimEnd() };
}
