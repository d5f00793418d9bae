import { describe, expect, it } from '@jest/globals';
import { sendRouteChatEvents } from '../../client/send-route-chat-events.ts';
import { parseRouteChatEvent } from '../../contract/event.ts';
import type { SqsFaultCall } from '../../stand-ins/sqs/faults.ts';
import { eventQueueForEach, eventsFor, sendError, tally } from '../support/event-queue.ts';
import { until } from '../support/until.ts';

describe('sendRouteChatEvents', () => {
  const eventQueue = eventQueueForEach();

  it('sends events as the function reads them, and answers with their message ids', async () => {
    const { to, held } = eventQueue();
    const expiresAt = new Date('2026-11-22T09:15:00Z');

    const answers = await sendRouteChatEvents(
      [
        { chatSessionId: 648, toAssociate: 8, requestId: 'r-1', expiresAt },
        { chatSessionId: 649, toAssociate: 'ann' },
      ],
      to,
    );

    const messages = held();
    expect(answers).toEqual(messages.map(({ messageId }) => ({ kind: 'sent', messageId })));
    expect(messages.map(({ groupId }) => groupId)).toEqual(['648', '649']);
    expect(parseRouteChatEvent(messages[0]?.body ?? '')).toEqual({
      ok: true,
      ignoredFields: [],
      event: {
        chatSessionId: 648,
        toAssociate: '8',
        requestId: 'r-1',
        expiresAt: expiresAt.getTime(),
      },
    });
  });

  it('makes no call for no event', async () => {
    const { sqs, to } = eventQueue();
    expect(await sendRouteChatEvents([], to)).toEqual([]);
    expect(sqs.calls).toEqual({});
  });

  it('sends a thousand, ten a call, in order', async () => {
    const { sqs, to, held } = eventQueue();
    const answers = await sendRouteChatEvents(eventsFor(1000), to);

    expect(answers.map(({ messageId }) => messageId)).toEqual(
      held().map(({ messageId }) => messageId),
    );
    expect(answers).toHaveLength(1000);
    expect(sqs.calls).toEqual({ SendMessageBatch: 100 });
  });

  it('sends nothing where one event of a thousand is refused, and names it', async () => {
    const { sqs, to } = eventQueue();
    const events = eventsFor(1000);
    events[999] = { chatSessionId: 0, toAssociate: -1 };

    const { answers, message } = await sendError(sendRouteChatEvents(events, to));

    expect(answers[999]).toMatchObject({
      kind: 'refused',
      faults: [{ field: 'chatSessionId' }, { field: 'toAssociate' }],
    });
    expect(answers[0]).toEqual({ kind: 'not-sent', why: 'other-refused' });
    expect(message).toContain('events[999]: chatSessionId: expected an integer from 1 to');
    expect(sqs.calls).toEqual({});
  });

  it('refuses a text of a megabyte without repeating it', async () => {
    const { to } = eventQueue();
    const secret = 'customer '.repeat(120_000);

    const { answers, message } = await sendError(
      sendRouteChatEvents(eventsFor(2, { reason: secret }), to),
    );

    expect(answers.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
    expect(message).not.toContain('customer');
  });

  it('sends events of half a megabyte in calls that SQS takes', async () => {
    const { sqs, to, held } = eventQueue();
    const extra = 'x'.repeat(500_000);
    const events = eventsFor(5).map((event) => ({ ...event, extra }));

    // A field that the client does not know goes along, for a function that does.
    await sendRouteChatEvents(events as { chatSessionId: number; toAssociate: number }[], to);

    expect(held()).toHaveLength(5);
    expect(sqs.calls).toEqual({ SendMessageBatch: 3 });
  });

  it('takes the same request id for another chat, or associate, for another event', async () => {
    const { to, held } = eventQueue();
    const requestId = 'r-1';
    const event = { chatSessionId: 1, toAssociate: 8, requestId };

    await sendRouteChatEvents([event, { ...event, chatSessionId: 2 }], to);
    await sendRouteChatEvents([{ ...event, toAssociate: 9 }, event], to);

    expect(held()).toHaveLength(3);
  });

  it('waits out throttling', async () => {
    const { sqs, to, held } = eventQueue();
    sqs.setFault(({ number }) =>
      number % 2 === 1 ? { kind: 'error', status: 403, code: 'RequestThrottled' } : undefined,
    );

    expect(await sendRouteChatEvents(eventsFor(25), to)).toHaveLength(25);
    expect(held()).toHaveLength(25);
  });

  it('answers for every event where SQS throttles for good', async () => {
    const { sqs, to } = eventQueue();
    sqs.setFault(() => ({ kind: 'error', status: 403, code: 'RequestThrottled' }));

    const error = await sendError(sendRouteChatEvents(eventsFor(25), to));

    expect(tally(error)).toEqual({ unconfirmed: 10, 'not-sent': 15 });
    expect(error.answers[0]).toMatchObject({ error: { code: 'RequestThrottled' } });
    expect(error.cause).toMatchObject({ name: 'RequestThrottled' });
    expect(sqs.calls).toEqual({ SendMessageBatch: 4 });
  });

  it('sends the others where half of a batch fails for ever, and sends those alone again', async () => {
    const { sqs, to, held } = eventQueue();
    const entries: number[] = [];
    sqs.setFault(({ entries: sent = [] }: SqsFaultCall) => {
      entries.push(sent.length);
      const broken = sent.filter((entry) =>
        /"chatSessionId":\d*[13579],/.test((entry as { MessageBody?: string }).MessageBody ?? ''),
      );
      const ids = broken.map(({ Id }) => Id);
      const failure = { code: 'InternalError', senderFault: false };
      return {
        kind: 'fail-entries',
        failEntries: (id) => (ids.includes(id) ? failure : undefined),
      };
    });

    const error = await sendError(sendRouteChatEvents(eventsFor(20), to));

    expect(error.answers.map(({ kind }) => kind)).toEqual(
      eventsFor(20).map(({ chatSessionId }) => (chatSessionId % 2 === 0 ? 'sent' : 'unconfirmed')),
    );
    expect(held()).toHaveLength(10);
    expect(entries).toEqual([10, 10, 10, 10, 10]);
  });

  it('does not repeat an entry that SQS blames on its sender', async () => {
    const { sqs, to } = eventQueue();
    const failure = { code: 'InvalidMessageContents', senderFault: true };
    sqs.setFault(() => ({ kind: 'fail-entries', failEntries: () => failure }));

    const error = await sendError(sendRouteChatEvents(eventsFor(1), to));

    expect(error.answers).toEqual([
      {
        kind: 'unconfirmed',
        error: { code: 'InvalidMessageContents', message: 'Failed on purpose.' },
      },
    ]);
    expect(sqs.calls).toEqual({ SendMessageBatch: 1 });
  });

  it('makes one event of one whose answer was lost', async () => {
    const { sqs, queue, to, held } = eventQueue();
    sqs.setFault(({ number }) => (number === 1 ? { kind: 'lose-answer' } : undefined));

    const answers = await sendRouteChatEvents(eventsFor(3), to);

    expect(held().map(({ messageId }) => messageId)).toEqual(
      answers.map(({ messageId }) => messageId),
    );
    expect(queue.duplicates).toBe(3);
  });

  it('leaves the newest wish last where an earlier one was sent again', async () => {
    const { sqs, to, held } = eventQueue();
    sqs.setFault(({ number, entries = [] }) =>
      number === 1
        ? {
            kind: 'fail-entries',
            failEntries: (id) =>
              id === entries[0]?.Id ? { code: 'InternalError', senderFault: false } : undefined,
          }
        : undefined,
    );

    await sendRouteChatEvents(
      ['ann', 'ben'].map((toAssociate) => ({ chatSessionId: 648, toAssociate })),
      to,
    );

    expect(held().map(({ body }) => JSON.parse(body).toAssociate)).toEqual(['ann', 'ben']);
  });

  it('says at once that there is no such queue', async () => {
    const { sqs, to } = eventQueue();
    const queueUrl = sqs.queueUrl('other.fifo');

    const error = await sendError(sendRouteChatEvents(eventsFor(12), { ...to, queueUrl }));

    expect(error.cause).toMatchObject({ name: 'QueueDoesNotExist' });
    expect(sqs.calls).toEqual({ SendMessageBatch: 1 });
  });

  it('names what was not sent when it is aborted in the middle', async () => {
    const { sqs, to, held } = eventQueue();
    const aborting = new AbortController();
    sqs.setFault(({ number }) => (number === 2 ? { kind: 'hang' } : undefined));

    const sending = sendError(
      sendRouteChatEvents(eventsFor(30), { ...to, signal: aborting.signal }),
    );
    await until('the second call', () => sqs.calls.SendMessageBatch === 2);
    aborting.abort(new Error('Shutting down.'));
    const error = await sending;

    expect(tally(error)).toEqual({ sent: 10, unconfirmed: 10, 'not-sent': 10 });
    expect(error.answers.at(-1)).toEqual({ kind: 'not-sent', why: 'aborted' });
    expect(error.cause).toEqual(new Error('Shutting down.'));
    expect(held()).toHaveLength(10);
  });

  it('gives up a call that hangs after 3.1 seconds', async () => {
    const { sqs, to } = eventQueue();
    sqs.setFault(({ number }) => (number === 1 ? { kind: 'hang' } : undefined));
    const startedAt = performance.now();

    await sendRouteChatEvents(eventsFor(1), to);

    expect(performance.now() - startedAt).toBeGreaterThan(3_000);
    expect(sqs.calls).toEqual({ SendMessageBatch: 2 });
  }, 15_000);

  it.each([undefined, '', 'events.fifo'])(
    'wants the address of a queue, not %j',
    async (queueUrl) => {
      const { to } = eventQueue();
      await expect(
        sendRouteChatEvents([], { ...to, queueUrl: queueUrl as string }),
      ).rejects.toThrow('queueUrl: expected the address of a queue, as https://…; got ');
    },
  );

  it('sends a misspelt field along, which does not compile', async () => {
    const { to, held } = eventQueue();
    const sound = { chatSessionId: 648, toAssociate: 8 };
    // @ts-expect-error A misspelt field.
    await sendRouteChatEvents([{ ...sound, expirseAt: '2026-11-22T09:15:00Z' }], to);
    const events = [648].map((chatSessionId) => ({ chatSessionId, toAssociate: 8, sorce: 'x' }));
    // @ts-expect-error A misspelt field of events that were made before.
    await sendRouteChatEvents(events, to);
    const both = { ...sound, expiresAt: '2999-01-01T00:00:00Z', expiresInSeconds: 5 };
    // @ts-expect-error Both of what excludes each other.
    await expect(sendRouteChatEvents([both], to)).rejects.toThrow('got both');

    expect(held().map(({ body }) => Object.keys(JSON.parse(body)).at(-1))).toEqual([
      'expirseAt',
      'sorce',
    ]);
  });
});
