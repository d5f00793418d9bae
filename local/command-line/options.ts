import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { parseFlags, parseNumber } from './flags.ts';
import { InputError, UsageError } from './input-error.ts';
import { whyUnreadable } from './unreadable.ts';

/** Whose WebAPI the function calls. */
export type SuperOfficeChoice =
  | { kind: 'stand-in' }
  | { kind: 'real'; webApiUrl: string; ticket: string; appToken?: string };

/** What is sent first. */
export type EventsChoice =
  | { kind: 'demo' }
  | { kind: 'file'; path: string }
  | { kind: 'made'; count: number }
  | { kind: 'none' };

export type Options =
  | { kind: 'help' }
  | { kind: 'run'; superOffice: SuperOfficeChoice; events: EventsChoice; once: boolean };

export const usage = `Usage: npm start -- [options]

Stands the synthesized stack up on this machine, sends events, shows what became of them.

  --once            end when every event has its result: exit code 0,
                    or 1 with what is missing
  --events FILE     send these events: a JSON array, or one event a line;
                    - for standard input. Each gets a deduplication id of its
                    own: the same body twice is two events
  --count N         make N events and send them
  --env-file FILE   read WEB_API_URL, SO_TICKET, SO_APP_TOKEN from a file,
                    where not in the environment
  --help            show this

WEB_API_URL and SO_TICKET (and SO_APP_TOKEN, which SuperOffice Online asks for)
put a real SuperOffice in the stand-in's place: then nothing is sent but your
own events. Where the output is not a terminal, it is the results, as JSON
lines; all else is on standard error. npm's own lines stay away by --silent:

  npm start --silent -- --once | jq .outcome`;

const mostMade = 100_000;

/**
 * Reads the command line, and the environment for a real SuperOffice.
 * @throws UsageError or InputError, each with one line that says what is wrong.
 */
export function parseOptions(
  argv: readonly string[],
  environment: Record<string, string | undefined>,
): Options {
  const values = readFlags(argv);
  if (values.help) return { kind: 'help' };
  const fromFile = values['env-file'] === undefined ? {} : readEnvFile(values['env-file']);
  // The environment wins, as with Node's own --env-file.
  const superOffice = chooseSuperOffice({ ...fromFile, ...environment });
  const events = chooseEvents(values, superOffice);
  const once = values.once ?? false;
  if (once && events.kind === 'none') {
    throw new UsageError('--once: with a real SuperOffice, expected --events as well.');
  }
  return { kind: 'run', superOffice, events, once };
}

type Flags = ReturnType<typeof readFlags>;

const readFlags = (argv: readonly string[]) =>
  parseFlags(argv, {
    once: { type: 'boolean' },
    events: { type: 'string' },
    count: { type: 'string' },
    'env-file': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });

function chooseEvents({ events, count }: Flags, superOffice: SuperOfficeChoice): EventsChoice {
  if (events !== undefined && count !== undefined) {
    throw new UsageError('--count: expected either --events or --count; found both.');
  }
  if (events === '') throw new UsageError('--events: expected a file, or -; found nothing.');
  if (events !== undefined) return { kind: 'file', path: events };
  if (count === undefined) return { kind: superOffice.kind === 'real' ? 'none' : 'demo' };
  if (superOffice.kind === 'real') {
    throw new UsageError('--count: expected a stand-in; made events would move real chats.');
  }
  return { kind: 'made', count: parseNumber('count', count, { least: 1, most: mostMade }) };
}

function chooseSuperOffice(environment: Record<string, string | undefined>): SuperOfficeChoice {
  const { WEB_API_URL: webApiUrl, SO_TICKET: ticket, SO_APP_TOKEN: appToken } = environment;
  if (webApiUrl && ticket)
    return { kind: 'real', webApiUrl, ticket, ...(appToken && { appToken }) };
  if (webApiUrl) throw new InputError('SO_TICKET: expected a ticket along with WEB_API_URL.');
  if (ticket) throw new InputError('WEB_API_URL: expected an address along with SO_TICKET.');
  return { kind: 'stand-in' };
}

function readEnvFile(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InputError(`--env-file: ${path} cannot be read (${whyUnreadable(error)}).`, {
      cause: error,
    });
  }
}
