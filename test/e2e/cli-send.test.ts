import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from '@jest/globals';
import { writeEnvFile } from '../../cli/command-line/env-file.ts';
import { variablesFor } from '../../local/stack/variables-for-clients.ts';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const directory = mkdtempSync(join(tmpdir(), 'cli-'));
const envFile = join(directory, 'clients.env');
afterAll(() => rmSync(directory, { recursive: true }));

type Surroundings = {
  /** What it finds on standard input. */
  input?: string;
  meanwhile?: (child: ChildProcess) => Promise<void>;
};

/** Runs the bin with these words. */
async function runCli(line: string, { input = '', meanwhile }: Surroundings = {}) {
  const child = spawn(process.execPath, ['--', 'cli/main.ts', ...line.split(' ')]);
  child.stdin.end(input);
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
    meanwhile?.(child),
  ]);
  return { exitCode, stdout, stderr };
}

const start = deployments();

const isOfChat646 = (entry: object) => 'MessageGroupId' in entry && entry.MessageGroupId === '646';

/** One deployment for all. SuperOffice never answers about chat 645, and SQS resets what is of 646. */
const standing = (async () => {
  const stack = await start({
    prepare: ({ setFault }) =>
      setFault(({ chatSessionId }) => (chatSessionId === 645 ? { kind: 'hang' } : undefined)),
  });
  stack.deployment.sqs.setFault(({ action, entries = [] }) =>
    action === 'SendMessageBatch' && entries.some(isOfChat646) ? { kind: 'reset' } : undefined,
  );
  writeEnvFile(envFile, variablesFor(stack.deployment));
  return stack;
})();

async function send(line: string, surroundings?: Surroundings) {
  await standing;
  return runCli(`send ${line} --env-file ${envFile}`, surroundings);
}

const eventsFor = (chats: number[]) =>
  chats.map((chatSessionId) => JSON.stringify({ chatSessionId, toAssociate: 'ann' })).join('\n');

const resultOf = async (chat: number) => {
  const { results } = await standing;
  return until('the result', () => results.find(({ chatSessionId }) => chatSessionId === chat));
};

describe('send', () => {
  it.concurrent('says that the associate is asked, and takes no result from anybody', async () => {
    const { exitCode, stdout } = await send('648 ann --wait --source me --request-id r-1');

    expect(stdout).toBe(
      'chat 648 → ann: transfer-pending\n  the associate is asked, and has to accept\n',
    );
    expect(exitCode).toBe(0);
    expect(await resultOf(648)).toMatchObject({ source: 'me', requestId: 'r-1' });
  });

  it.concurrent('says whose chat it is and whose credential was used, also to a program', async () => {
    const { exitCode, stdout } = await send('660 ann --wait --json');

    expect(JSON.parse(stdout)).toMatchObject({
      chatSessionId: 660,
      outcome: 'not-applied',
      cause: 'owned-by-another',
      happened:
        "chat 660 is associate 13's; the credential is associate 7's: the transfer did nothing",
      doNow: "use the owner's credential, or ask the owner",
    });
    expect(exitCode).toBe(1);
  });

  it.concurrent.each([
    [647, 0, "chat 647 → ann: would-transfer\n  a dry run: the chat is the credential's own"],
    [
      650,
      1,
      "chat 650 → ann: not-applied, owned-by-another\n  chat 650 is associate 9's; the credential is associate 7's: a transfer would do nothing",
    ],
  ])('foretells what a transfer of chat %i would do', async (chat, exitCode, says) => {
    const { exitCode: ended, stdout } = await send(`${chat} ann --dry-run --wait`);

    expect(stdout).toContain(says);
    expect(ended).toBe(exitCode);
    expect((await standing).transfersOf(chat)).toEqual([]);
  });

  it.concurrent('gives up waiting when it is told to', async () => {
    const { exitCode, stdout } = await send('645 ann --wait --timeout 1s');

    expect(stdout).toMatch(/^chat 645 → ann: no result in time, event message id [\w-]{36}\n$/);
    expect(exitCode).toBe(3);
  });

  it.concurrent('sends nothing where one event of a file is faulty', async () => {
    const faulty = `${eventsFor([641, 642])}\n{"chatSessionId":643,"toAssociate":"a/b"}`;

    const { exitCode, stdout, stderr } = await send('--events -', { input: faulty });

    expect(stderr).toMatch(
      /^Nothing was sent\.\nevent 3: toAssociate: expected .*, got "a\/b"\.\n$/,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it.concurrent('names what was not sent, at Ctrl-C in the midst of a trickle', async () => {
    const { exitCode, stdout, stderr } = await send('--events - --trickle 0.1 --json', {
      input: eventsFor([640, ...Array(12).fill(644)]),
      async meanwhile(child) {
        await resultOf(640);
        child.kill('SIGINT');
      },
    });

    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).answer)).toEqual([
      'sent',
      ...Array(12).fill('not-sent'),
    ]);
    expect(stderr).toBe('Not sent: events 2 to 13 (12 of 13)\nStopped.\n');
    expect(exitCode).toBe(2);
  });

  it.concurrent('sends nothing whose result it could not learn', async () => {
    const variables = variablesFor((await standing).deployment);
    const withoutLog = join(directory, 'without-log.env');
    const nobody = 'http://127.0.0.1:1';
    writeEnvFile(withoutLog, { ...variables, AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: nobody });

    const { exitCode, stderr } = await runCli(`send 649 ann --wait --env-file ${withoutLog}`);

    expect(stderr).toMatch(/^logs:FilterLogEvents was not reached: .*\n$/);
    expect(exitCode).toBe(2);
  });

  it.concurrent('says that SQS cannot be reached', async () => {
    const { exitCode, stderr } = await send('646 ann');

    expect(stderr).toMatch(
      /^Perhaps sent: chat 646 → ann \(\w+\)\nsqs:SendMessage was not reached: /,
    );
    expect(exitCode).toBe(2);
  });
});
