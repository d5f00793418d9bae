import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, jest } from '@jest/globals';
import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { CredentialKind } from '../../local/command-line/credential-kind.ts';
import { startResultReader } from '../../local/session/result-reader.ts';
import { sendEvents } from '../../local/session/send-events.ts';
import { type Deployment, deploy } from '../../local/stack/deployment.ts';
import { giveCredential } from '../../local/stack/stand-in-credential.ts';
import { synthesize } from '../../local/stack/synthesize.ts';
import { readStack } from '../../local/stack/synthesized-stack.ts';
import { functionByOutput } from '../../local/stack/template.ts';
import { nameInUrl, templateValues } from '../../local/stack/template-values.ts';
import type { SettledBatch } from '../../stand-ins/event-source-mapping/poller.ts';
import {
  type LambdaFunction,
  startLambdaFunction,
} from '../../stand-ins/lambda/lambda-function.ts';
import type { LoginServiceStandIn } from '../../stand-ins/login-service/server.ts';
import type { FifoQueue } from '../../stand-ins/sqs/fifo-queue.ts';
import type { SplitAt } from '../../stand-ins/sqs/fifo-queue-options.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import type { RouteName } from '../../stand-ins/superoffice/routes.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../../stand-ins/superoffice/server.ts';
import { certificateFile } from '../../stand-ins/superoffice/tls.ts';
import { complaintsAbout } from './complaints.ts';
import { until } from './until.ts';

/** Body of an event, as an object or as it stands. */
export type Body = string | { chatSessionId: number; [field: string]: unknown };

export type DeployedOptions = {
  /** Settings of the deployment, as `-c key=value` would give them. */
  context?: Record<string, string>;
  /** Variables of the function that differ. Calls are not spaced unless they say so. */
  environment?: Record<string, string>;
  /** Calls are spaced as the stack has it by default. */
  paced?: boolean;
  /** SecretString; a ticket of `router` unless told otherwise. */
  ticketSecret?: string;
  /** What the deployment is given to authenticate with; a ticket unless told otherwise. */
  credential?: CredentialKind;
  accessTokenSeconds?: number;
  /** The address is asked of the tenant state service. */
  online?: boolean;
  /** SuperOffice is called over TLS, on connections that take so long to stand. */
  connectionSetUpMs?: number;
  /** How many messages of a group the mapping receives; as many as it can unless told otherwise. */
  splitAt?: SplitAt;
  /** Prepares SuperOffice before anything calls it. */
  prepare?: (superOffice: SuperOfficeStandIn) => void;
  /** No sandbox is started before the first event. */
  cold?: boolean;
  /** Invocations may end without an answer. */
  mayDie?: boolean;
};

/** The stack on this machine, and whoever sends events to it and reads its results. */
export type Deployed = {
  deployment: Deployment;
  /** Directory of the cloud assembly it was made from. */
  assembly: string;
  superOffice: SuperOfficeStandIn;
  /** Where the credential comes from, if it comes from there. */
  loginService: LoginServiceStandIn | undefined;
  eventQueue: FifoQueue;
  /** Every line the function wrote. */
  logs: string[];
  batches: SettledBatch[];
  /** Sends over the wire, in the message group of the chat unless told otherwise; the message ids. */
  send(bodies: Body[], groupId?: string): Promise<string[]>;
  /** The result of an event, once it is there. */
  result(messageId: string | undefined): Promise<ReceivedResult>;
  /** All results so far. */
  results: ReceivedResult[];
  /** The queues an event's result came on, without what their names begin with in this deployment. */
  queuesOf(messageId: string | undefined): string[];
  /** What was asked of SuperOffice about a chat, in order. */
  callsOf(chatSessionId: number): RouteName[];
  /** Whom SuperOffice was told to hand a chat to, and whether that changed anything. */
  transfersOf(chatSessionId: number): { target: string | null; applied: boolean }[];
  /** Log lines about an event. */
  linesOf(messageId: string | undefined): Record<string, unknown>[];
  /** Puts another ticket into the secret. */
  rotate(associate?: string): void;
  /** Starts a sandbox, so that no event spends its time on that. */
  warm(): Promise<void>;
  /** The same function, cold, with its own sandboxes; nothing feeds it. */
  coldFunction(given?: {
    timeoutSeconds?: number;
    environment?: Record<string, string>;
  }): LambdaFunction;
  /** Puts the functions' clock forward (or back); counted from the true time. */
  setClock(offsetMs: number): void;
};

export const ticketSecretOf = ({ tenant }: SuperOfficeStandIn, associate = 'router') =>
  JSON.stringify({ ticket: tenant.issueTicket(associate), appToken });

/**
 * For a test file: how to start deployments. After each test all of them are held against what must
 * never be (see `complaintsAbout`); after the last they are closed.
 */
