import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { warmUp } from '../../../../functions/route-chat/warm-up.ts';
import { close, listen } from '../../../../stand-ins/http-server.ts';
import { systemClock } from '../../../../superoffice/clock.ts';

describe('warmUp', () => {
  const environment = { ...process.env };
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.end();
  });
  let queueUrls: { eventQueueUrl: string; resultQueueUrl: string };

  beforeAll(async () => {
    const origin = await listen(server);
    queueUrls = { eventQueueUrl: `${origin}/1/events.fifo`, resultQueueUrl: `${origin}/1/r.fifo` };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SQS: origin,
      AWS_REGION: 'eu-north-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });
  afterAll(async () => {
    process.env = environment;
    await close(server);
  });

  it('takes its event to the result that SQS would get, and sends nothing anywhere', async () => {
    expect(await warmUp(queueUrls, systemClock)).toEqual({ batchItemFailures: [] });
    expect(requests).toBe(0);
  });

  it('has the transfer answered as one that is pending', async () => {
    const parsed = jest.spyOn(JSON, 'stringify');

    await warmUp(queueUrls, systemClock);

    const results = parsed.mock.calls.map(([value]) => value).filter((value) => value?.version);
    expect(results).toMatchObject([{ outcome: 'transfer-pending', chatSessionId: 1 }]);
    parsed.mockRestore();
  });

  it('says nothing, and counts nothing', async () => {
    const said = [
      jest.spyOn(process.stdout, 'write').mockReturnValue(true),
      jest.spyOn(process.stderr, 'write').mockReturnValue(true),
      ...(['log', 'info', 'warn', 'error'] as const).map((method) =>
        jest.spyOn(console, method).mockImplementation(() => undefined),
      ),
    ];

    await warmUp(queueUrls, systemClock);

    const lines = said.flatMap(({ mock }) => mock.calls);
    for (const spy of said) spy.mockRestore();
    expect(lines).toEqual([]);
  });
});
