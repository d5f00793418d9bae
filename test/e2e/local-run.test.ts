import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { localRuns } from '../../cli/deployment/local-runs.ts';
import { causes, outcomes } from '../../contract/result.ts';
import { close, listen } from '../../stand-ins/http-server.ts';
import { resultsIn, root, startLocalRun } from '../support/local-run.ts';
import { isResultBySchema } from '../support/schemas.ts';

const directory = mkdtempSync(join(tmpdir(), 'events-'));
afterAll(() => rmSync(directory, { recursive: true }));
const eventFile = (content: string) => {
  const file = join(directory, `${Math.random()}.json`);
  writeFileSync(file, content);
  return file;
};
const limitMs = 30_000;

/** Reads one result, as code of one's own would that was given nothing but the variables. */
const consumer = `
  import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
  const receive = { QueueUrl: process.env.RESULT_QUEUE_URL, WaitTimeSeconds: 5 };
  const { Messages = [] } = await new SQSClient().send(new ReceiveMessageCommand(receive));
  for (const { Body } of Messages) console.log(Body);
`;

async function freePort(): Promise<string> {
  const server = createServer();
  const { port } = new URL(await listen(server));
  await close(server);
  return port;
}

describe('npm start', () => {
  it(
    'shows every outcome and cause that can occur at once and without a fault, once each event',
    async () => {
      const { exitCode, stdout, stderr } = await startLocalRun(['--once']).ended;

      const results = resultsIn(stdout);
      const seen = (field: string) => new Set(results.map((result) => result[field]));
      expect(results.filter((result) => !isResultBySchema(result))).toEqual([]);
      // `unknown` takes a call that fails, and what offers come to takes its time.
      const later = ['unknown', 'declined', 'unanswered', 'taken-by-another'];
      const words = (all: readonly string[]) => all.filter((word) => !later.includes(word));
      expect(seen('outcome')).toEqual(new Set(words(outcomes)));
      expect(seen('cause')).toEqual(new Set([...words(causes), null]));
      expect(seen('eventMessageId').size).toBe(results.length);
      const inOrder = results.map(({ outcome }) => outcome);
      const faulty = inOrder.findIndex((word) => ['failed', 'invalid-event'].includes(word));
      expect(inOrder.slice(0, 2)).toEqual(['transfer-pending', 'assigned']);
      expect(new Set(inOrder.slice(faulty))).toEqual(new Set(['failed', 'invalid-event']));
      expect(stderr).toContain(
        `${results.length} events, ${results.length} results, 0 lost, 0 twice`,
      );
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it(
    'sends what is no event as it stands',
    async () => {
      const file = eventFile('not json\n[1]\n"648"\n{"chatSessionId":648,"toAssociate":"ann"}\n');

      const { exitCode, stdout } = await startLocalRun(['--once', '--events', file]).ended;

      const codes = resultsIn(stdout).map(({ outcome, error }) => [outcome, error?.code]);
      expect(codes.sort()).toEqual([
        ['invalid-event', 'invalid-field'],
        ['invalid-event', 'invalid-field'],
        ['invalid-event', 'invalid-json'],
        ['transfer-pending', undefined],
      ]);
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it.each([
    ['an outcome that is not expected', ['--expect', 'assigned'], 'found 1 transfer-pending.'],
    ['an outcome that is', ['--expect', 'assigned,transfer-pending'], undefined],
  ])(
    'ends by the outcome: %s',
    async (_, options, says) => {
      const file = eventFile('{"chatSessionId":648,"toAssociate":"ann"}');

      const run = startLocalRun(['--once', ...options, '--events', file]);
      const { exitCode, stderr } = await run.ended;

      expect(stderr).toContain(says ?? '1 event, 1 result');
      expect(exitCode).toBe(says ? 1 : 0);
    },
    limitMs,
  );

  it.each([
    ['no event', '', 'No event has a result.'],
    ['faulty events alone', '[5, "x"]', 'Every event was an invalid-event.'],
  ])(
    'is no success with %s',
    async (_, events, says) => {
      const { exitCode, stderr } = await startLocalRun(['--events', '-'], events).ended;

      expect(stderr).toContain(says);
      expect(exitCode).toBe(1);
    },
    limitMs,
  );

  it(
    'tells once what SQS does not take, and counts it',
    async () => {
      const events = '{"chatSessionId":648,"toAssociate":"ann"}\nfake\u0001line\n';

      const { exitCode, stderr } = await startLocalRun(['--events', '-'], events).ended;

      expect(stderr.match(/SQS did not take/g)).toHaveLength(1);
      expect(stderr).toContain('1 event, 1 not taken, 1 result, 0 lost');
      expect(exitCode).toBe(1);
    },
    limitMs,
  );

  it(
    'makes events and counts what came of them',
    async () => {
      const { exitCode, stdout, stderr } = await startLocalRun(['--once', '--count', '8']).ended;

      expect(resultsIn(stdout)).toHaveLength(8);
      expect(stderr).toContain('7  transfer-pending');
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it(
    'takes commands, from a pipe as well, and ends when they are done',
    async () => {
      const commands =
        'accept 654\nwebhook 643 ann\nrule 645 ann\nsend 654 cho\npeople\nacept 654\n';

      const { exitCode, stdout, stderr } = await startLocalRun([], commands).ended;

      expect(stderr).toContain('cho has accepted chat 654.');
      expect(stderr).toMatch(/^ +10 {2}cho /m);
      expect(stderr).toContain('No such command: acept. Did you mean accept?');
      expect(stderr).toMatch(/^ +HTTP intake +http:.*\/events$/m);
      expect(stderr).toContain('The endpoint answered 200.');
      const asked = resultsIn(stdout).filter(({ source }) => source === 'prompt');
      expect(asked.map(({ chatSessionId, outcome }) => [chatSessionId, outcome]).sort()).toEqual([
        [643, 'transfer-pending'],
        [645, 'transfer-pending'],
        [654, 'assigned'],
      ]);
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it(
    'offers a command that sends an event from another terminal',
    async () => {
      const file = eventFile('[]');
      const { child, ended } = startLocalRun(['--events', file]);
      const command = Promise.withResolvers<string>();
      const found = Promise.withResolvers<void>();
      child.stderr.on('data', (chunk) => {
        const [line] = /^curl .*$/m.exec(String(chunk)) ?? [];
        if (line) command.resolve(line);
      });
      child.stdout.on('data', () => found.resolve());

      execFileSync('sh', ['-c', await command.promise]);
      await found.promise;
      child.kill('SIGINT');

      const { exitCode, stdout, stderr } = await ended;
      const [result] = resultsIn(stdout);
      expect(stderr).toContain(`--events: ${file} holds no events.`);
      expect(stderr).toContain('Ctrl-C ends this.');
      expect(result).toMatchObject({ chatSessionId: 648, toAssociate: 'ben' });
      expect(exitCode).toBe(0);
    },
    limitMs,
  );

  it(
    'leaves results to a consumer that knows its way by --port and --env-out, and the same where the command line looks',
    async () => {
      const port = await freePort();
      const envFile = join(directory, 'local.env');
      const file = eventFile('{"chatSessionId":648,"toAssociate":"ben"}');
      const options = ['--no-reader', '--port', port, '--env-out', envFile, '--events', file];
      const { child, ended } = startLocalRun(options);
      await once(child.stdout, 'data');

      const found = localRuns().find((path) => path.endsWith(`local-${child.pid}.env`)) ?? '';
      const variables = readFileSync(found, 'utf8');
      const consume = ['--env-file', envFile, '--input-type=module', '--eval', consumer];
      const [body = ''] = resultsIn(
        execFileSync(process.execPath, consume, { cwd: root, encoding: 'utf8' }),
      );
      const second = await startLocalRun(['--port', port]).ended;
      child.kill('SIGINT');

      const { stdout, stderr } = await ended;
      expect(resultsIn(stdout)).toEqual([body]);
      expect(body).toMatchObject({ chatSessionId: 648, outcome: 'transfer-pending' });
      expect(stderr).toContain(`http://127.0.0.1:${port}/000000000000/`);
      expect(second.stderr).toContain(`--port: expected a free port; ${port} is in use.`);
      expect(second.exitCode).toBe(2);
      expect(variables).toBe(readFileSync(envFile, 'utf8'));
      expect(existsSync(found)).toBe(false);
    },
    limitMs,
  );

  it(
    'ends at Ctrl-C in the midst of it, and leaves no process behind',
    async () => {
      const { child, ended } = startLocalRun(['--count', '50']);
      await new Promise((resolve) => child.stdout.once('data', resolve));
      const children = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' });
      const sandboxes = children.split('\n').map(Number).filter(Boolean);

      child.kill('SIGINT');
      await ended;

      const isAlive = (pid: number) => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      };
      expect(sandboxes.length).toBeGreaterThan(0);
      expect(sandboxes.filter(isAlive)).toEqual([]);
    },
    limitMs,
  );

  it(
    'says where a JSON file is broken, and sends nothing of it',
    async () => {
      const file = eventFile('[{"chatSessionId":648,"toAssociate":"ann"},\n]');

      const { exitCode, stdout, stderr } = await startLocalRun(['--once', '--events', file]).ended;

      expect(stderr).toBe(`--events: ${file}: line 2, column 1: Unexpected token ']'\n`);
      expect(stdout).toBe('');
      expect(exitCode).toBe(2);
    },
    limitMs,
  );

  it.each([
    [['--events', 'none.json'], '--events: none.json cannot be read (no such file or directory).'],
    [
      ['--env-file', 'none.env'],
      '--env-file: none.env cannot be read (no such file or directory).',
    ],
    [
      ['--env-out', '/none/local.env'],
      '--env-out: /none/local.env cannot be written (no such file or directory).',
    ],
    [['--bogus'], "Unknown option '--bogus'."],
  ])(
    'refuses %j in one line, exit code 2',
    async (options, says) => {
      const { exitCode, stdout, stderr } = await startLocalRun(options).ended;

      expect(stderr.split('\n')[0]).toBe(says);
      expect(stdout).toBe('');
      expect(exitCode).toBe(2);
    },
    limitMs,
  );
});
