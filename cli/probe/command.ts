import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { systemClock } from '../../superoffice/clock.ts';
import { parseCredential } from '../../superoffice/credential.ts';
import { customerIdPattern, onlineOrigins } from '../../superoffice/online-environments.ts';
import { requestTokens } from '../../superoffice/tokens.ts';
import { isWebApiUrl, normalizeWebApiUrl } from '../../superoffice/web-api-url.ts';
import type { Command } from '../command.ts';
import { readEnvFile, type Variables } from '../command-line/env-file.ts';
import { parseFlags, parseNumber } from '../command-line/flags.ts';
import { InputError, UsageError } from '../command-line/input-error.ts';
import { probe, tableOf } from './run.ts';
import { type Probe, type Step, sessionKinds, targetKinds } from './step.ts';
import { steps } from './steps.ts';
import { openTenant, type Person, people } from './tenant.ts';

const usage = `Usage: superoffice-route-chat probe --tenant Cust12345 --env-file FILE [options]

Finds out on a test tenant of SuperOffice (SOD) what its documentation leaves open, and writes it down
as a table for docs/not-proven.md. Asks before anything that a customer or an agent could see. Calls
are a second apart; nothing personal is shown or written.

  --tenant ID|URL    a customer of the environment sod, or a WebAPI's address that ends in /api
  --env-file FILE    credentials, one SecretString a person: A='{"ticket":"…","appToken":"…"}';
                     agents A, B and C, a topic manager M, a system user S; A is required;
                     R, if there is one, is a refresh token, which is refreshed twice
  --chat ID          a chat session that A has, of a customer who is one of you
  --session KIND=ID  one that is ${sessionKinds.join(', ')}; one is created to be queued
  --target KIND=WHO  an associate's name or id: ${targetKinds.join(', ')}
  --out FILE         where the table goes; standard output unless told otherwise
  --yes              asks nothing: only for a stand-in`;

export const command: Command = {
  summary: 'find out on a test tenant what SuperOffice does not document',
  usage,
  async run(args) {
    const flags = parseFlags(args, {
      tenant: { type: 'string' },
      'env-file': { type: 'string' },
      chat: { type: 'string' },
      session: { type: 'string', multiple: true },
      target: { type: 'string', multiple: true },
      out: { type: 'string' },
      yes: { type: 'boolean' },
    });
    if (flags.tenant === undefined) throw new UsageError('--tenant: expected one; found none.');
    if (flags['env-file'] === undefined)
      throw new UsageError('--env-file: expected one; found none.');
    const webApiUrl = await addressOf(flags.tenant);
    const variables = readEnvFile(flags['env-file']);
    const secrets = secretsIn(variables);
    const { hostname } = new URL(webApiUrl);
    const isLocal = hostname === '127.0.0.1';
    if (flags.yes && !isLocal)
      throw new UsageError('--yes: expected with a stand-in on 127.0.0.1 only.');
    const chat = flags.chat === undefined ? undefined : parseNumber('chat', flags.chat, int32);
    const sessions = byKind('session', sessionKinds, flags.session ?? []);

    const tenant = openTenant(webApiUrl, secrets, isLocal ? 0 : undefined);
    const on: Probe = {
      tenant,
      chat,
      ids: {},
      targets: byKind('target', targetKinds, flags.target ?? []),
      sessions: Object.fromEntries(
        Object.entries(sessions).map(([kind, id]) => [kind, parseNumber('session', id, int32)]),
      ),
    };
    // A refresh token is shown to SuperOffice's login service alone, and not for another tenant's sake.
    const refresh = variables.R && hostname.endsWith('.superoffice.com') && refreshOf(variables.R);
    if (refresh) on.refresh = refresh;
    const found = await probe(on, steps, {
      allow: flags.yes ? async () => true : askFirst,
      onFound: (one) => process.stderr.write(`${one.question}\n    ${one.found}\n`),
    });
    const where = isLocal ? 'a stand-in' : `${flags.tenant}`;
    const table = tableOf(found, where, new Date().toISOString().slice(0, 10));
    if (flags.out === undefined) process.stdout.write(table);
    else writeFileSync(flags.out, table);
    return 0;
  },
};

const int32 = { least: 1, most: 2_147_483_647 };

function refreshOf(secret: string): NonNullable<Probe['refresh']> {
  const refreshToken = parseCredential(secret);
  if (!('refreshToken' in refreshToken)) {
    throw new InputError('--env-file: expected a refresh token as R; found another credential.');
  }
  const loginService = { loginUrl: onlineOrigins.sod, clock: systemClock };
  return () => requestTokens(loginService, { grant: 'refresh token', ...refreshToken }, 15_000);
}

function byKind<Kind extends string>(flag: string, kinds: readonly Kind[], given: string[]) {
  const found: Partial<Record<Kind, string>> = {};
  for (const text of given) {
    const kind = kinds.find((each) => text.startsWith(`${each}=`));
    const value = text.slice(text.indexOf('=') + 1);
    if (kind === undefined || value === '') {
      throw new UsageError(
        `--${flag}: expected KIND=… with a kind of ${kinds.join(', ')}; found "${text}".`,
      );
    }
    found[kind] = value;
  }
  return found;
}

/** SuperOffice's own word on where a customer of SOD is. */
async function addressOf(tenant: string): Promise<string> {
  if (isWebApiUrl(tenant)) return normalizeWebApiUrl(tenant);
  if (!customerIdPattern.test(tenant)) {
    throw new UsageError(
      `--tenant: expected Cust12345, or an https address ending in /api; found "${tenant}".`,
    );
  }
  const address = `${onlineOrigins.sod}/api/state/${tenant}`;
  const response = await fetch(address, { signal: AbortSignal.timeout(10_000) }).catch((error) => {
    throw new InputError(`--tenant: ${address} could not be reached.`, { cause: error });
  });
  const { Api } = (await response.json().catch(() => ({}))) as { Api?: string };
  if (Api && isWebApiUrl(Api)) return normalizeWebApiUrl(Api);
  throw new InputError(`--tenant: sod.superoffice.com does not say where ${tenant} is.`);
}

function secretsIn(variables: Variables): Partial<Record<Person, string>> {
  const given = people.flatMap((person) => {
    const secret = variables[person];
    return secret ? [[person, secret] as const] : [];
  });
  if (!variables.A) throw new InputError('--env-file: expected a credential A; found none.');
  return Object.fromEntries(given);
}

async function askFirst({ question, visible }: Step): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const says = await prompt.question(
      `${question}\n    Seen by others: ${visible}. Go on? [y/N] `,
    );
    return /^y(es)?$/i.test(says.trim());
  } finally {
    prompt.close();
  }
}
