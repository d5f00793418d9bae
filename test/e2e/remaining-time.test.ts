import { describe, expect, it } from '@jest/globals';
import { inOneBatch, invokeByHand, receiveByHand } from '../support/by-hand.ts';
import { deployments } from '../support/deployed.ts';
import { until } from '../support/until.ts';

const event = (chatSessionId: number, more: object = {}) => ({
  chatSessionId,
  toAssociate: 'ann',
  ...more,
});

describe('the time the function has left', () => {
  const start = deployments();

  it.concurrent('is enough for an answer even where all that is called hangs', async () => {
    const stack = await start();
    stack.superOffice.setFault(() => ({ kind: 'hang' }));
    stack.deployment.sqs.setFault(({ action }) =>
      action === 'ReceiveMessage' ? undefined : { kind: 'hang' },
    );
    // The time of the first one ends while its call hangs: a look follows, which hangs as well.
    const messages = receiveByHand(stack, [event(640, { expiresInSeconds: 4 }), event(641)]);

    const left = await invokeByHand(stack, messages);

    expect(left).toEqual(messages.map(({ messageId }) => messageId));
    expect(stack.callsOf(640)).toEqual(['transfer', 'session']);
  });

  it.concurrent.each([
    ['at first', 1],
    ['all the time', Number.POSITIVE_INFINITY],
  ])('is not spent on another call where the result queue hangs %s', async (_, times) => {
    const stack = await start();
    let sends = 0;
    stack.deployment.sqs.setFault(({ action }) => {
      if (action !== 'SendMessageBatch') return undefined;
      sends += 1;
      return sends <= times ? { kind: 'hang' } : undefined;
    });

    const { ids, left } = await inOneBatch(stack, [event(640)]);
    stack.deployment.sqs.setFault(undefined);

    expect(left).toEqual(times === 1 ? [] : ids);
    expect(await stack.result(ids[0])).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.callsOf(640)).toEqual(['transfer']);
  });

  it.concurrent('is kept where it is too little for a call: nothing is started, nothing lost', async () => {
    const stack = await start();
    const fn = stack.coldFunction({ timeoutSeconds: 9 });
    const messages = receiveByHand(stack, [event(640), event(641), '{']);

    const left = await invokeByHand(stack, messages, { fn });

    expect(left).toEqual(messages.slice(0, 2).map(({ messageId }) => messageId));
    expect(stack.superOffice.calls).toEqual([]);
    expect(await stack.result(messages[2]?.messageId)).toMatchObject({ outcome: 'invalid-event' });
    for (const { messageId } of messages.slice(0, 2)) {
      expect(await stack.result(messageId)).toMatchObject({ outcome: 'transfer-pending' });
    }
  });

  it.concurrent('is kept where the turn of a call would come too late', async () => {
    const stack = await start();
    // Of three calls, two seconds apart, two can start in the first two and a half.
    const fn = stack.coldFunction({
      timeoutSeconds: 12,
      environment: { CALL_SPACING_MS: '2000' },
    });
    await fn.invoke({ Records: [] });
    const messages = receiveByHand(stack, [event(642), event(643), event(644)]);

    const left = await invokeByHand(stack, messages, { fn });

    expect(left).toHaveLength(1);
    await until('the logs', () => stack.linesOf(left[0]).length > 0);
    expect(stack.linesOf(left[0])[0]).toMatchObject({ outcome: 'retry', error: 'throttled' });
  });
});
