import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  bodiesOf,
  outcomeOf,
  type SqsServer,
  startOurs,
  startTheirs,
} from '../support/sqs-servers.ts';

/** Plays one script of calls and returns what the caller sees, without ids of anybody's choice. */
type Script = (sqs: SqsServer) => Promise<unknown>;

const b = { MessageGroupId: 'b' };

const alike: [string, Script][] = [
  [
    'sums and sequence numbers of what is sent',
    async ({ send }) => {
      const MessageAttributes = {
        text: { DataType: 'String', StringValue: 'å' },
        bytes: { DataType: 'Binary.raw', BinaryValue: Uint8Array.of(0, 255) },
      };
      const { MD5OfMessageBody, MD5OfMessageAttributes, SequenceNumber } = await send('1', {
        MessageAttributes,
      });
      const next = (await send('2')).SequenceNumber ?? '';
      const order = [SequenceNumber?.length, next.length, (SequenceNumber ?? '') < next];
      return [MD5OfMessageBody, MD5OfMessageAttributes, order];
    },
  ],
  [
    'duplicates, by content and by id, of deleted messages as well',
    async ({ send, receive, delete: remove }) => {
      const first = await send('1');
      const [message] = await receive();
      await remove(message);
      const again = await send('1', b);
      const byId = await send('2', { MessageDeduplicationId: 'id' });
      const byIdAgain = await send('3', { MessageDeduplicationId: 'id' });
      return [
        first.MessageId === again.MessageId && first.SequenceNumber === again.SequenceNumber,
        byId.MessageId === byIdAgain.MessageId,
        bodiesOf(await receive()),
      ];
    },
  ],
  [
    'order, one message of each group',
    async ({ send, receive }) => {
      await send('a1');
      await send('b1', b);
      await send('c1', { MessageGroupId: 'c' });
      return [bodiesOf(await receive({ MaxNumberOfMessages: 2 })), bodiesOf(await receive())];
    },
  ],
  [
    'a group held back while a message of it is in flight',
    async ({ send, receive, delete: remove }) => {
      await send('a1');
      await send('a2');
      await send('b1', b);
      const [first] = await receive({ MaxNumberOfMessages: 1 });
      const others = bodiesOf(await receive());
      const nothing = bodiesOf(await receive());
      await remove(first);
      return [first?.Body, others, nothing, bodiesOf(await receive())];
    },
  ],
  [
    'attributes of a message received twice',
    async ({ send, receive, changeVisibility }) => {
      await send('1', { MessageDeduplicationId: 'd' });
      const [first] = await receive();
      await changeVisibility(0, first);
      const [second] = await receive();
      return [first, second].map((message) => {
        const {
          SentTimestamp,
          ApproximateFirstReceiveTimestamp,
          SenderId,
          SequenceNumber,
          ...same
        } = message?.Attributes ?? {};
        const timestamps = [SentTimestamp, ApproximateFirstReceiveTimestamp];
        return [same, timestamps.every((value) => /^\d{13}$/.test(value ?? '')), !!SenderId];
      });
    },
  ],
  [
    'a message in its old place once it is visible again, before later ones',
    async ({ send, receive, changeVisibility }) => {
      await send('a1');
      const [first] = await receive();
      await send('a2');
      await changeVisibility(0, first);
      return bodiesOf(await receive({ MaxNumberOfMessages: 1 }));
    },
  ],
  [
    'a message visible again by itself, seen by a long poll',
    async ({ send, receive }) => {
      await send('a1');
      await receive({ VisibilityTimeout: 1 });
      return bodiesOf(await receive({ WaitTimeSeconds: 3 }));
    },
  ],
  [
    'a spent message in the dead-letter queue',
    async ({ send, receive, changeVisibility, urls }) => {
      const MessageAttributes = { k: { DataType: 'Number', StringValue: '1' } };
      const { MessageId } = await send('a1', { MessageAttributes });
      for (const _ of [1, 2]) await changeVisibility(0, (await receive())[0]);
      const spent = bodiesOf(await receive());
      const [dead] = await receive({ QueueUrl: urls.dead });
      return [
        spent,
        dead?.MessageId === MessageId,
        [dead?.Body, dead?.MessageAttributes, dead?.Attributes?.MessageGroupId],
      ];
    },
  ],
  [
    'what becomes of each entry of a batch',
    async ({ sendBatch, receive }) => {
      const entry = (Id: string, MessageBody: string) => ({ Id, MessageBody, MessageGroupId: Id });
      const { Successful = [], Failed = [] } = await sendBatch(
        entry('1', 'one'),
        entry('2', '\u0001'),
        entry('3', 'three'),
      );
      return [
        Successful.map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody]),
        Failed.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
        bodiesOf(await receive()),
      ];
    },
  ],
  [
    'calls that are refused as a whole',
    async ({ send, sendBatch, receive }) => {
      const entry = { Id: '1', MessageBody: 'x', MessageGroupId: 'a' };
      const eleven = [...'abcdefghijk'].map((Id) => ({ ...entry, Id }));
      return Promise.all(
        [
          send('\uFFFF'),
          send('x', { MessageGroupId: undefined }),
          send('x'.repeat(1_048_577)),
          sendBatch(),
          sendBatch(...eleven),
          sendBatch(entry, entry),
          receive({ MaxNumberOfMessages: 11 }),
          receive({ WaitTimeSeconds: 21 }),
          receive({ QueueUrl: 'http://localhost/000000000000/none.fifo' }),
        ].map(outcomeOf),
      );
    },
  ],
];

