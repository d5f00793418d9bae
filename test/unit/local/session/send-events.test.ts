import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sendEvents } from '../../../../local/session/send-events.ts';
import { type SqsStandIn, startSqs } from '../../../../stand-ins/sqs/server.ts';
import { sqsClient } from '../../../support/sqs-client.ts';

let sqs: SqsStandIn;
beforeEach(async () => {
  const queue = { visibilityTimeoutSeconds: 30, contentBasedDeduplication: false };
  sqs = await startSqs({ queues: [{ name: 'events.fifo', ...queue }] });
});
afterEach(() => sqs.close());

const events = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    body: `event ${index}`,
    groupId: String(index % 2),
    deduplicationId: `id-${index}`,
  }));

async function send(...given: Parameters<typeof sendEvents>[2][number][]) {
  const client = sqsClient(sqs.endpoint);
  try {
    return await sendEvents(client, sqs.queueUrl('events.fifo'), given);
  } finally {
    client.destroy();
  }
}

describe('sendEvents', () => {
  it('sends in order, ten at a time, in the group each names', async () => {
    const answers = await send(...events(12));

    const messages = sqs.queue('events.fifo').messages();
    expect(messages.map(({ body, groupId }) => ({ body, groupId }))).toEqual(
      events(12).map(({ body, groupId }) => ({ body, groupId })),
    );
    expect(answers).toEqual(messages.map(({ messageId }) => ({ taken: true, messageId })));
    expect(sqs.calls).toEqual({ SendMessageBatch: 2 });
  });

  it('lets the deduplication id tell what is a repeat', async () => {
    const [event = { body: '', groupId: '', deduplicationId: '' }] = events(1);

    const [first, again, other] = await send(event, event, { ...event, deduplicationId: 'other' });

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('says of each event that SQS did not take why', async () => {
    sqs.setFault(() => ({
      kind: 'fail-entries',
      failEntries: (id) => (id === '1' ? { code: 'InternalError', senderFault: false } : undefined),
    }));

    const answers = await send(...events(3));

    expect(answers.map(({ taken }) => taken)).toEqual([true, false, true]);
    expect(answers[1]).toMatchObject({ reason: expect.stringMatching(/./) });
  });

  it('says it of a whole batch where the call fails', async () => {
    sqs.setFault(() => ({ kind: 'reset' }));

    const answers = await send(...events(2));

    expect(answers).toEqual([
      { taken: false, reason: expect.stringMatching(/./) },
      { taken: false, reason: expect.stringMatching(/./) },
    ]);
  });
});
