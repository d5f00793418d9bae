import { beforeAll, describe, expect, it } from '@jest/globals';
import { nameInUrl } from '../../local/stack/template-values.ts';
import type { SuperOfficeFaultPlan } from '../../stand-ins/superoffice/faults.ts';
import { invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { type Body, type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const hang = { kind: 'hang' } as const;
let nextChat = 9000;

describe('when the function dies', () => {
  const start = deployments();
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start({ mayDie: true });
  });

  const wish = (chatSessionId: number, toAssociate = 'ann') => ({ chatSessionId, toAssociate });
  const chat = () => stack.superOffice.tenant.addSession({ chatSessionId: ++nextChat });
  const die = () => {
    stack.superOffice.setFault(undefined);
    stack.deployment.sqs.setFault(undefined);
    stack.deployment.secretsManager.setFault(undefined);
    stack.deployment.routeChat.killOne();
  };

  /** Dies at the first call of that kind; `applied` says whether the call takes effect. */
  const dieAtCall =
    (route: string, applied: boolean): SuperOfficeFaultPlan =>
    (request) => {
      if (request.route !== route) return undefined;
      // Once SuperOffice has done what it was asked.
      setImmediate(die);
      return applied ? { kind: 'apply-then', fault: hang } : hang;
    };
  const dieAtSend = (applied: boolean) => {
    stack.deployment.sqs.setFault(({ action }) => {
      if (action !== 'SendMessageBatch') return undefined;
      setImmediate(die);
      return applied ? { kind: 'lose-answer' } : hang;
    });
  };

  /** One batch that dies; then the visibility timeout of what it left is over. */
  async function batchThatDies(events: Body[]) {
    const messages = receiveByHand(stack, events);
    await expect(invokeByHand(stack, messages)).rejects.toMatchObject({
      errorType: 'Runtime.ExitError',
    });
    const left = stack.eventQueue.messages().map(({ messageId }) => messageId);
    for (const { messageId, receiptHandle } of messages) {
      if (left.includes(messageId)) stack.eventQueue.changeVisibility(receiptHandle, 0);
    }
    return messages.map(({ messageId }) => messageId);
  }

  /** One event whose every receive ends nowhere, until SQS makes a dead letter of it. */
  function asOftenAsSqsAllows(events: Body[]) {
    const [message] = receiveByHand(stack, events);
    const { messageId = '', receiptHandle = '' } = message ?? {};
    stack.eventQueue.changeVisibility(receiptHandle, 0);
    const isLeft = () => stack.eventQueue.messages().some((left) => left.messageId === messageId);
    while (isLeft()) stack.eventQueue.receive({ max: 10, visibilityTimeoutSeconds: 0 });
    const { sqs, deadLetterQueueUrl } = stack.deployment;
    return { messageId, deadLetterQueue: sqs.queue(nameInUrl(deadLetterQueueUrl)) };
  }

  it.each<[string, () => void, string[]]>([
    [
      'before the call, at cold start',
      () => {
        stack.deployment.routeChat.killOne();
        stack.deployment.secretsManager.setFault(() => {
          setImmediate(die);
          return hang;
        });
      },
      ['session', 'transfer'],
    ],
    [
      'in the call, not applied',
      () => stack.superOffice.setFault(dieAtCall('transfer', false)),
      ['transfer', 'session', 'transfer'],
    ],
    [
      'in the call, applied',
      () => stack.superOffice.setFault(dieAtCall('transfer', true)),
      ['transfer', 'session'],
    ],
    ['before its result is sent', () => dieAtSend(false), ['transfer', 'session']],
    ['after its result was sent', () => dieAtSend(true), ['transfer', 'session']],
  ])('%s: the event has its one result, and one transfer', async (_, prepare, calls) => {
    const id = chat();
    prepare();

    const [messageId] = await batchThatDies([wish(id)]);

    expect(await stack.result(messageId)).toMatchObject({ outcome: 'transfer-pending' });
    await until('the end of it', () => stack.eventQueue.messages().length === 0);
    expect(stack.callsOf(id)).toEqual(calls);
    expect(stack.transfersOf(id)).toEqual([{ target: 'ann', applied: true }]);
  });

  it('in the call, and no word can be had of it afterwards: unknown, never expired', async () => {
    const id = chat();
    stack.superOffice.setFault((request) => {
      setImmediate(() => {
        die();
        stack.superOffice.setFault(() => ({ kind: 'status', status: 429 }));
      });
      return request.route === 'transfer' ? { kind: 'apply-then', fault: hang } : undefined;
    });

    const [messageId] = await batchThatDies([{ ...wish(id), expiresInSeconds: 3 }]);

    expect(await stack.result(messageId)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'throttled' },
    });
    expect(stack.transfersOf(id)).toEqual([{ target: 'ann', applied: true }]);
    stack.superOffice.setFault(undefined);
  });

  it('after its result was sent, the result is sent again and arrives once', async () => {
    const id = chat();
    dieAtSend(true);
    const sendsBefore = Number(stack.deployment.sqs.calls.SendMessageBatch);

    const [messageId] = await batchThatDies([wish(id)]);
    const [later] = await stack.send([wish(id, 'ben')]);

    // The later one has its result behind the repeated one, in the same message group.
    await stack.result(later);
    expect(stack.results.filter((each) => each.eventMessageId === messageId)).toHaveLength(1);
    // Twice the one, once the other; and one send of the test's own.
    expect(Number(stack.deployment.sqs.calls.SendMessageBatch) - sendsBefore).toBe(4);
  });

  it('with a batch half done: what was told stays told, the rest is tried', async () => {
    const [done, dying] = [chat(), chat()];
    stack.superOffice.setFault((request) =>
      request.chatSessionId === dying ? { kind: 'delay', delayMs: 300, next: hang } : undefined,
    );
    stack.deployment.sqs.setFault(({ action, queueName }) => {
      // The reader has the first result.
      if (action === 'DeleteMessageBatch' && queueName !== stack.eventQueue.name) setImmediate(die);
      return undefined;
    });

    const ids = await batchThatDies([wish(done), wish(dying)]);

    for (const id of ids) {
      expect(await stack.result(id)).toMatchObject({ outcome: 'transfer-pending' });
    }
    expect(stack.transfersOf(done)).toHaveLength(1);
  });

  it('after a newer wish was applied: the older one is not applied over it', async () => {
    const id = chat();
    stack.superOffice.setFault(dieAtCall('transfer', true));

    const [older, newer] = await batchThatDies([wish(id, 'ann'), wish(id, 'ben')]);

    expect(await stack.result(newer)).toMatchObject({ outcome: 'transfer-pending' });
    expect(await stack.result(older)).toMatchObject({ outcome: 'superseded' });
    expect(stack.transfersOf(id)).toEqual([{ target: 'ben', applied: true }]);
  });

  it('after a newer wish was applied and rejected: the older one is still not applied', async () => {
    const id = chat();
    stack.superOffice.setFault((request) => {
      if (request.route !== 'transfer') return undefined;
      setImmediate(() => {
        stack.superOffice.tenant.reject(id);
        die();
      });
      return { kind: 'apply-then', fault: hang };
    });

    const [older, newer] = await batchThatDies([wish(id, 'ann'), wish(id, 'ben')]);

    expect(await stack.result(older)).toMatchObject({ outcome: 'superseded' });
    await stack.result(newer);
    expect(new Set(stack.transfersOf(id).map(({ target }) => target))).toEqual(new Set(['ben']));
  });

  it('as often as SQS allows: a second look tells the result, and transfers nothing', async () => {
    const id = chat();
    const { tenant } = stack.superOffice;
    const { messageId, deadLetterQueue } = asOftenAsSqsAllows([wish(id, 'ann')]);
    expect(deadLetterQueue.messages()).toMatchObject([{ messageId }]);

    expect(await stack.result(messageId)).toMatchObject({
      outcome: 'unknown',
      error: { code: 'interrupted' },
      session: { chatSessionId: id },
    });

    expect(stack.callsOf(id)).toEqual(['session']);
    expect(tenant.history.filter(({ sessionId }) => sessionId === id)).toEqual([]);
    await until(
      'the dead letter is gone',
      () => deadLetterQueue.messages().length === 0 || undefined,
    );
  });

  it('as often as SQS allows, and what it asked for was done: the result says so', async () => {
    const id = chat();
    const { tenant } = stack.superOffice;
    tenant.transferTo(tenant.findAssociate('router')?.associateId ?? 0, id, 'ann');

    const { messageId } = asOftenAsSqsAllows([wish(id, 'ann')]);

    expect(await stack.result(messageId)).toMatchObject({ outcome: 'transfer-pending' });
  });

  it('by a rejection that nobody handled: the batch comes again', async () => {
    const id = chat();
    const stray = `data:text/javascript,import{subscribe}from'node:diagnostics_channel';subscribe('http.client.response.finish',({request})=>{if(request.path.includes('TransferTo'))Promise.reject(new Error('stray'))})`;
    const fn = stack.coldFunction({
      environment: { NODE_OPTIONS: `--import ${stray.replaceAll(' ', '%20')}` },
    });
    const messages = receiveByHand(stack, [wish(id)]);

    await expect(invokeByHand(stack, messages, { fn })).rejects.toMatchObject({
      errorType: 'Runtime.ExitError',
    });

    stack.logs.splice(0);
    stack.eventQueue.changeVisibility(messages[0]?.receiptHandle ?? '', 0);
    expect(await stack.result(messages[0]?.messageId)).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 2,
    });
    expect(stack.transfersOf(id)).toEqual([{ target: 'ann', applied: true }]);
  });
});
