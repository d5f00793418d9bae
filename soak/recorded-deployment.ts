import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Deployment } from '../local/stack/deployment.ts';
import { giveSystemUser } from '../local/stack/stand-in-credential.ts';
import { synthesize } from '../local/stack/synthesize.ts';
import { nameInUrl } from '../local/stack/template-values.ts';
import { observedTenant } from '../promises/observed-tenant.ts';
import type { SessionState } from '../promises/run-record.ts';
import type { SettledBatch } from '../stand-ins/event-source-mapping/poller.ts';
import type { LoginServiceStandIn } from '../stand-ins/login-service/server.ts';
import type { FifoQueue } from '../stand-ins/sqs/fifo-queue.ts';
import type { SplitAt } from '../stand-ins/sqs/fifo-queue-options.ts';
import { createTenant } from '../stand-ins/superoffice/chat-sessions.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../stand-ins/superoffice/server.ts';
import { certificateFile } from '../stand-ins/superoffice/tls.ts';
import type { Recorder } from './recorder.ts';
import { comesBackSooner } from './sooner-visible.ts';

/** The stack and its SuperOffice, standing. */
export type RecordedDeployment = {
  deployment: Deployment;
  superOffice: SuperOfficeStandIn;
  loginService: LoginServiceStandIn;
  eventQueue: FifoQueue;
  resultQueue: FifoQueue;
  close(): Promise<void>;
};

/** So short that several end in any run. */
const accessTokenSeconds = 20;

const buildDirectory = fileURLToPath(new URL('../.build/', import.meta.url));

/** What the functions said, kept where a promise broke. */
export const logFileOf = (seed: number) => join(buildDirectory, `soak-${seed}.log`);

/** Stands up the stack as it would be deployed, over a tenant without any chats, and has it recorded. */
export async function startRecordedDeployment(options: {
  maxCallsPerSecond: number;
  connectionSetUpMs: number;
  seed: number;
  recorder: Recorder;
  /** Told of every call that reaches a chat. */
  onSessionCall: (state: SessionState) => void;
  splitAt: SplitAt;
  signal: AbortSignal;
}): Promise<RecordedDeployment> {
  const { maxCallsPerSecond, connectionSetUpMs, seed, recorder } = options;
  const { onSessionCall, splitAt, signal } = options;
  mkdirSync(buildDirectory, { recursive: true });
  const log = createWriteStream(logFileOf(seed));
  const tenant = observedTenant(createTenant({ now: Date.now, seed: [] }), (state) => {
    recorder.sessionStates.push(state);
    onSessionCall(state);
  });
  const isOverTls = connectionSetUpMs > 0;
  const superOffice = await startSuperOffice({
    tenant,
    ...(isOverTls && { connectionSetUpMs }),
  });
  const given = await giveSystemUser(superOffice, { accessTokenSeconds });
  const { loginService } = given;
  let deployment: Deployment | undefined;
  let comeBack: ((batch: SettledBatch) => void) | undefined;
  const close = async () => {
    await deployment?.close();
    await superOffice.close();
    await loginService.close();
    await new Promise<void>((resolve) => {
      log.end(resolve);
    });
  };

  try {
    const context = {
      ...given.context,
      maxCallsPerSecond: String(maxCallsPerSecond),
    };
    const [assembly, { deploy }] = await Promise.all([
      synthesize(context, { signal }),
      import('../local/stack/deployment.ts'),
    ]);
    const standing = await deploy({
      assembly,
      ticketSecret: given.ticketSecret,
      systemUserSecret: given.systemUserSecret,
      environment: {
        ...given.environment,
        ...(isOverTls && { NODE_EXTRA_CA_CERTS: certificateFile }),
      },
      logs(line) {
        log.write(`${line}\n`);
        recorder.line(line);
      },
      splitAt,
      onBatch(batch) {
        recorder.batch(batch);
        comeBack?.(batch);
      },
    });
    deployment = standing;
    const eventQueue = standing.sqs.queue(nameInUrl(standing.eventQueueUrl));
    comeBack = comesBackSooner(eventQueue);
    return {
      deployment: standing,
      superOffice,
      loginService,
      eventQueue,
      resultQueue: standing.sqs.queue(nameInUrl(standing.resultQueueUrl)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
