import { describe, expect, it } from '@jest/globals';
import { checkBatch } from '../../../../stand-ins/sqs/batch.ts';
import { md5OfAttributes } from '../../../../stand-ins/sqs/digest.ts';
import type { MessageAttributes } from '../../../../stand-ins/sqs/message.ts';
import {
  checkPresence,
  type SendInput,
  sizeOf,
  toOutgoing,
} from '../../../../stand-ins/sqs/message-rules.ts';

const message = (changes: SendInput = {}): SendInput => ({
  MessageBody: 'hello',
  MessageGroupId: 'a',
  ...changes,
});

const text = (value: string) => ({ DataType: 'String', StringValue: value });

const refusal = (code: string) => expect.objectContaining({ code });

describe('toOutgoing', () => {
  it.each(['\t\n\r', ' ', '\uD7FF', '\uE000', '\uFFFD', '\u{10000}', '\u{10FFFF}', 'å 你 😀'])(
    'accepts every character XML can carry: %j',
    (body) => {
      expect(toOutgoing(message({ MessageBody: body }))).toMatchObject({ body });
    },
  );

  it.each(['\0', '\u0008', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800', 'a\uDFFFb'])(
    'refuses any other in a body: %j',
    (body) => {
      const send = () => toOutgoing(message({ MessageBody: body }));

      expect(send).toThrow(refusal('InvalidMessageContents'));
    },
  );

  it.each<[string, MessageAttributes]>([
    ['an empty value', { k: text('') }],
    ['no value', { k: { DataType: 'String' } }],
    ['a value of another type', { k: { DataType: 'Binary', StringValue: 'x' } }],
    ['a character SQS does not carry', { k: text('\u0008') }],
    ['a number that is none', { k: { DataType: 'Number', StringValue: 'one' } }],
    ['an unknown type', { k: { DataType: 'Text', StringValue: 'x' } }],
    ['an empty name', { '': text('x') }],
    ['a name starting with AWS.', { 'aWs.k': text('x') }],
    ['a name starting with a period', { '.k': text('x') }],
    ['a name with two periods together', { 'k..k': text('x') }],
    ['a name with a space', { 'k k': text('x') }],
    ['a name of 257 characters', { ['k'.repeat(257)]: text('x') }],
    ['eleven attributes', Object.fromEntries([...'abcdefghijk'].map((name) => [name, text('x')]))],
  ])('refuses attributes with %s', (_, MessageAttributes) => {
    const send = () => toOutgoing(message({ MessageAttributes }));

    expect(send).toThrow(refusal('InvalidParameterValue'));
  });

  it('accepts ten attributes of every type', () => {
    const strings = Object.fromEntries([...'abcdefgh'].map((name) => [name, text('x')]));
    const MessageAttributes = {
      ...strings,
      'a.number': { DataType: 'Number.int', StringValue: '-1.5e3' },
      binary: { DataType: 'Binary', BinaryValue: 'AAE=' },
    };

    expect(toOutgoing(message({ MessageAttributes }))).toMatchObject({
      attributes: MessageAttributes,
    });
  });

  it.each<[string, SendInput]>([
    ['a group id with a space', { MessageGroupId: 'a b' }],
    ['a group id of 129 characters', { MessageGroupId: 'a'.repeat(129) }],
    ['a group id beyond ASCII', { MessageGroupId: 'å' }],
    ['an empty deduplication id', { MessageDeduplicationId: '' }],
    ['a delay of its own', { DelaySeconds: 1 }],
  ])('refuses %s', (_, changes) => {
    expect(() => toOutgoing(message(changes))).toThrow(refusal('InvalidParameterValue'));
  });

  it('counts body and attributes in bytes, up to 1 MiB', () => {
    const MessageAttributes = { k: text('å') };
    const body = 'x'.repeat(1_048_576 - 9);

    expect(sizeOf(message({ MessageBody: body, MessageAttributes }))).toBe(1_048_576);
    expect(() => toOutgoing(message({ MessageBody: body, MessageAttributes }))).not.toThrow();
    expect(() => toOutgoing(message({ MessageBody: `${body}x`, MessageAttributes }))).toThrow(
      /shorter than 1048576 bytes/,
    );
  });
});

describe('checkPresence', () => {
  it.each([
    [false, 'MissingParameter'],
    [true, 'InvalidParameterValue'],
  ])('misses the group id; in a batch: %s', (inBatch, code) => {
    const check = () =>
      checkPresence({ MessageBody: 'x' }, { contentBasedDeduplication: true, inBatch });

    expect(check).toThrow(refusal(code));
  });

  it('misses the deduplication id only where the body does not stand for one', () => {
    const check = (contentBasedDeduplication: boolean) => () =>
      checkPresence(message(), { contentBasedDeduplication, inBatch: false });

    expect(check(true)).not.toThrow();
    expect(check(false)).toThrow(refusal('InvalidParameterValue'));
  });
});

describe('checkBatch', () => {
  const ids = (...all: string[]) => all.map((Id) => ({ Id }));

  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', ids(...'abcdefghijk')],
    ['InvalidBatchEntryId', ids('a', '')],
    ['InvalidBatchEntryId', ids('a:b')],
    ['InvalidBatchEntryId', ids('a'.repeat(81))],
    ['BatchEntryIdsNotDistinct', ids('a', 'b', 'a')],
  ])('refuses the whole call: %s', (code, entries) => {
    expect(() => checkBatch(entries)).toThrow(refusal(code));
  });

  it('accepts ten distinct ids', () => {
    expect(checkBatch(ids('a'.repeat(80), ...'0123456', 'A-b', 'A_b'))).toHaveLength(10);
  });
});

describe('md5OfAttributes', () => {
  // Sums seen at AWS, recorded in LocalStack's snapshots of its tests against it.
  it.each([
    ['a45daa70926828a2f0a1db3418e6feb4', { k: text('x') }],
    [
      '4c360f3fdafd970e05fae2f149d997f5',
      { 'Help.Me': text('Me'), Hello: text('There'), General: text('Kenobi') },
    ],
    [
      '8cbe4db156db8a94db8b801b7addb984',
      {
        attr1: {
          DataType: 'Binary',
          BinaryValue: Buffer.from(
            'traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01',
          ).toString('base64'),
        },
      },
    ],
  ])('makes the sum %s', (sum, attributes) => {
    expect(md5OfAttributes(attributes)).toBe(sum);
  });
});
