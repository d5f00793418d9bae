import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { inOneBatch } from '../support/by-hand.ts';
import { type Deployed, deployments } from '../support/deployed.ts';

let nextChat = 8000;

describe('an older wish', () => {
  const start = deployments();
  let stack: Deployed;

  beforeAll(async () => {
    stack = await start();
  });
  afterEach(() => {
    stack.deployment.sqs.setFault(undefined);
    stack.superOffice.setFault(undefined);
  });

  const chat = () => stack.superOffice.tenant.addSession({ chatSessionId: ++nextChat });
  const wish = (chatSessionId: number, toAssociate: string, more: object = {}) => ({
    chatSessionId,
    toAssociate,
    ...more,
  });
  const outcomesOf = async (ids: string[]) =>
    (await Promise.all(ids.map(stack.result))).map(({ outcome }) => outcome);

  it('is superseded by the newest of its batch, without a call', async () => {
    const id = chat();

    const { ids, left } = await inOneBatch(stack, [
      wish(id, 'ann'),
      wish(id, 'ben'),
      wish(id, 'cho'),
    ]);

    expect(left).toEqual([]);
    expect(await outcomesOf(ids)).toEqual(['superseded', 'superseded', 'transfer-pending']);
    expect(stack.transfersOf(id)).toEqual([{ target: 'cho', applied: true }]);
  });

  it('is told apart by chat where two message groups are interleaved', async () => {
    const [one, other] = [chat(), chat()];

    const { ids } = await inOneBatch(stack, [
      wish(one, 'ann'),
      wish(other, 'ben'),
      wish(one, 'cho'),
      wish(other, 'dee'),
    ]);

    expect(await outcomesOf(ids)).toEqual([
      'superseded',
      'superseded',
      'transfer-pending',
      'transfer-pending',
    ]);
    expect(stack.transfersOf(one)).toEqual([{ target: 'cho', applied: true }]);
    expect(stack.transfersOf(other)).toEqual([{ target: 'dee', applied: true }]);
  });

  it('is found also where its message group is another', async () => {
    const [one, other] = [chat(), chat()];

    const { ids } = await inOneBatch(
      stack,
      [wish(one, 'ann'), wish(other, 'ben'), wish(one, 'cho')],
      ['rule-a', 'rule-b', 'rule-b'],
    );

    expect(await outcomesOf(ids)).toEqual(['superseded', 'transfer-pending', 'transfer-pending']);
    expect(stack.transfersOf(one)).toEqual([{ target: 'cho', applied: true }]);
  });

  it('stands where the newer one is over, or is no event', async () => {
    const [one, other] = [chat(), chat()];
    const expiresAt = new Date(Date.now() - 1000).toISOString();

    const { ids } = await inOneBatch(stack, [
      wish(one, 'ann'),
      wish(one, 'ben', { expiresAt }),
      wish(other, 'ann'),
      wish(other, 'a/b'),
    ]);

    expect(await outcomesOf(ids)).toEqual([
      'transfer-pending',
      'expired',
      'transfer-pending',
      'invalid-event',
    ]);
  });

  it.each([
    ['its own result cannot be sent', 'SendMessageBatch', [0, 1]],
    ['it cannot be deleted', 'DeleteMessageBatch', [1]],
  ])('is not overtaken where %s', async (_, failing, expectedLeft) => {
    const [id, bystander] = [chat(), chat()];
    stack.deployment.sqs.setFault(({ action, queueName, entries = [] }) => {
      // What is deleted from the result queue is deleted by whoever reads it.
      const failed = entries.filter(
        (entry) =>
          queueName === stack.eventQueue.name || JSON.stringify(entry).includes('superseded'),
      );
      const failEntries = (entryId: string) =>
        failed.some(({ Id }) => Id === entryId)
          ? { code: 'InternalError', senderFault: false }
          : undefined;
      return action === failing ? { kind: 'fail-entries', failEntries } : undefined;
    });

    const { ids, left } = await inOneBatch(stack, [
      wish(id, 'ann'),
      wish(id, 'ben'),
      wish(bystander, 'cho'),
    ]);

    expect(left).toEqual(expectedLeft.map((index) => ids[index]));
    expect(stack.callsOf(id)).toEqual([]);
    stack.deployment.sqs.setFault(undefined);
    expect(await outcomesOf(ids)).toEqual(['superseded', 'transfer-pending', 'transfer-pending']);
    expect(stack.transfersOf(id)).toEqual([{ target: 'ben', applied: true }]);
  });

  it('is never applied over a newer one whose result SQS does not take at first', async () => {
    const id = chat();
    let sends = 0;
    stack.deployment.sqs.setFault(({ action, entries }) => {
      if (action !== 'SendMessageBatch' || JSON.stringify(entries).includes('superseded')) return;
      sends += 1;
      return sends <= 3 ? { kind: 'error', status: 500, code: 'InternalFailure' } : undefined;
    });

    const { ids } = await inOneBatch(stack, [wish(id, 'ann'), wish(id, 'ben')]);

    expect(await outcomesOf(ids)).toEqual(['superseded', 'transfer-pending']);
    expect(stack.callsOf(id)).toEqual(['transfer']);
    expect(stack.transfersOf(id)).toEqual([{ target: 'ben', applied: true }]);
  });

  it('that was sent twice within five minutes is one event', async () => {
    const id = chat();
    const { eventQueue } = stack;
    const body = JSON.stringify(wish(id, 'ann'));

    const accepted = [1, 2].map(() => eventQueue.send({ body, groupId: String(id) }).messageId);

    expect(accepted[0]).toBe(accepted[1]);
    expect(await stack.result(accepted[0])).toMatchObject({ outcome: 'transfer-pending' });
    expect(stack.transfersOf(id)).toHaveLength(1);
  });

  it('that comes again after it was done is told the same, and rings no phone twice', async () => {
    const id = chat();
    const first = await inOneBatch(stack, [wish(id, 'ann')]);
    expect(await outcomesOf(first.ids)).toEqual(['transfer-pending']);

    // Five minutes later the same body is another event.
    const again = await inOneBatch(stack, [wish(id, 'ann')]);

    expect(await outcomesOf(again.ids)).toEqual(['transfer-pending']);
    expect(stack.transfersOf(id)).toEqual([
      { target: 'ann', applied: true },
      { target: 'ann', applied: false },
    ]);
  });
});
