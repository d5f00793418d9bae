import { defaultPerSecond, type Trickle } from '../../client/trickle.ts';
import { parseFlagsAndWords, parseNumber, parseTime } from '../command-line/flags.ts';
import { UsageError } from '../command-line/input-error.ts';
import { deploymentFlags, deploymentUsage } from '../deployment/deployment.ts';

export type SendOptions = {
  deployment: { stack?: string | undefined; 'env-file'?: string | undefined };
  /** One event by its fields, as they were typed; or a file of them. */
  events:
    | { kind: 'one'; event: Readonly<Record<string, unknown>> }
    | { kind: 'file'; path: string };
  dryRun: boolean;
  trickle?: Trickle;
  /** How long to wait for results, from when all is sent. */
  waitSeconds?: number;
  json: boolean;
};

export const usage = `Usage: superoffice-route-chat send CHAT ASSOCIATE [options]
       superoffice-route-chat send --events FILE [options]

Sends events that hand chats to associates, by name or associate id; and says,
if asked to wait, what became of them.

  --reason TEXT      why, and
  --source TEXT      who asks, for whoever reads the result
  --request-id ID    sent again within five minutes, it stays one event
  --expires-in TIME  not applied after that, such as 90s, 5m or 1h
  --dry-run          only look: would a transfer do anything?
  --events FILE      send the events of a file, a JSON array or one event a line;
                     - for standard input
  --trickle [N]      with --events: N a second (${defaultPerSecond} unless said), and only while few
                     others wait, so that they pass
  --wait             wait for the results, by the function's log: nothing is taken
                     from a result queue
  --timeout TIME     with --wait: how long at most, from when all is sent; 6m unless
                     said, or a minute more than --expires-in
  --json             a JSON line for each event
${deploymentUsage}
  --help             show this

Exit code: 0 sent; with --wait moved, asked, or of a dry run would be; 1 any
other outcome; 2 something was not sent, and why; 3 no result in time.`;

const defaultWaitSeconds = 360;
/** What a function may take beyond the deadline to say that it passed. */
const graceSeconds = 60;

/**
 * Reads the command line of `send`.
 * @throws UsageError with one line that says what is wrong
 */
export function parseSendOptions(argv: readonly string[]): SendOptions {
  const { values, positionals } = parseFlagsAndWords(withTrickleDefault(argv), {
    ...deploymentFlags,
    reason: { type: 'string' },
    source: { type: 'string' },
    'request-id': { type: 'string' },
    'expires-in': { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    events: { type: 'string' },
    trickle: { type: 'string' },
    wait: { type: 'boolean', default: false },
    timeout: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { stack, 'env-file': envFile, trickle, wait, timeout, json, 'dry-run': dryRun } = values;
  if (values.trickle !== undefined && values.events === undefined) {
    throw new UsageError('--trickle: expected along with --events; found without it.');
  }
  if (timeout !== undefined && !wait) {
    throw new UsageError('--timeout: expected along with --wait; found without it.');
  }
  if (stack === '') throw new UsageError('--stack: expected the name of a stack; found nothing.');
  const expiresInSeconds =
    values['expires-in'] === undefined ? undefined : parseTime('expires-in', values['expires-in']);
  const ownWaitSeconds =
    expiresInSeconds === undefined ? defaultWaitSeconds : expiresInSeconds + graceSeconds;
  const waitSeconds = timeout === undefined ? ownWaitSeconds : parseTime('timeout', timeout);
  return {
    deployment: { stack, 'env-file': envFile },
    events:
      values.events === undefined
        ? { kind: 'one', event: { ...eventOf(positionals), ...fieldsOf(values, expiresInSeconds) } }
        : { kind: 'file', path: fileOf(values.events, positionals, values) },
    dryRun,
    ...(trickle !== undefined && { trickle: { perSecond: parseNumber('trickle', trickle, pace) } }),
    ...(wait && { waitSeconds }),
    json,
  };
}

const pace = { least: 0.1, most: 1_000, fraction: true };

/** A flag has a value or has none: `--trickle` alone gets one. */
const withTrickleDefault = (argv: readonly string[]) =>
  argv.map((word, index) =>
    word === '--trickle' && !/^-?\d/.test(argv[index + 1] ?? '')
      ? `--trickle=${defaultPerSecond}`
      : word,
  );

type EventFlags = {
  reason?: string | undefined;
  source?: string | undefined;
  'request-id'?: string | undefined;
  'expires-in'?: string | undefined;
};

const fieldsOf = (
  { reason, source, 'request-id': requestId }: EventFlags,
  expiresInSeconds: number | undefined,
) => ({ reason, source, requestId, expiresInSeconds });

/** What is no number is left for the event's own check, which says what was expected. */
function eventOf(words: readonly string[]) {
  const [chat, associate, ...more] = words;
  if (chat === undefined || associate === undefined || more.length > 0) {
    const found = words.length === 0 ? 'nothing' : words.join(' ');
    throw new UsageError(
      `send: expected a chat and an associate, such as 648 ann (a name with blanks in quotes); found ${found}.`,
    );
  }
  return { chatSessionId: numberIn(chat), toAssociate: numberIn(associate) };
}

const numberIn = (word: string) => (/^\d+$/.test(word) ? Number(word) : word);

function fileOf(path: string, words: readonly string[], flags: EventFlags): string {
  if (path === '') throw new UsageError('--events: expected a file, or -; found nothing.');
  if (words.length > 0) {
    throw new UsageError(
      `--events: expected no chat and associate beside it; found ${words.join(' ')}.`,
    );
  }
  for (const flag of ['reason', 'source', 'request-id', 'expires-in'] as const) {
    if (flags[flag] === undefined) continue;
    throw new UsageError(`--${flag}: expected in the events themselves; found with --events.`);
  }
  return path;
}
