import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { SQSBatchResponse } from 'aws-lambda';
import { createReport } from '../../runtime/report.ts';
import { createSuperOffice } from '../../superoffice/client.ts';
import type { Clock } from '../../superoffice/clock.ts';
import { fixedCredential } from '../../superoffice/credential-source.ts';
import { fixedTenant } from '../../superoffice/tenant-address.ts';
import { createQueues, createSqsClient, type QueueUrls } from './queues.ts';
import { createRouteChat } from './route-chat.ts';

/**
 * Takes one made-up event all the way to its result, so that V8 has compiled what the first real one
 * needs. All of it is the function's own but what it asks, says, counts and sends, which goes nowhere,
 * and what it remembers, which is dropped.
 * @param queueUrls the deployment's, or the SDK would write a warning; nothing is sent there
 */
export async function warmUp(queueUrls: QueueUrls, clock: Clock): Promise<SQSBatchResponse> {
  // What has been asked over the network is on its way first: this takes the time until it answers.
  await setImmediate();
  const routeChat = createRouteChat(
    {
      superOffice: createSuperOffice({
        credentials: fixedCredential({ authorization: '', appToken: undefined }),
        tenantAddress: fixedTenant(nowhere),
        callSpacingMs: 0,
        callTimeoutMs: timeToLiveMs,
        longestPauseMs: 0,
        clock,
        async exchange({ onSent }) {
          onSent?.();
          return { kind: 'response', status: 200, headers: {}, body: JSON.stringify(session) };
        },
      }),
      queues: createQueues(queueUrls, createSqsClient({ requestHandler: sqsThatTakesAll })),
      report: createReport({ service: '', namespace: '', now: clock.now, write() {} }),
      clock,
    },
    { timeToLiveMs, roleId: '' },
  );
  const now = clock.now();
  return await routeChat([recordOf(String(now))], now + timeToLiveMs);
}

const timeToLiveMs = 60_000;
const nowhere = 'https://localhost/nowhere';

const sqsThatTakesAll = {
  metadata: { handlerProtocol: 'http/1.1' },
  handle: async () => {
    const body = Readable.from([Buffer.from('{"Successful":[],"Failed":[]}')]);
    return { response: { statusCode: 200, headers: {}, body } };
  },
};

const recordOf = (now: string) => ({
  messageId: 'warm-up',
  receiptHandle: 'warm-up',
  body: '{"chatSessionId":1,"toAssociate":1,"requestId":"warm-up","expiresInSeconds":60,"source":"warm-up"}',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: now,
    ApproximateFirstReceiveTimestamp: now,
    SenderId: '',
    MessageGroupId: '1',
    SequenceNumber: '1',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});

/** As SuperOffice shows a session whose transfer is pending. */
const session = {
  ChatSessionId: 1,
  TopicId: 1,
  Status: 'CustomerLast',
  User: { AssociateId: 2, EjUserId: 2, Name: 'b', UserName: 'b' },
  TransferTo: { AssociateId: 1, EjUserId: 1, Name: 'a', UserName: 'a' },
  ChatbotIsActive: false,
  WhenRequested: '2026-01-01T00:00:00Z',
  WhenStarted: '2026-01-01T00:00:00Z',
  WhenEnded: '0001-01-01T00:00:00Z',
  WhenIdle: '2026-01-01T00:00:00Z',
};
