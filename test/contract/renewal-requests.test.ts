import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRenewalRequests } from '../../functions/route-chat/renewal-requests.ts';
import { readRenewalRequest } from '../../runtime/renewal-request.ts';
import { type SqsStandIn, startSqs } from '../../stand-ins/sqs/server.ts';
import { fakeReport } from '../support/fake-report.ts';

const before = { ...process.env };
let sqs: SqsStandIn;

beforeAll(async () => {
  sqs = await startSqs({
    queues: [
      {
        name: 'renewals.fifo',
        visibilityTimeoutSeconds: 45,
        contentBasedDeduplication: false,
        retentionSeconds: 3_600,
      },
    ],
  });
  Object.assign(process.env, {
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  });
});
afterAll(async () => {
  process.env = before;
  await sqs.close();
});

function setUp() {
  const report = fakeReport();
  const ask = createRenewalRequests(sqs.queueUrl('renewals.fifo'), report);
  const asked = () =>
    sqs
      .queue('renewals.fifo')
      .messages()
      .map(({ body }) => readRenewalRequest(body));
  return { ask, asked, report };
}

describe('createRenewalRequests', () => {
  it('asks once for each version that was refused, whoever asks', async () => {
    const [one, other] = [setUp(), setUp()];

    await Promise.all([one.ask('v1'), other.ask('v1'), one.ask('v2'), other.ask('v1')]);

    expect(one.asked()).toHaveLength(2);
    expect(new Set(one.asked())).toEqual(new Set(['v1', 'v2']));
    expect([...one.report.problems, ...other.report.problems]).toEqual([]);
  });

  it('says that it could not ask, and lets the events go on', async () => {
    const { ask, report } = setUp();
    sqs.setFault(() => ({ kind: 'error', status: 403, code: 'AccessDenied' }));

    await ask('v3');

    expect(report.problems).toEqual([
      'another credential could not be asked for {"error":"AccessDenied"}',
    ]);
  });
});
