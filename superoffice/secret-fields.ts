import * as v from 'valibot';

/** Why a secret cannot be used: names the field and how to mend it, never a value. */
export class UnusableSecretError extends Error {
  override readonly name = 'UnusableSecretError';
}

const expected = 'expected a string that is not empty';
export const nonEmptyText = v.pipe(v.string(expected), v.minLength(1, expected));

/**
 * The JSON object in a SecretString.
 * @param what the secret, as a person knows it: begins the sentence of the error
 * @param example what it is to look like
 * @throws UnusableSecretError where there is none.
 */
export function parseSecretObject(what: string, example: string, secretString: string): object {
  let secret: unknown;
  try {
    // PowerShell begins a file with a byte order mark.
    secret = JSON.parse(secretString.replace(/^\ufeff/, ''));
  } catch {
    // The parser's own message quotes the text, which is secret.
  }
  if (typeof secret !== 'object' || secret === null || Array.isArray(secret)) {
    const found = secretString.trim() === '' ? 'it is empty' : 'found something else';
    throw new UnusableSecretError(`${what} is no JSON object: expected ${example}, ${found}.`);
  }
  return secret;
}

/**
 * The fields that a schema asks for.
 * @throws UnusableSecretError that names the first one which is wrong.
 */
export function checkedSecret<Schema extends v.GenericSchema>(
  what: string,
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
  throw new UnusableSecretError(`${what}'s field "${field}": ${why}.`);
}
