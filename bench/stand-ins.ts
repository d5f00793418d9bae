import { callSpacingMs, defaultMaxCallsPerSecond } from '../lib/limits.ts';
import { runtimeEnvironment } from '../stand-ins/lambda/runtime-environment.ts';
import { startSecretsManager } from '../stand-ins/secrets-manager.ts';
import { type SqsStandIn, startSqs } from '../stand-ins/sqs/server.ts';
import { appToken } from '../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../stand-ins/superoffice/chat-sessions.ts';
import type { SuperOfficeFaultPlan } from '../stand-ins/superoffice/faults.ts';
import { type SuperOfficeStandIn, startSuperOffice } from '../stand-ins/superoffice/server.ts';
import { certificateFile } from '../stand-ins/superoffice/tls.ts';
import type { Contestant } from './contestants.ts';
import { firstChat, lastChat } from './events.ts';
import { openRpcDoor } from './rpc-door.ts';
import { startTlsFront, type TlsFront } from './tls-front.ts';

export const eventQueue = 'events.fifo';
export const resultQueue = 'results.fifo';
const roleId = 'AROABENCH';
const ticketSecret = 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:Ticket-a1B2c3';

/** Stand-ins of its own for one contestant, and the environment that leads to them. */
export type StandIns = {
  sqs: SqsStandIn;
  superOffice: SuperOfficeStandIn;
  environment: Record<string, string>;
  close(): Promise<void>;
};

export type StandInOptions = {
  /** How long SuperOffice takes for an answer. */
  delayMs?: number;
  fault?: SuperOfficeFaultPlan;
  memoryMegabytes?: number;
  /** All three are called over TLS, as far away as they are from Lambda. */
  isRemote?: boolean;
};

/** Milliseconds one way: to a data centre some hundreds of kilometres away; within a region. */
const superOfficeWayMs = 15;
const awsWayMs = 1.25;

export async function startStandIns(
  contestant: Contestant,
  { delayMs = 0, fault, memoryMegabytes = 256, isRemote = false }: StandInOptions = {},
): Promise<StandIns> {
  const tenant = createTenant({ now: Date.now, seed: [] });
  for (let id = firstChat; id <= lastChat; id += 1) tenant.addSession({ chatSessionId: id });
  const superOffice = await startSuperOffice({ tenant, delayMs, ...(fault && { fault }) });
  const sqs = await startSqs({
    queues: [eventQueue, resultQueue].map((name) => ({
      name,
      visibilityTimeoutSeconds: 90,
      contentBasedDeduplication: true,
    })),
  });
  const ticket = tenant.issueTicket('router');
  const secretsManager = await startSecretsManager({
    secrets: { [ticketSecret]: JSON.stringify({ ticket, appToken }) },
  });
  const door =
    contestant.name === 'official-client' ? await openRpcDoor(superOffice.webApiUrl) : undefined;
  const fronts: TlsFront[] = [];
  /** The address that leads there from where the sandbox is. */
  const addressOf = async (address: string, oneWayMs: number) => {
    if (!isRemote) return address;
    const { origin } = new URL(address);
    const front = await startTlsFront(origin, oneWayMs);
    fronts.push(front);
    return address.replace(origin, front.origin);
  };
  const sqsEndpoint = await addressOf(sqs.endpoint, awsWayMs);
  const webApiUrl = await addressOf((door ?? superOffice).webApiUrl, superOfficeWayMs);
  // Where a tenant is called by another name than its own, it answers 421.
  if (!door) superOffice.state.Api = webApiUrl;
  const queueUrl = (name: string) => sqs.queueUrl(name).replace(sqs.endpoint, sqsEndpoint);
  return {
    sqs,
    superOffice,
    environment: {
      ...runtimeEnvironment({ functionName: 'bench', memoryMegabytes, roleId }),
      AWS_ENDPOINT_URL_SQS: sqsEndpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: await addressOf(secretsManager.endpoint, awsWayMs),
      EVENT_QUEUE_URL: queueUrl(eventQueue),
      RESULT_QUEUE_URL: queueUrl(resultQueue),
      TICKET_SECRET_ARN: ticketSecret,
      WEB_API_URL: webApiUrl,
      EVENT_TIME_TO_LIVE_SECONDS: '300',
      ROLE_ID: roleId,
      CALL_SPACING_MS: String(callSpacingMs(defaultMaxCallsPerSecond)),
      POWERTOOLS_SERVICE_NAME: 'bench',
      POWERTOOLS_METRICS_NAMESPACE: 'RouteChat',
      ...(isRemote && { NODE_EXTRA_CA_CERTS: certificateFile }),
      ...contestant.environment,
    },
    async close() {
      await Promise.all(fronts.map((front) => front.close()));
      await door?.close();
      await Promise.all([superOffice.close(), sqs.close(), secretsManager.close()]);
    },
  };
}
