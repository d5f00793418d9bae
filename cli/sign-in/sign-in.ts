import type { RefreshToken } from '../../superoffice/credential.ts';
import { LoginError } from '../../superoffice/login-refusals.ts';
import { claimOf, type LoginService } from '../../superoffice/login-service.ts';
import { requestTokens } from '../../superoffice/tokens.ts';
import { InputError } from '../command-line/input-error.ts';
import {
  type Authorization,
  beginAuthorization,
  type Redirect,
  readRedirect,
} from './authorization.ts';
import type { SignInOptions } from './options.ts';
import { listenForRedirect } from './redirect-listener.ts';
import type { Terminal } from './terminal.ts';

export type SignInPorts = {
  loginService: LoginService;
  terminal: Terminal;
  /** Puts the secret where it belongs, and says where that is. */
  write(secret: RefreshToken): Promise<string>;
};

const timeoutMs = 15_000;

/**
 * Has an associate consent, and keeps the refresh token where whoever runs this agrees to.
 * @returns whether it was kept
 * @throws InputError that says what was refused and why; nothing has been written then.
 */
export async function signIn(
  options: SignInOptions,
  { loginService, terminal, write }: SignInPorts,
): Promise<boolean> {
  const { customer, clientId, redirectUri, target } = options;
  const clientSecret = (await terminal.ask('Client secret: ', { hidden: true })).trim();
  if (clientSecret === '') throw new InputError('Client secret: expected one; found nothing.');

  const authorization = beginAuthorization(loginService.loginUrl, options);
  const code = await codeOf(authorization, redirectUri, terminal);
  const { refreshToken, idToken = '' } = await tokensFor(loginService, {
    code,
    redirectUri,
    codeVerifier: authorization.codeVerifier,
    clientId,
    clientSecret,
  });
  const tenant = claimOf(idToken, 'ctx');
  if (tenant?.toLowerCase() !== customer.toLowerCase()) {
    throw new InputError(
      `--customer: expected a sign-in to ${customer}; found one to ${tenant ?? 'no tenant'}. Nothing was written.`,
    );
  }
  if (refreshToken === undefined) {
    throw new InputError('The login service gave no refresh token. Nothing was written.');
  }

  const who = claimOf(idToken, 'upn') ?? claimOf(idToken, 'initials') ?? 'somebody';
  terminal.say(`Consent of ${who}, associate ${claimOf(idToken, 'associateid')} of ${tenant}.`);
  const where = target.kind === 'stack' ? `the credential secret of ${target.name}` : target.path;
  const answer = await terminal.ask(
    `Write it into ${where}, in the place of what is there? (yes) `,
  );
  if (!/^y(es)?$/i.test(answer.trim())) {
    terminal.say('Nothing was written.');
    return false;
  }
  terminal.say(await write({ refreshToken, clientId, clientSecret }));
  return true;
}

/** The code that the browser brings, to the redirect address or by hand. */
async function codeOf(
  { url, state }: Authorization,
  redirectUri: string,
  terminal: Terminal,
): Promise<string> {
  const listener = await listenForRedirect(redirectUri, state);
  const enough = new AbortController();
  terminal.say('Open this address, and sign in as the associate whose chats are to be moved:');
  terminal.say(`\n  ${url}\n`);
  if (!listener) terminal.say(`Nobody can listen at ${redirectUri}: the port may be in use.`);
  try {
    const pasted = pastedRedirect(state, terminal, enough.signal);
    // Left alone once the other one was first.
    pasted.catch(() => {});
    const redirect = await Promise.race([pasted, ...(listener ? [listener.redirect] : [])]);
    if (redirect.kind === 'code') return redirect.code;
    throw new InputError(
      `The login service gave no code (${redirect.kind === 'refused' ? redirect.error : 'nothing'}): the consent was refused, or the redirect address is not registered. Nothing was written.`,
    );
  } finally {
    enough.abort();
    listener?.close();
  }
}

async function pastedRedirect(
  state: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Redirect> {
  for (;;) {
    const question = 'Then come back here, or paste the address the browser ended at: ';
    const address = await terminal.ask(question, { signal });
    const redirect = readRedirect(address, state);
    if (redirect.kind !== 'other') return redirect;
    terminal.say('That is no address of this sign-in: it has "state" and "code" in it.');
  }
}

async function tokensFor(
  loginService: LoginService,
  request: Omit<Extract<Parameters<typeof requestTokens>[1], { grant: 'code' }>, 'grant'>,
) {
  try {
    return await requestTokens(loginService, { grant: 'code', ...request }, timeoutMs);
  } catch (error) {
    if (!(error instanceof LoginError)) throw error;
    throw new InputError(`${error.message} Nothing was written.`, { cause: error });
  }
}