/**
 * Where the two differ, ours stands with AWS: with its documentation, or with what LocalStack's
 * tests recorded of it. A failing row here is news: fauxqs may have caught up.
 */
const different: [string, Script, { ours: unknown; theirs: unknown }][] = [
  [
    'how many messages of a group one receive hands out',
    async ({ send, receive }) => {
      for (const body of ['a1', 'a2', 'a3']) await send(body);
      return bodiesOf(await receive());
    },
    { ours: ['a1', 'a2', 'a3'], theirs: ['a1'] },
  ],
  [
    'empty attribute values',
    ({ send }) =>
      outcomeOf(send('x', { MessageAttributes: { k: { DataType: 'String', StringValue: '' } } })),
    { ours: 'InvalidParameterValue', theirs: 'done' },
  ],
  [
    'characters SQS does not carry, in attributes',
    ({ send }) =>
      outcomeOf(send('x', { MessageAttributes: { k: { DataType: 'String', StringValue: '\b' } } })),
    { ours: 'InvalidParameterValue', theirs: 'done' },
  ],
  [
    'eleven attributes',
    ({ send }) => {
      const value = { DataType: 'String', StringValue: 'x' };
      const MessageAttributes = Object.fromEntries([...'abcdefghijk'].map((name) => [name, value]));
      return outcomeOf(send('x', { MessageAttributes }));
    },
    { ours: 'InvalidParameterValue', theirs: 'done' },
  ],
  [
    'deleting by a handle whose time is over',
    async ({ send, receive, changeVisibility, delete: remove }) => {
      await send('x');
      const [message] = await receive();
      await changeVisibility(0, message);
      return outcomeOf(remove(message));
    },
    { ours: 'InvalidParameterValue', theirs: 'done' },
  ],
  [
    'a handle nobody gave out',
    ({ delete: remove }) => outcomeOf(remove({ ReceiptHandle: 'garbage' })),
    { ours: 'ReceiptHandleIsInvalid', theirs: 'done' },
  ],
  [
    'the name of an error the service model lacks',
    ({ send }) => send('\uFFFF').catch(({ name }: Error) => name),
    { ours: 'InvalidMessageContents', theirs: 'AWS.SimpleQueueService.InvalidMessageContents' },
  ],
];

describe('the SQS stand-in and fauxqs', () => {
  let ours: SqsServer;
  let theirs: SqsServer;

  beforeEach(async () => {
    [ours, theirs] = await Promise.all([startOurs(), startTheirs()]);
  });

  afterEach(async () => {
    await Promise.all([ours.close(), theirs.close()]);
  });

  it.each(alike)('agree on %s', async (_, script) => {
    expect(await script(ours)).toEqual(await script(theirs));
  });

  it.each(different)('differ on %s', async (_, script, expected) => {
    expect({ ours: await script(ours), theirs: await script(theirs) }).toEqual(expected);
  });
});
