import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SqsFault } from '../../stand-ins/sqs/faults.ts';
import { inOneBatch, invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

let nextChat = 7500;

describe('result queues of sources', () => {
  const start = deployments();
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start({ context: { resultQueues: 'rebalancing,vip-2' } });
  });

  afterEach(() => stack.deployment.sqs.setFault(undefined));

  const chat = (source?: unknown) => {
    const chatSessionId = stack.superOffice.tenant.addSession({ chatSessionId: ++nextChat });
    return { chatSessionId, toAssociate: 'ann', ...(source !== undefined && { source }) };
  };

  /** A fault for the sends of results to one queue; `nth` counts them from when it is set. */
  function failSendsTo(queue: string, plan: (nth: number) => SqsFault | undefined) {
    let sends = 0;
    stack.deployment.sqs.setFault(({ action, queueName }) =>
      action === 'SendMessageBatch' && queueName.endsWith(queue) ? plan(++sends) : undefined,
    );
    return () => sends;
  }

  const denied = { kind: 'error', status: 403, code: 'AccessDenied' } as const;

  it('get what belongs to their source, out of one batch', async () => {
    const cases = [
      ['rebalancing', 'results-rebalancing.fifo'],
      ['rebalancing:night', 'results-rebalancing.fifo'],
      ['vip-2', 'results-vip-2.fifo'],
      ['escalation', 'results.fifo'],
      ['Rebalancing', 'results.fifo'],
      ['constructor', 'results.fifo'],
      ['', 'results.fifo'],
      [undefined, 'results.fifo'],
      // Not valid as a source: what it says cannot be read.
      [['rebalancing'], 'results.fifo'],
    ] as const;

    const { ids, left } = await inOneBatch(
      stack,
      cases.map(([source]) => chat(source)),
    );

    expect(left).toEqual([]);
    for (const [index, [source, queue]] of cases.entries()) {
      await stack.result(ids[index]);
      expect([source, stack.queuesOf(ids[index])]).toEqual([source, [queue]]);
    }
  });

  it('get the faults of their own events, as long as the source can be read', async () => {
    const { ids } = await inOneBatch(stack, [
      { chatSessionId: 1, source: 'rebalancing:1' },
      '{"source":"rebalancing"',
    ]);

    expect(await stack.result(ids[0])).toMatchObject({ outcome: 'invalid-event' });
    expect(await stack.result(ids[1])).toMatchObject({ outcome: 'invalid-event' });
    expect(ids.map(stack.queuesOf)).toEqual([['results-rebalancing.fifo'], ['results.fifo']]);
  });

  it.each<[string, SqsFault]>([
    ['hangs', { kind: 'hang' }],
    ['is denied', denied],
  ])(
    'hold up no other result where one %s, and bring back its own event alone',
    async (_, fault) => {
      const events = [chat('rebalancing'), chat('vip-2'), chat('escalation')];
      failSendsTo('-rebalancing.fifo', () => fault);
      const messages = receiveByHand(stack, events);
      const [own, ...others] = messages.map(({ messageId }) => messageId);
      let isOver = false;

      const invoked = invokeByHand(stack, messages).finally(() => {
        isOver = true;
      });
      for (const id of others) await stack.result(id);

      expect(isOver).toBe(false);
      expect(await invoked).toEqual([own]);
      stack.deployment.sqs.setFault(undefined);
      expect(await stack.result(own)).toMatchObject({ outcome: 'transfer-pending' });
      expect(stack.queuesOf(own)).toEqual(['results-rebalancing.fifo']);
      for (const { chatSessionId } of events) {
        expect(stack.callsOf(chatSessionId)).toEqual(['transfer']);
      }
    },
  );

  it('get a result once where the answer to its send was lost', async () => {
    const sends = failSendsTo('-rebalancing.fifo', (nth) =>
      nth <= 2 ? { kind: 'lose-answer' } : undefined,
    );

    const { ids, left } = await inOneBatch(stack, [chat('rebalancing'), chat('vip-2')]);

    expect(left).toEqual([]);
    await stack.result(ids[0]);
    expect(sends()).toBe(3);
    // A second result would be ahead of this one.
    const { ids: later } = await inOneBatch(stack, [chat('rebalancing')]);
    await stack.result(later[0]);
    expect(ids.map(stack.queuesOf)).toEqual([['results-rebalancing.fifo'], ['results-vip-2.fifo']]);
  });

  it('get what SQS blames without its source, where it belongs', async () => {
    failSendsTo('-rebalancing.fifo', (nth) =>
      nth > 1
        ? undefined
        : {
            kind: 'fail-entries',
            failEntries: () => ({ code: 'InvalidMessageContents', senderFault: true }),
          },
    );

    const { ids, left } = await inOneBatch(stack, [chat('rebalancing')]);

    expect(left).toEqual([]);
    expect(await stack.result(ids[0])).toMatchObject({ source: null });
    expect(stack.queuesOf(ids[0])).toEqual(['results-rebalancing.fifo']);
  });

  it('get what became of a superseded wish of their source, and the newer one’s source its own', async () => {
    const older = chat('rebalancing');
    const newer = { ...older, toAssociate: 'ben', source: 'escalation' };

    const { ids } = await inOneBatch(stack, [older, newer]);

    expect(await stack.result(ids[0])).toMatchObject({ outcome: 'superseded' });
    expect(await stack.result(ids[1])).toMatchObject({ outcome: 'transfer-pending' });
    expect(ids.map(stack.queuesOf)).toEqual([['results-rebalancing.fifo'], ['results.fifo']]);
  });

  it('say in the log which of them it was', async () => {
    failSendsTo('-rebalancing.fifo', (nth) => (nth === 1 ? denied : undefined));

    const { ids } = await inOneBatch(stack, [chat('rebalancing:somebody')]);

    await stack.result(ids[0]);
    const lines = await until('the line', () =>
      stack.logs.filter((line) => line.includes('results were not sent')),
    );
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ resultQueueOf: 'rebalancing' });
  });
});
