import { describe, expect, it } from '@jest/globals';
import { always } from '../../stand-ins/superoffice/faults.ts';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const chat = 640;
const wish = (expiresInSeconds: number) => ({
  chatSessionId: chat,
  toAssociate: 'ann',
  expiresInSeconds,
});
const throttled = { kind: 'status', status: 429 } as const;

describe('an event whose time ends', () => {
  const start = deployments();

  it.concurrent('is not called expired before', async () => {
    const stack = await start();
    stack.superOffice.setFault(always(throttled));

    const sentAt = Date.now();
    const [id] = await stack.send([wish(2)]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'expired',
      error: { code: 'throttled' },
    });
    expect(Date.now()).toBeGreaterThanOrEqual(sentAt + 2000);
  });

  it.concurrent('is not applied after it was called expired, though SQS lost the answer to that and SuperOffice is well again', async () => {
    const stack = await start();
    stack.superOffice.setFault(always(throttled));
    let batchThatTells: number | undefined;
    stack.deployment.sqs.setFault(({ action, entries }) => {
      if (action !== 'SendMessageBatch' || !JSON.stringify(entries).includes('expired')) return;
      batchThatTells ??= stack.batches.length;
      return { kind: 'lose-answer' };
    });
    const [id = ''] = await stack.send([wish(2)]);
    const told = await until('the batch that tells it', () =>
      batchThatTells === undefined ? undefined : stack.batches[batchThatTells],
    );
    expect(told.left).toEqual([id]);

    stack.superOffice.setFault(undefined);
    stack.deployment.sqs.setFault(undefined);
    await until('the end of it', () => stack.eventQueue.messages().length === 0);

    expect(await stack.result(id)).toMatchObject({ outcome: 'expired' });
    expect(stack.transfersOf(chat)).toEqual([]);
  });

  it.concurrent('has no transfer started after that, where SuperOffice takes its time to connect', async () => {
    const connectionSetUpMs = 1000;
    const stack = await start({ connectionSetUpMs });

    const deadline = performance.now() + 1000;
    const [id] = await stack.send([wish(1)]);

    await stack.result(id);
    await until('the end of it', () => stack.eventQueue.messages().length === 0);
    const arrivals = stack.superOffice.calls
      .filter(({ route }) => route === 'transfer')
      .map(({ at }) => at - deadline);
    // One that started in time arrives once its connection stands.
    expect(Math.max(...arrivals)).toBeLessThan(connectionSetUpMs + 500);
  });
});
