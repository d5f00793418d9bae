import { describe, expect, it } from '@jest/globals';
import { deduplicationIdOf } from '../../../../client/deduplication-id.ts';
import { toMessages } from '../../../../functions/intake/messages.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const invocation = { awsRequestId: 'invocation-1', now, timeToLiveMs: 300_000 };
const wish = { chatSessionId: 648, toAssociate: 8 };
const envelopeOf = (detail: unknown, given: object = {}) => ({
  version: '0',
  id: 'envelope-1',
  'detail-type': 'RouteChatRequested',
  source: 'somebody',
  time: '2026-11-24T11:59:00Z',
  detail,
  ...given,
});

const messagesOf = (payload: unknown, given = {}) =>
  toMessages(payload, { ...invocation, ...given });
/** The one event it makes of a payload. */
const eventOf = (payload: unknown) => JSON.parse(messagesOf(payload)[0]?.body ?? '');

describe('toMessages', () => {
  it.each([
    ['an event', wish, [648], ['invocation-1']],
    [
      'an array of events',
      [wish, { ...wish, chatSessionId: 7 }],
      [648, 7],
      ['invocation-1-0', 'invocation-1-1'],
    ],
    ['an envelope', envelopeOf(wish), [648], ['envelope-1']],
    ['an empty array', [], [], []],
  ])('makes of %s as many messages, each a request by itself', (_, payload, chats, requests) => {
    const events = messagesOf(payload).map(({ body }) => JSON.parse(body));

    expect(events.map(({ chatSessionId }) => chatSessionId)).toEqual(chats);
    expect(events.map(({ requestId }) => requestId)).toEqual(requests);
  });

  it('puts each in the message group of its chat, and tells repeats by what they ask', () => {
    expect(messagesOf(envelopeOf({ ...wish, source: 'a' }))).toMatchObject([
      {
        groupId: '648',
        deduplicationId: deduplicationIdOf({ ...wish, source: 'a', requestId: 'envelope-1' }),
      },
    ]);
  });

  it('leaves a request id that is given, and fields it does not know', () => {
    expect(eventOf(envelopeOf({ ...wish, requestId: 'mine', note: 'x' }))).toMatchObject({
      requestId: 'mine',
      note: 'x',
    });
  });

  it('makes the same messages of an envelope that is delivered again, later', () => {
    for (const detail of [wish, { ...wish, expiresInSeconds: 90 }, {}, { chatSessionId: 648 }]) {
      const again = messagesOf(envelopeOf(detail), {
        awsRequestId: 'invocation-2',
        now: now + 9e4,
      });

      expect(again).toEqual(messagesOf(envelopeOf(detail)));
    }
  });

  it.each([
    ['the envelope’s time', envelopeOf(wish), '2026-11-24T12:04:00.000Z'],
    ['now, where there is no envelope', wish, '2026-11-24T12:05:00.000Z'],
    [
      'now, where the envelope has no time',
      envelopeOf(wish, { time: undefined }),
      '2026-11-24T12:05:00.000Z',
    ],
    ['now, where its time is none', envelopeOf(wish, { time: 'noon' }), '2026-11-24T12:05:00.000Z'],
    [
      'long ago, where its time cannot be written in UTC',
      envelopeOf(wish, { time: '0000-01-01T00:00:00+01:00' }),
      '1970-01-01T00:00:00.000Z',
    ],
    [
      'now, where its time is to come',
      envelopeOf(wish, { time: '2026-11-24T13:00:00Z' }),
      '2026-11-24T12:05:00.000Z',
    ],
  ])('counts the time to live from %s', (_, payload, expiresAt) => {
    expect(eventOf(payload).expiresAt).toBe(expiresAt);
  });

  it.each([
    ['expiresInSeconds', { expiresInSeconds: 30 }, '2026-11-24T11:59:30.000Z'],
    ['expiresAt', { expiresAt: '2026-11-24T13:00:00+01:00' }, '2026-11-24T13:00:00+01:00'],
    ['a longer expiresInSeconds', { expiresInSeconds: 43_200 }, '2026-11-24T12:04:00.000Z'],
    ['a later expiresAt', { expiresAt: '2026-11-25T12:00:00Z' }, '2026-11-24T12:04:00.000Z'],
  ])('lets %s shorten that, and never lengthen it', (_, given, expiresAt) => {
    const event = eventOf(envelopeOf({ ...wish, ...given }));

    expect(event.expiresAt).toBe(expiresAt);
    expect(event).not.toHaveProperty('expiresInSeconds');
  });

  it.each([
    ['no object', 'text'],
    ['null', null],
    ['an empty text', ''],
    ['an array inside the array', [wish]],
    ['an event without a chat', { toAssociate: 8 }],
    ['what only looks like an envelope', { id: 'x', detail: wish }],
    ['an envelope with two events', envelopeOf([wish, wish])],
    ['an envelope whose id is none', envelopeOf(wish, { id: 'a b' })],
  ])('sends %s on as it stands, in a message group of its own', (_, payload) => {
    const [{ body, groupId, deduplicationId } = { body: '' }, ...more] = messagesOf([payload]);

    expect(more).toEqual([]);
    expect(JSON.parse(body)).toEqual(payload);
    expect(groupId).toBe(deduplicationId);
    expect(deduplicationId).toMatch(/^[0-9a-f]{64}$/);
  });

  it('sends on as null what nests deeper than JSON can be written', () => {
    const depth = 30_000;
    const deep = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    const nothing = { chatSessionId: 648, toAssociate: null };

    expect(eventOf({ ...wish, note: deep })).toMatchObject({ ...wish, note: null });
    expect(eventOf({ chatSessionId: 648, toAssociate: deep })).toEqual(nothing);
    expect(JSON.parse(messagesOf([deep])[0]?.body ?? '')).toBeNull();
  });

  it('sends a faulty event on as it stands in the group of its chat, if it names one', () => {
    const faulty = { chatSessionId: 648, toAssociate: '', expiresInSeconds: 30 };

    expect(messagesOf(envelopeOf(faulty))).toMatchObject([
      { body: JSON.stringify(faulty), groupId: '648' },
    ]);
  });

  it('takes faulty events of one invocation for several', () => {
    const ids = messagesOf([{}, {}]).map(({ deduplicationId }) => deduplicationId);

    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['nothing', {}],
    ['an empty string', { chatSessionId: '' }],
    ['null', { chatSessionId: null }],
  ])('sends on what a mapping makes of a path that is not there, %s', (_, mapped) => {
    const detail = { ...mapped, toAssociate: 8 };

    expect(eventOf(envelopeOf(detail))).toEqual(detail);
  });

  it.each([
    ['an event', { ...wish, note: 'x'.repeat(1_048_577) }],
    ['what is none', 'x'.repeat(1_048_577)],
  ])('refuses %s that SQS would, by its size', (_, payload) => {
    expect(() => messagesOf(payload)).toThrow(
      /^body: expected at most 1048576 bytes, got 1048\d\d\d$/,
    );
  });

  it('writes what SQS refuses in a message so that it takes it', () => {
    const [message] = messagesOf({ chatSessionId: '\ufffe' });

    expect(message?.body).toBe(String.raw`{"chatSessionId":"\ufffe"}`);
  });
});
