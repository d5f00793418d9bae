import { describe, expect, it } from '@jest/globals';
import { inTurn, onRoute, type SuperOfficeFault } from '../../stand-ins/superoffice/faults.ts';
import { inOneBatch, invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const chat = 640;
const wish = (toAssociate: string, more: object = {}) => ({
  chatSessionId: chat,
  toAssociate,
  ...more,
});
const unavailable = { kind: 'status', status: 503 } as const;
const asked = (target: string) => ({ target, applied: true });
/** What a person does in SuperOffice, as the owner of the chat. */
const askByHand = ({ superOffice }: Deployed, target: string) =>
  superOffice.tenant.transferTo(7, chat, target);

describe('the newest wish for a chat', () => {
  const start = deployments();

  it.concurrent.each<[string, SuperOfficeFault | undefined, SuperOfficeFault | undefined]>([
    ['a 503', undefined, unavailable],
    ['a reset', undefined, { kind: 'reset' }],
    ['a connection that died while it was idle', { kind: 'truncate-keep-alive' }, undefined],
  ])(
    'takes the place of an older one that is pending, though its call meets %s',
    async (_, atOlder, atNewer) => {
      const stack = await start();
      stack.superOffice.setFault(onRoute('transfer', inTurn(atOlder, atNewer)));
      const older = await inOneBatch(stack, [wish('ann')]);
      await stack.result(older.ids[0]);

      const [newer] = await stack.send([wish('ben')]);

      expect(await stack.result(newer)).toMatchObject({ outcome: 'transfer-pending' });
      expect(stack.transfersOf(chat)).toEqual([asked('ann'), asked('ben')]);
    },
  );

  it.concurrent('leaves who was asked by hand between two of its looks', async () => {
    const stack = await start();
    let transfers = 0;
    stack.superOffice.setFault(({ route }) => {
      if (route !== 'transfer') return undefined;
      transfers += 1;
      // After the first look, whose transfer fails like the one before.
      if (transfers === 2) askByHand(stack, 'cho');
      return unavailable;
    });

    const [id] = await stack.send([wish('ben')]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'not-applied',
      cause: 'other-transfer-pending',
    });
    expect(stack.callsOf(chat)).toEqual(['transfer', 'session', 'transfer', 'session']);
    expect(stack.transfersOf(chat)).toEqual([asked('cho')]);
  });

  it.concurrent('leaves who was asked by hand after its own associate had been', async () => {
    const stack = await start();
    stack.deployment.sqs.setFault(({ action, entries }) => {
      const tellsIt = action === 'SendMessageBatch' && JSON.stringify(entries).includes('pending');
      return tellsIt ? { kind: 'reset' } : undefined;
    });
    const { ids, left } = await inOneBatch(stack, [wish('ben')]);
    expect(left).toEqual(ids);

    askByHand(stack, 'cho');
    stack.deployment.sqs.setFault(undefined);

    await stack.result(ids[0]);
    expect(stack.transfersOf(chat)).toEqual([asked('ben'), asked('cho')]);
  });

  it.concurrent('is not applied where its time ends while somebody else is asked', async () => {
    const stack = await start();
    stack.superOffice.setFault(({ route }) => (route === 'transfer' ? unavailable : undefined));
    askByHand(stack, 'cho');

    const [id] = await stack.send([wish('ben', { expiresInSeconds: 2 })]);

    expect(await stack.result(id)).toMatchObject({
      outcome: 'not-applied',
      cause: 'other-transfer-pending',
    });
    expect(stack.transfersOf(chat)).toEqual([asked('cho')]);
  });

  it.concurrent('stands in the end, though the function died between saying that an older one is superseded and deleting it, and SQS hands the two out singly', async () => {
    const stack = await start({ mayDie: true, splitAt: () => 1 });
    stack.deployment.sqs.setFault(({ action, queueName }) => {
      if (action !== 'DeleteMessageBatch' || queueName !== stack.eventQueue.name) return undefined;
      stack.deployment.sqs.setFault(undefined);
      setImmediate(() => stack.deployment.routeChat.killOne());
      return { kind: 'hang' };
    });
    const messages = receiveByHand(stack, [wish('ann'), wish('ben')]);

    await expect(invokeByHand(stack, messages)).rejects.toThrow();
    // Their visibility timeout ends.
    for (const { receiptHandle } of messages) stack.eventQueue.changeVisibility(receiptHandle, 0);

    const [older, newer] = messages.map(({ messageId }) => messageId);
    expect(await stack.result(newer)).toMatchObject({ outcome: 'transfer-pending' });
    expect(await stack.result(older)).toMatchObject({ outcome: 'superseded' });
    await until('the end of both', () => stack.eventQueue.messages().length === 0);
    expect(stack.transfersOf(chat).at(-1)).toEqual(asked('ben'));
  });
});
