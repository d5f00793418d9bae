import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parseFlags } from '../cli/command-line/flags.ts';
import { runCommand } from '../cli/command-line/run-command.ts';
import { describeStack } from '../cli/deployment/describe-stack.ts';
import { createAws } from '../cli/doctor/aws.ts';
import { examine } from '../cli/doctor/examine.ts';
import { web } from '../cli/doctor/web.ts';
import { newTicketSecret } from '../local/stack/stand-in-credential.ts';
import { startSuperOffice } from '../stand-ins/superoffice/server.ts';
import { bootstrap, deploy, destroy } from './cdk.ts';
import { findMinistack, startMinistack } from './ministack.ts';
import { type Reader, send, shortfall, startReader } from './traffic.ts';

const usage = `Usage: npm run rehearse

Deploys the real app to MiniStack, an AWS on this machine, without an account and without Docker:
bootstrap, deploy, the first routed chat, an update while events flow, dead letters, doctor, destroy.
Exit code: 0, or 1 where a step did not go as it should.`;

const stage = 'rehearsal';
const stackName = `RouteChat-${stage}`;
const chats = 60;
const waitMs = 120_000;

process.exitCode = await runCommand(usage, async () => {
  const { help } = parseFlags(process.argv.slice(2), { help: { type: 'boolean', short: 'h' } });
  if (help) {
    say(usage);
    return 0;
  }
  const program = findMinistack();
  say(`MiniStack: ${program}`);
  const ministack = await startMinistack(program);
  Object.assign(process.env, ministack.variables);
  delete process.env.AWS_PROFILE;
  const superOffice = await startSuperOffice();
  let reader: Reader | undefined;
  let failed = 0;

  /** One step, where those before it went well. `run` resolves to what went wrong, or ''. */
  async function step(name: string, run: () => Promise<string>): Promise<void> {
    if (failed > 0) return;
    const startedAt = Date.now();
    let wrong: string;
    try {
      wrong = await run();
    } catch (error) {
      wrong = String(error);
    }
    if (wrong !== '') failed += 1;
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    say(`${wrong === '' ? '✓' : '✗'} ${name} (${seconds} s)${wrong === '' ? '' : `: ${wrong}`}`);
  }

  const settings = { webApiUrl: superOffice.webApiUrl, stage };
  const output = async (name: string) => (await describeStack(stackName)).outputs.get(name) ?? '';
  const newChat = () => superOffice.tenant.addSession({});

  try {
    await step('cdk bootstrap', async () => {
      await bootstrap(settings);
      return '';
    });
    await step('cdk deploy', async () => {
      const leftOut = await deploy(stackName, settings);
      say(`    MiniStack takes all but ${leftOut.join(' and ')}: left out.`);
      return '';
    });
    await step('put the ticket', async () => {
      const SecretId = await output('TicketSecretArn');
      const SecretString = newTicketSecret(superOffice);
      await new SecretsManagerClient({}).send(
        new PutSecretValueCommand({ SecretId, SecretString }),
      );
      reader = startReader(await output('ResultQueueUrl'));
      return '';
    });
    await step('the first routed chat', async () => {
      const event = { chatSessionId: newChat(), toAssociate: 'ann', requestId: 'first' };
      const ids = await send(await output('EventQueueUrl'), [event]);
      const [result] = (await reader?.of(ids, waitMs)) ?? [];
      return result?.outcome === 'transfer-pending' ? '' : `its result: ${result?.outcome}`;
    });
    await step(`an update while ${2 * chats} events flow`, async () => {
      const events = Array.from({ length: chats }, newChat).flatMap((chatSessionId) =>
        ['ann', 'ben'].map((toAssociate) => ({
          chatSessionId,
          toAssociate,
          requestId: `${chatSessionId}-${toAssociate}`,
        })),
      );
      const [ids] = await Promise.all([
        send(await output('EventQueueUrl'), events, 4),
        deploy(stackName, { ...settings, eventTimeToLiveSeconds: '240', resultQueues: 'other' }),
      ]);
      return shortfall(ids, (await reader?.of(ids, waitMs)) ?? []);
    });
    await step('a dead letter gets its result', async () => {
      const body = { chatSessionId: newChat(), toAssociate: 'ann', requestId: 'dead' };
      await new SQSClient({}).send(
        new SendMessageCommand({
          QueueUrl: await output('DeadLetterQueueUrl'),
          MessageBody: JSON.stringify(body),
          MessageGroupId: String(body.chatSessionId),
          MessageDeduplicationId: 'dead',
        }),
      );
      const [result] = (await reader?.of(['dead'], waitMs)) ?? [];
      if (result?.outcome !== 'unknown') return `its result: ${result?.outcome}`;
      const { messages } = createAws();
      for (let tries = 0; tries < 60; tries += 1) {
        if ((await messages(await output('DeadLetterQueueUrl'))) === 0) return '';
        await sleep(500);
      }
      return 'it stayed on its queue';
    });
    await step('doctor', async () => {
      const wrong: string[] = [];
      const ports = { aws: createAws(), web, now: Date.now };
      for await (const { ok, what, says } of examine(stackName, ports)) {
        say(`    ${ok ? '✓' : '✗'} ${what}: ${says}`);
        if (!ok) wrong.push(what);
      }
      return wrong.join(', ');
    });
    await step('doctor finds a ticket that died', async () => {
      superOffice.tenant.expireTickets();
      for await (const { ok, what, todo } of examine(stackName, {
        aws: createAws(),
        web,
        now: Date.now,
      })) {
        if (what === 'credential' && !ok) {
          say(`    ${todo}`);
          return '';
        }
      }
      return 'it did not';
    });
    await reader?.close();
    await step('cdk destroy', async () => {
      await destroy(stackName);
      return (await isGone()) ? '' : 'the stack is still there';
    });
  } finally {
    await superOffice.close();
    await ministack.close({ keepLog: failed > 0 });
  }
  say(failed === 0 ? 'Rehearsed.' : `Not rehearsed. MiniStack’s log: ${ministack.logFile}`);
  return failed;
});

async function isGone(): Promise<boolean> {
  try {
    const { Stacks: [stack] = [] } = await new CloudFormationClient({}).send(
      new DescribeStacksCommand({ StackName: stackName }),
    );
    return stack?.StackStatus === 'DELETE_COMPLETE';
  } catch {
    return true;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
