import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toConclusion } from '../../functions/route-chat/decide.ts';
import { createQueues, type Queues } from '../../functions/route-chat/queues.ts';
import { toResult } from '../../functions/route-chat/result-message.ts';
import { createSecretReader } from '../../runtime/secret-reader.ts';
import { routeRequest } from '../support/events.ts';

/** What the function's reserve is made for, and some for a busy machine. */
const boundMs = 6_000;

describe('an answer of AWS that stalls in the middle', () => {
  let server: Server;
  let queues: Queues;
  let readSecret: ReturnType<typeof createSecretReader>;
  const before = { ...process.env };

  beforeAll(async () => {
    // The head and a byte at once; of the rest, nothing ever.
    server = createServer((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': 99,
      });
      response.write('{');
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      AWS_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_SQS: endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
    });
    const queueUrl = `${endpoint}/000000000000/queue.fifo`;
    queues = createQueues({ eventQueueUrl: queueUrl, resultQueueUrl: queueUrl });
    readSecret = createSecretReader(
      'arn:aws:secretsmanager:eu-north-1:000000000000:secret:t-a1b2c3',
    );
  });

  afterAll(() => {
    process.env = before;
    server.closeAllConnections();
    server.close();
  });

  it('is given up within the time that is kept back for it, whatever was asked', async () => {
    const event = routeRequest();
    const result = toResult(event, toConclusion({ outcome: 'expired' }), 0);
    const startedAt = performance.now();

    const ends = await Promise.allSettled([
      queues.sendResults([{ result, messageGroupId: '648' }]),
      queues.deleteEvents([event]),
      queues.changeVisibility([{ event, seconds: 1 }], 60_000),
      readSecret(),
    ]);

    expect(ends.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect(performance.now() - startedAt).toBeLessThan(boundMs);
  }, 15_000);
});
