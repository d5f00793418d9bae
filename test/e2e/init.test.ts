import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deployments } from '../support/deployed.ts';

/** Well above the two seconds that init has, and well below what hangs without that bound: ten. */
const patienceMs = 6_000;

describe('the init of a sandbox', () => {
  const start = deployments();
  /** Takes every connection and says nothing on it. */
  const mute: Server = createServer(() => undefined);
  let mutePort = 0;

  beforeAll(async () => {
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    mutePort = (mute.address() as { port: number }).port;
  });
  afterAll(() => void mute.close());

  it('ends in time where SuperOffice, SQS and Secrets Manager all hang', async () => {
    const stack = await start({ cold: true });
    const { sqs, secretsManager } = stack.deployment;
    sqs.setFault(({ action }) => (action === 'GetQueueAttributes' ? { kind: 'hang' } : undefined));
    secretsManager.setFault(() => ({ kind: 'hang' }));
    const fn = stack.coldFunction({
      environment: { WEB_API_URL: `https://127.0.0.1:${mutePort}/api` },
    });

    const startedAt = performance.now();
    expect(await fn.invoke({ Records: [] })).toEqual({ batchItemFailures: [] });

    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
  });

  it('does not fail where all three do', async () => {
    const stack = await start({ cold: true });
    const { sqs, secretsManager } = stack.deployment;
    sqs.setFault(({ action }) =>
      action === 'GetQueueAttributes'
        ? { kind: 'error', status: 403, code: 'AccessDenied' }
        : undefined,
    );
    secretsManager.setFault(() => ({ kind: 'error', type: 'AccessDeniedException' }));
    const fn = stack.coldFunction({ environment: { WEB_API_URL: 'http://127.0.0.1:1/api' } });

    expect(await fn.invoke({ Records: [] })).toEqual({ batchItemFailures: [] });
  });

  it('calls nothing of SuperOffice, and leaves no line in the log', async () => {
    const stack = await start();

    expect(stack.superOffice.calls).toEqual([]);
    expect(stack.logs).toEqual([]);
  });
});
