import { describe, expect, it } from '@jest/globals';
import { inTurn, onRoute } from '../../stand-ins/superoffice/faults.ts';
import { inOneBatch, invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const chat = 640;
const wish = { chatSessionId: chat, toAssociate: 'ann' };
const lost = { kind: 'apply-then', fault: { kind: 'reset' } } as const;
const askedOnce = [{ target: 'ann', applied: true }];
const end = ({ eventQueue }: Deployed) =>
  until('the end of it', () => eventQueue.messages().length === 0);

describe('an event that comes again', () => {
  const start = deployments();

  it.concurrent('after SQS lost the answer to its result rings no phone again, though the associate declined', async () => {
    const stack = await start();
    stack.deployment.sqs.setFault(({ action }) =>
      action === 'SendMessageBatch' ? { kind: 'lose-answer' } : undefined,
    );
    const { ids, left } = await inOneBatch(stack, [wish]);
    expect(left).toEqual(ids);
    stack.superOffice.tenant.reject(chat);

    stack.deployment.sqs.setFault(undefined);
    await end(stack);

    expect(await stack.result(ids[0])).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.transfersOf(chat)).toEqual(askedOnce);
  });

  it.concurrent('with the receive count of its first receive rings no phone again, though it was told and the associate declined', async () => {
    const stack = await start();
    const [message] = receiveByHand(stack, [wish]);
    if (!message) throw new Error('No message was received.');
    await invokeByHand(stack, [message]);
    await stack.result(message.messageId);
    stack.superOffice.tenant.reject(chat);

    stack.eventQueue.redeliver(message);
    await until('its second batch', () => stack.batches.length > 0);

    expect(stack.batches[0]?.event.Records[0]?.attributes.ApproximateReceiveCount).toBe('1');
    await end(stack);
    expect(stack.transfersOf(chat)).toEqual(askedOnce);
  });

  it.concurrent('with the receive count of its first receive is looked up, where its call may have been applied', async () => {
    const stack = await start();
    stack.superOffice.setFault(onRoute('transfer', inTurn(lost)));
    const [message] = receiveByHand(stack, [wish]);
    if (!message) throw new Error('No message was received.');
    await invokeByHand(stack, [message]);

    stack.eventQueue.redeliver(message);

    expect(await stack.result(message.messageId)).toMatchObject({
      outcome: 'transfer-pending',
      receiveCount: 1,
    });
    expect(stack.callsOf(chat)).toEqual(['transfer', 'session']);
    expect(stack.transfersOf(chat)).toEqual(askedOnce);
  });
});
