import { readEnvFile, type Variables } from '../../cli/command-line/env-file.ts';
import { parseFlags, parseNumber } from '../../cli/command-line/flags.ts';
import { UsageError } from '../../cli/command-line/input-error.ts';
import { type Outcome, outcomes } from '../../contract/result.ts';
import { credentialKinds } from './credential-kind.ts';
import { chooseSuperOffice, type SuperOfficeChoice } from './superoffice-choice.ts';
import { unrecognised } from './unrecognised.ts';

/** What is sent first. */
export type EventsChoice =
  | { kind: 'demo' }
  | { kind: 'file'; path: string }
  | { kind: 'made'; count: number }
  | { kind: 'none' };

export type Options =
  | { kind: 'help' }
  | ({ kind: 'run'; superOffice: SuperOfficeChoice; events: EventsChoice } & RunOptions);

export type RunOptions = {
  /** End when every event has its result. */
  once: boolean;
  /** Which outcomes are a success then. */
  expect?: readonly Outcome[];
  /** The results are read off their queue, not left to somebody else. */
  reader: boolean;
  /** Where SQS listens; anywhere unless told. */
  port?: number;
  /** File for the addresses and credentials that code of one's own needs. */
  envOut?: string;
};

export const usage = `Usage: npm start -- [options]

Stands the synthesized stack up on this machine, sends events, shows what became of them.

  --once            end when every event has its result: exit code 0, or 1 with
                    what is missing; 1 as well where there was no event, or
                    every one was an invalid-event
  --expect LIST     with --once: exit code 1 where an outcome is not in the list,
                    such as assigned,transfer-pending
  --events FILE     send these events: a JSON array, or one event a line;
                    - for standard input, and then to end as with --once. Each
                    gets a deduplication id of its own: the same body twice is
                    two events
  --count N         make N events and send them
  --no-reader       only look at the results, and leave them on their queue to a
                    consumer of yours
  --port N          let SQS listen on this port, for a stable address
  --env-out FILE    write the addresses of queues and endpoints, and credentials
                    that open nothing, as KEY=VALUE for code of yours
  --env-file FILE   read where a real SuperOffice is, and a credential, from a
                    file, where not in the environment
  --credential KIND what the stand-in gives the function to authenticate with:
                    ticket, refresh-token, system-user, password, bearer-token
  --help            show this

A real SuperOffice takes the stand-in's place where there is an address and a
credential; then nothing is sent but your own events:

  WEB_API_URL, or CUSTOMER_ID and CUSTOMER_ENVIRONMENT (sod, stage or online)
  SO_TICKET, or SO_USERNAME and SO_PASSWORD, or SO_BEARER_TOKEN;
  beside it SO_APP_TOKEN, where SuperOffice asks for one, as Online does;
  Online also SO_REFRESH_TOKEN, SO_CLIENT_ID and SO_CLIENT_SECRET, or
  SO_SYSTEM_USER_TOKEN, SO_PRIVATE_KEY and SO_APP_TOKEN

Where the output is not a terminal, it is the results, as JSON
lines; all else is on standard error. npm's own lines stay away by --silent:

  npm start --silent -- --once | jq .outcome`;

const mostMade = 100_000;

/**
 * Reads the command line, and the environment for a real SuperOffice.
 * @throws UsageError or InputError, each with one line that says what is wrong.
 */
export function parseOptions(argv: readonly string[], environment: Variables): Options {
  const values = readFlags(argv);
  if (values.help) return { kind: 'help' };
  const envFile = values['env-file'];
  const fromFile = envFile === undefined ? {} : readEnvFile(envFile);
  // The environment wins, as with Node's own --env-file.
  const found = chooseSuperOffice({ ...fromFile, ...environment });
  // The stand-in would look like success to whoever mistyped a name.
  if (envFile !== undefined && found.kind === 'stand-in') throw unrecognised(envFile, fromFile);
  const superOffice = withCredential(values, found);
  const events = chooseEvents(values, superOffice);
  return { kind: 'run', superOffice, events, ...chooseHowToRun(values, events) };
}

type Flags = ReturnType<typeof readFlags>;

const readFlags = (argv: readonly string[]) =>
  parseFlags(argv, {
    once: { type: 'boolean', default: false },
    expect: { type: 'string' },
    events: { type: 'string' },
    count: { type: 'string' },
    'no-reader': { type: 'boolean', default: false },
    port: { type: 'string' },
    'env-out': { type: 'string' },
    'env-file': { type: 'string' },
    credential: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });

function withCredential({ credential }: Flags, superOffice: SuperOfficeChoice): SuperOfficeChoice {
  if (credential === undefined) return superOffice;
  if (superOffice.kind === 'real') {
    throw new UsageError('--credential: expected a stand-in; a real SuperOffice takes its own.');
  }
  const kind = credentialKinds.find((known) => known === credential);
  if (kind !== undefined) return { ...superOffice, credential: kind };
  throw new UsageError(
    `--credential: expected one of ${credentialKinds.join(', ')}; found "${credential}".`,
  );
}

function chooseHowToRun(flags: Flags, events: EventsChoice): RunOptions {
  const { port, expect, 'no-reader': noReader, 'env-out': envOut } = flags;
  // Nobody can type where the events came from.
  const once = flags.once || (events.kind === 'file' && events.path === '-');
  if (once && events.kind === 'none') {
    throw new UsageError('--once: with a real SuperOffice, expected --events as well.');
  }
  if (once && noReader) {
    throw new UsageError(
      '--no-reader: expected without --once and --events -, which take the queue away when they end.',
    );
  }
  if (envOut === '') throw new UsageError('--env-out: expected a file; found nothing.');
  if (expect !== undefined && !once) {
    throw new UsageError('--expect: expected along with --once; found without it.');
  }
  return {
    once,
    ...(expect !== undefined && { expect: expect.split(',').map(parseOutcome) }),
    reader: !noReader,
    ...(port !== undefined && { port: parseNumber('port', port, { least: 1, most: 65_535 }) }),
    ...(envOut !== undefined && { envOut }),
  };
}

function parseOutcome(word: string): Outcome {
  const outcome = outcomes.find((known) => known === word.trim());
  if (outcome !== undefined) return outcome;
  throw new UsageError(`--expect: expected some of ${outcomes.join(',')}; found "${word}".`);
}

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
