import { InputError } from '../command-line/input-error.ts';

type Failure = {
  name?: string;
  message?: string;
  code?: string;
  $fault?: string;
};

const unknownCredentials = /^(Credentials|Token)ProviderError$/;
const refusedCredentials =
  /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|NotAuthorized)/;

/**
 * Why a call to AWS failed, in one line for whoever called.
 * @param call what was called, such as `cloudformation:DescribeStacks`
 * @returns undefined where the error is none of AWS's or of the way to it
 */
export function awsFailure(error: unknown, call: string): InputError | undefined {
  const words = wordsFor(error as Failure, call);
  return words === undefined ? undefined : new InputError(words, { cause: error });
}

function wordsFor(error: Failure, call: string): string | undefined {
  const { name = '', message = '', code, $fault } = error;
  if (unknownCredentials.test(name)) {
    return `AWS: no credentials. Sign in (aws sso login), or say whose to use (export AWS_PROFILE=…). ${oneLine(message)}`;
  }
  if (/^Region is missing/.test(message)) {
    return 'AWS: no region. Say which: export AWS_REGION=eu-north-1.';
  }
  if (refusedCredentials.test(name)) return `AWS refuses the credentials (${name}). Sign in again.`;
  if (/^AccessDenied|^AuthorizationError/.test(name)) {
    return `AWS: these credentials may not ${call}. ${oneLine(message)}`;
  }
  if ($fault !== undefined) return `${call} failed: ${name}: ${oneLine(message)}`;
  if (code !== undefined || /^(TimeoutError|AbortError)$/.test(name)) {
    return `${call} was not reached: ${oneLine(message) || code}`;
  }
  return undefined;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
