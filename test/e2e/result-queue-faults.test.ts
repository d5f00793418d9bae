import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { SqsFault, SqsFaultCall } from '../../stand-ins/sqs/faults.ts';
import { inOneBatch } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';

let nextChat = 7000;

describe('a result that cannot be sent', () => {
  const start = deployments();
  let stack: Deployed;
  let sends = 0;

  beforeAll(async () => {
    stack = await start();
  });

  afterEach(() => {
    stack.deployment.sqs.setFault(undefined);
    stack.superOffice.setFault(undefined);
  });

  /** A fault for the sends of results; `nth` counts them from when it is set. */
  function failSends(plan: (nth: number, call: SqsFaultCall) => SqsFault | undefined) {
    sends = 0;
    stack.deployment.sqs.setFault((call) => {
      if (call.action !== 'SendMessageBatch' || !call.queueName.includes('esult')) return undefined;
      sends += 1;
      return plan(sends, call);
    });
  }

  const chat = (more: object = {}) => {
    const chatSessionId = stack.superOffice.tenant.addSession({ chatSessionId: ++nextChat });
    return { chatSessionId, toAssociate: 'ann', ...more };
  };

  const throttled = { kind: 'error', status: 403, code: 'RequestThrottled' } as const;
  const down = { kind: 'error', status: 500, code: 'InternalFailure' } as const;

  it.each<[string, SqsFault]>([
    ['throttled', throttled],
    ['failed', down],
    ['reset', { kind: 'reset' }],
    ['applied, its answer lost', { kind: 'lose-answer' }],
  ])('is sent again at once where the send %s', async (_, fault) => {
    const event = chat();
    failSends((nth) => (nth === 1 ? fault : undefined));

    const { ids, left } = await inOneBatch(stack, [event]);

    expect(left).toEqual([]);
    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 1,
    });
    expect(sends).toBe(2);
  });

  it.each<[string, SqsFault]>([
    ['throttled', throttled],
    ['failed', down],
    ['applied, its answer lost', { kind: 'lose-answer' }],
  ])(
    'is sent until SQS takes it, and nothing else is tried again: four sends %s',
    async (_, fault) => {
      const event = chat();
      failSends((nth) => (nth <= 4 ? fault : undefined));

      const { ids, left } = await inOneBatch(stack, [event]);

      expect(left).toEqual([]);
      expect(await stack.result(ids[0])).toMatchObject({ outcome: 'transfer-pending' });
      expect(stack.callsOf(event.chatSessionId)).toEqual(['transfer']);
    },
  );

  it('is sent again where its entry failed, and those that SQS took beside it are not', async () => {
    const events = [chat(), chat(), chat({ source: 'unlucky' }), chat()];
    const sent: string[] = [];
    let failures = 0;
    failSends((_, { entries = [] }) => {
      const bodies = new Map(entries.map((entry) => [entry.Id, JSON.stringify(entry)]));
      const isUnlucky = (id: string) =>
        failures < 4 && bodies.get(id)?.includes('unlucky') === true;
      return {
        kind: 'fail-entries',
        failEntries(id) {
          sent.push(bodies.get(id) ?? '');
          if (!isUnlucky(id)) return undefined;
          failures += 1;
          return { code: 'InternalError', senderFault: false };
        },
      };
    });

    const { ids, left } = await inOneBatch(stack, events);

    expect(left).toEqual([]);
    for (const [index, id] of ids.entries()) {
      expect(await stack.result(id)).toMatchObject({ outcome: 'transfer-pending' });
      expect(sent.filter((entry) => entry.includes(id))).toHaveLength(index === 2 ? 5 : 1);
    }
    for (const { chatSessionId } of events) {
      expect(stack.callsOf(chatSessionId)).toEqual(['transfer']);
    }
  });

  it('is sent without its free text where SQS blames the entry, and nothing is tried again', async () => {
    const event = chat({ source: 'a source', reason: 'a reason', surprise: 1 });
    failSends((nth) =>
      nth > 1
        ? undefined
        : {
            kind: 'fail-entries',
            failEntries: () => ({ code: 'InvalidMessageContents', senderFault: true }),
          },
    );

    const { ids, left } = await inOneBatch(stack, [event]);

    expect(left).toEqual([]);
    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'transfer-pending',
      source: null,
      reason: null,
      ignoredFields: [],
    });
    expect(stack.callsOf(event.chatSessionId)).toEqual(['transfer']);
  });

  it.each([...Array(8).keys()])('mixed batches: any subset fails (%i)', async (subset) => {
    const events = [chat(), chat(), chat()];
    const failing = events.filter((_, index) => subset & (1 << index));
    const down503 = new Set(failing.map(({ chatSessionId }) => chatSessionId));
    stack.superOffice.setFault(({ route, chatSessionId = 0 }) =>
      route === 'transfer' && down503.delete(chatSessionId)
        ? { kind: 'status', status: 503 }
        : undefined,
    );

    const { ids, left } = await inOneBatch(stack, events);

    expect(left).toEqual(ids.filter((_, index) => subset & (1 << index)));
  });

  it('carries what SQS does not as replacement characters', async () => {
    const event = chat({ source: 'a\u0000b\ufffe', reason: 'c\ud800d\uffff', '\u0001': 1 });

    const { ids } = await inOneBatch(stack, [event]);

    expect(await stack.result(ids[0])).toMatchObject({
      outcome: 'transfer-pending',
      source: 'a\ufffdb\ufffd',
      reason: 'c\ufffdd\ufffd',
      ignoredFields: ['\ufffd'],
    });
  });

  it('fits, beside nine others, whatever events hold', async () => {
    const long = { source: '𝒜'.repeat(256), reason: '"\u0001'.repeat(512) };
    const fields = Object.fromEntries([...Array(20).keys()].map((n) => [`𝒜`.repeat(90) + n, 1]));
    const events = [...Array(10).keys()].map(() => chat({ ...long, ...fields }));

    const { ids, left } = await inOneBatch(stack, events);

    expect(left).toEqual([]);
    for (const id of ids) {
      expect(await stack.result(id)).toMatchObject({ outcome: 'transfer-pending' });
    }
  });

  it('fits, whatever names SuperOffice gives its associates', async () => {
    const event = chat();
    const User = { AssociateId: 7, Name: 'x'.repeat(450_000) };
    const session = { ChatSessionId: event.chatSessionId, Status: 'y'.repeat(450_000), User };
    const principal = { AssociateId: 7, Associate: 'x'.repeat(900_000) };
    stack.superOffice.setFault(({ route }) => ({
      kind: 'status',
      status: 200,
      body: { text: JSON.stringify(route === 'principal' ? principal : session) },
    }));

    const { ids, left } = await inOneBatch(stack, [event]);

    expect(left).toEqual([]);
    expect(await stack.result(ids[0])).toMatchObject({ outcome: 'not-applied', cause: 'unclear' });
  });
});