export function deployments(): (options?: DeployedOptions) => Promise<Deployed> {
  const started: { check(): string[]; close(): Promise<void> }[] = [];
  // A call has five seconds, an invocation fifteen, and whoever comes first builds the stack.
  jest.setTimeout(60_000);

  afterEach(() => {
    const complaints = started.flatMap(({ check }) => check());
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
  afterAll(async () => {
    await Promise.all(started.map(({ close }) => close()));
  });

  return async (options) => {
    const running = await start(options);
    started.push(running);
    if (!options?.cold) await running.deployed.warm();
    return running.deployed;
  };
}

async function start(options: DeployedOptions = {}) {
  const { connectionSetUpMs, splitAt, accessTokenSeconds } = options;
  const superOffice = await startSuperOffice(
    connectionSetUpMs === undefined ? {} : { connectionSetUpMs },
  );
  options.prepare?.(superOffice);
  const given = await giveCredential(options.credential ?? 'ticket', superOffice, {
    ...(accessTokenSeconds !== undefined && { accessTokenSeconds }),
  });
  const { loginService, systemUserSecret } = given;
  const assembly = await synthesize({ ...given.context, ...options.context });
  const clockDirectory = mkdtempSync(join(tmpdir(), 'clock-'));
  const clockFile = join(clockDirectory, 'offset');
  const setClock = (offsetMs: number) => writeFileSync(clockFile, String(offsetMs));
  setClock(0);

  const logs: string[] = [];
  const batches: SettledBatch[] = [];
  const environment = {
    ...given.environment,
    ...(options.online
      ? { WEB_API_URL: '', TENANT_STATE_URL: superOffice.stateUrl }
      : { WEB_API_URL: superOffice.webApiUrl }),
    ...(!options.paced && { CALL_SPACING_MS: '1' }),
    ...(connectionSetUpMs !== undefined && { NODE_EXTRA_CA_CERTS: certificateFile }),
    CLOCK_FILE: clockFile,
    NODE_OPTIONS: `--import ${new URL('skewed-clock.mjs', import.meta.url)}`,
    ...options.environment,
  };
  const log = (line: string) => logs.push(line);
  const deployment = await deploy({
    assembly,
    ticketSecret: options.ticketSecret ?? given.ticketSecret,
    ...(systemUserSecret !== undefined && { systemUserSecret }),
    environment,
    logs: log,
    ...(splitAt && { splitAt }),
    onBatch: (batch) => batches.push(batch),
  });

  const client = deployment.createClient();
  const results: ReceivedResult[] = [];
  const bodies: string[] = [];
  const arrivals: { messageId: string; queueName: string }[] = [];
  const readers = deployment.resultQueueUrls.map((queueUrl) =>
    startResultReader({
      client,
      queueUrl,
      onResult(result, body) {
        bodies.push(body);
        results.push(result);
        arrivals.push({ messageId: result.eventMessageId, queueName: nameInUrl(queueUrl) });
      },
      onUnreadable: (body, reason) => bodies.push(`${reason}: ${body}`),
    }),
  );
  const cold: LambdaFunction[] = [];

  const deployed: Deployed = {
    deployment,
    assembly,
    superOffice,
    loginService,
    eventQueue: deployment.sqs.queue(nameInUrl(deployment.eventQueueUrl)),
    logs,
    batches,
    results,
    setClock,
    async send(events, groupId) {
      const answers = await sendEvents(
        client,
        deployment.eventQueueUrl,
        events.map((event) => ({
          body: textOf(event),
          groupId: groupId ?? groupOf(event),
          deduplicationId: randomUUID(),
        })),
      );
      return answers.map((answer) => (answer.taken ? answer.messageId : ''));
    },
    result: (messageId) =>
      until(`the result of ${messageId}`, () =>
        results.find(({ eventMessageId }) => eventMessageId === messageId),
      ),
    queuesOf: (messageId) =>
      arrivals
        .filter((arrival) => arrival.messageId === messageId)
        .map(({ queueName }) => queueName.replace(/^.*-(?=results)/, '')),
    callsOf: (chatSessionId) =>
      superOffice.calls
        .filter((call) => call.chatSessionId === chatSessionId)
        .map(({ route }) => route),
    transfersOf: (chatSessionId) =>
      superOffice.tenant.history
        .filter(({ sessionId, action }) => sessionId === chatSessionId && action === 'transfer')
        .map(({ target, applied }) => ({ target, applied })),
    linesOf: (messageId) =>
      logs
        .filter((line) => line.startsWith('{') && line.includes(`"${messageId}"`))
        .map((line) => JSON.parse(line)),
    rotate(associate) {
      const { secretsManager, ticketSecretArn } = deployment;
      secretsManager.put(ticketSecretArn, ticketSecretOf(superOffice, associate));
    },
    warm: async () => void (await deployment.routeChat.invoke({ Records: [] })),
    coldFunction(given = {}) {
      const stack = readStack(assembly);
      const values = templateValues(stack, deployment.sqs.queueUrl);
      const resource = functionByOutput(stack, values, 'FunctionName');
      const { sqs, secretsManager } = deployment;
      const made = startLambdaFunction({
        ...resource,
        timeoutSeconds: given.timeoutSeconds ?? resource.timeoutSeconds,
        environment: {
          ...resource.environment,
          AWS_ENDPOINT_URL_SQS: sqs.endpoint,
          AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.endpoint,
          ...environment,
          ...given.environment,
        },
        logs: log,
      });
      cold.push(made);
      return made;
    },
  };

  return {
    deployed,
    check: () =>
      complaintsAbout({ logs, bodies, results, batches, deployment, mayDie: options.mayDie }),
    async close() {
      await Promise.all([...readers, deployment, ...cold].map((running) => running.close()));
      client.destroy();
      await Promise.all([superOffice.close(), loginService?.close()]);
      rmSync(clockDirectory, { recursive: true });
    },
  };
}

export const textOf = (body: Body) => (typeof body === 'string' ? body : JSON.stringify(body));
export const groupOf = (body: Body) =>
  typeof body === 'string' ? 'no-chat' : String(body.chatSessionId);
