import {
  customerIdPattern,
  isOnlineEnvironment,
  type OnlineEnvironment,
} from '../../superoffice/online-environments.ts';
import { parseFlags } from '../command-line/flags.ts';
import { UsageError } from '../command-line/input-error.ts';

export type SignInOptions = {
  /** The tenant that consents, e.g. `Cust12345`. */
  customer: string;
  environment: OnlineEnvironment;
  clientId: string;
  /** As registered for the application: on this machine. */
  redirectUri: string;
  /** Where the refresh token goes: into the credential secret of a stack, or into a file. */
  target: { kind: 'stack'; name: string } | { kind: 'file'; path: string };
};

const defaultRedirectUri = 'http://127.0.0.1:7890/callback';

export const usage = `Usage: superoffice-route-chat sign-in --customer ID --client-id ID [options]

Has an associate of SuperOffice Online sign in and consent, and keeps the refresh
token: the deployment then moves that associate's chats for as long as the consent
is there. The client secret is asked for. Nothing is written that you did not see
and agree to, and no token is ever shown.

  --customer ID         the tenant, such as Cust12345
  --client-id ID        of the application, as registered with SuperOffice
  --environment NAME    sod, stage or online (online)
  --stack NAME          write it into the credential secret of this deployment
  --env-out FILE        or into a file for npm start -- --env-file
  --redirect-uri URI    registered for the application, on 127.0.0.1
                        (${defaultRedirectUri})

Where the browser is on another machine, paste the address it ends at: it shows no
page then, and its address is all that is needed.

SuperOffice asks that applications which run in the background without a user use a
system user, and allows a stored refresh token as semi-interactive: ask before you
sell it. docs/credentials.md says more.`;

/** @throws UsageError that names the option. */
export function parseSignInOptions(argv: readonly string[]): SignInOptions {
  const flags = parseFlags(argv, {
    customer: { type: 'string' },
    'client-id': { type: 'string' },
    environment: { type: 'string', default: 'online' },
    stack: { type: 'string' },
    'env-out': { type: 'string' },
    'redirect-uri': { type: 'string', default: defaultRedirectUri },
  });
  const { environment, 'redirect-uri': redirectUri } = flags;
  return {
    customer: matching(
      'customer',
      flags.customer,
      customerIdPattern,
      'a tenant, such as Cust12345',
    ),
    clientId: matching('client-id', flags['client-id'], /^[\w-]+$/, 'letters and digits'),
    environment: isOnlineEnvironment(environment)
      ? environment
      : refuse('environment', 'sod, stage or online', environment),
    redirectUri: isLoopbackUri(redirectUri)
      ? redirectUri
      : refuse('redirect-uri', `an address such as ${defaultRedirectUri}`, redirectUri),
    target: targetOf(flags.stack, flags['env-out']),
  };
}

function targetOf(name: string | undefined, path: string | undefined): SignInOptions['target'] {
  if (name && path)
    throw new UsageError('--stack: expected either --stack or --env-out; found both.');
  if (name) return { kind: 'stack', name };
  if (path) return { kind: 'file', path };
  throw new UsageError('--stack: expected --stack or --env-out; found neither.');
}

function matching(flag: string, value: string | undefined, pattern: RegExp, expected: string) {
  if (value !== undefined && pattern.test(value)) return value;
  return refuse(flag, expected, value);
}

function refuse(flag: string, expected: string, found: string | undefined): never {
  throw new UsageError(`--${flag}: expected ${expected}; found ${found ?? 'nothing'}.`);
}

/** SuperOffice registers 127.0.0.1 and [::1], not localhost; a fixed port, since it matches exactly. */
const isLoopbackUri = (uri: string) =>
  /^http:\/\/(127\.0\.0\.1|\[::1\]):[1-9]\d{1,4}\/[\w/-]*$/.test(uri) && URL.canParse(uri);
