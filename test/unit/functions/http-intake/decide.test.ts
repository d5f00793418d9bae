import { describe, expect, it } from '@jest/globals';
import { deduplicationIdOf } from '../../../../client/deduplication-id.ts';
import { type Decision, decide } from '../../../../functions/http-intake/decide.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const minuteMs = 60_000;
const at = (secondsAhead: number) => new Date(now + secondsAhead * 1000).toISOString();
const wish = { chatSessionId: 648, toAssociate: 8, requestId: 'case-17', expiresAt: at(60) };
const envelope = {
  EventId: '88f91933-edce-4c1a-8ded-ade8e2f72434',
  Timestamp: at(-30),
  Event: 'routechat.requested',
  PrimaryKey: 648,
  FieldValues: { toAssociate: '8' },
};

const decisionOf = (
  body: unknown,
  given: { contentType?: string; now?: number; ttl?: number } = {},
) =>
  decide(
    {
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      contentType: 'contentType' in given ? given.contentType : 'application/json; charset=utf-8',
    },
    { now: given.now ?? now, timeToLiveMs: given.ttl ?? 300_000 },
  );
/** The event it sends. */
const sentOf = (decision: Decision) =>
  decision.kind === 'send' ? JSON.parse(decision.event.body) : decision;
const faultsOf = (decision: Decision) =>
  decision.kind === 'refuse'
    ? decision.faults.map(({ field, message }) => `${field}: ${message}`)
    : [];

describe('decide, of SuperOffice’s envelope', () => {
  it('sends the wish in the group of its chat, to live 290 s from when it was raised', () => {
    expect(decisionOf(envelope)).toMatchObject({
      kind: 'send',
      statusCode: 200,
      requestId: envelope.EventId,
      event: {
        groupId: '648',
        deduplicationId: deduplicationIdOf({
          chatSessionId: 648,
          toAssociate: '8',
          requestId: envelope.EventId,
        }),
      },
    });
    expect(sentOf(decisionOf(envelope))).toEqual({
      chatSessionId: 648,
      toAssociate: '8',
      requestId: envelope.EventId,
      expiresAt: at(260),
    });
  });

  it.each([
    ['a shorter time to live', {}, 60_000, at(30)],
    ['its own expiresInSeconds', { expiresInSeconds: '40' }, 300_000, at(10)],
    ['its own expiresAt', { expiresAt: at(20) }, 300_000, at(20)],
    ['no longer expiresInSeconds', { expiresInSeconds: 3600 }, 300_000, at(260)],
  ])('lets it live by %s', (_, data, ttl, expiresAt) => {
    const body = { ...envelope, FieldValues: { toAssociate: 8, ...data } };

    expect(sentOf(decisionOf(body, { ttl }))).toMatchObject({ expiresAt });
  });

  it.each([1, 6, 11])(
    'makes the same message of it %i minutes later, too late from five on',
    (minutes) => {
      const later = now + minutes * minuteMs;

      expect(decisionOf(envelope, { now: later })).toEqual(decisionOf(envelope));
      expect(Date.parse(at(260)) < later).toBe(minutes >= 5);
    },
  );

  it.each([
    ['no target', { FieldValues: {} }, '648'],
    ['no chat', { PrimaryKey: 0 }, expect.stringMatching(/^[0-9a-f]{64}$/)],
    ['a chat that is none', { PrimaryKey: 'x' }, expect.stringMatching(/^[0-9a-f]{64}$/)],
    ['an id that is none', { EventId: 'a b' }, '648'],
    ['an id that is no text', { EventId: 7 }, '648'],
    ['no time', { Timestamp: undefined }, '648'],
    [
      'both deadlines',
      { FieldValues: { expiresAt: at(9), expiresInSeconds: 9, toAssociate: 8 } },
      '648',
    ],
  ])('sends it on with %s, to be answered invalid-event', (_, given, groupId) => {
    const decision = decisionOf({ ...envelope, ...given });

    expect(decision).toMatchObject({ kind: 'send', statusCode: 200, event: { groupId } });
  });

  it.each([['test'], ['other']])('leaves %s, whatever the type of its content', (what) => {
    const body = { ...envelope, Event: what };

    expect(decisionOf(body, { contentType: 'text/plain' })).toEqual({ kind: 'leave', what });
  });
});

describe('decide, of an event of our own', () => {
  it('sends it as it stands, and knows a repeat', () => {
    const decision = decisionOf({ ...wish, source: 'escalation', note: 'x' });

    expect(decision).toMatchObject({
      kind: 'send',
      statusCode: 202,
      requestId: 'case-17',
      event: {
        groupId: '648',
        deduplicationId: deduplicationIdOf({ ...wish, source: 'escalation' }),
      },
    });
    expect(sentOf(decision)).toEqual({ ...wish, source: 'escalation', note: 'x' });
  });

  it('lets it live no longer than the deployment does', () => {
    expect(sentOf(decisionOf(wish, { ttl: 10_000 }))).toMatchObject({ expiresAt: at(10) });
  });

  it.each([
    ['at the end of 290 s', at(290), []],
    [
      'past it',
      at(290.001),
      ['expiresAt: expected a time to come, at most 290 s from now, got 291 s from now'],
    ],
    ['now', at(0), ['expiresAt: expected a time to come, at most 290 s from now, got 0 s ago']],
    [
      'a replay six minutes on',
      at(-300),
      ['expiresAt: expected a time to come, at most 290 s from now, got 300 s ago'],
    ],
    [
      'no time',
      undefined,
      ['expiresAt: expected a time to come, at most 290 s from now, got nothing'],
    ],
    [
      'none',
      'soon',
      [
        'expiresAt: expected an RFC 3339 date and time with offset, e.g. 2026-11-22T09:15:00Z, got "soon"',
      ],
    ],
  ])('answers for expiresAt %s', (_, expiresAt, faults) => {
    expect(faultsOf(decisionOf({ ...wish, expiresAt }))).toEqual(faults);
  });

  it('is one, too, where it names an event in words of SuperOffice’s', () => {
    const decision = decisionOf({ ...wish, event: 'vip.waits', eventId: '17' });

    expect(decision).toMatchObject({ kind: 'send', statusCode: 202 });
  });

  it('names every fault at once', () => {
    expect(decisionOf({ toAssociate: '', expiresInSeconds: 60, reason: 7 })).toMatchObject({
      kind: 'refuse',
      statusCode: 400,
      faults: [
        'chatSessionId',
        'toAssociate',
        'reason',
        'requestId',
        'expiresAt',
        'expiresInSeconds',
      ].map((field) => ({ field })),
    });
  });

  it.each([
    [
      'broken JSON',
      '{"chatSessionId":',
      'body: expected JSON, got 17 characters that end too early',
    ],
    ['nothing', '', 'body: expected JSON, got 0 characters that end too early'],
    ['an array', '[]', 'body: expected an object, got an array'],
    ['null', 'null', 'body: expected an object, got null'],
  ])('refuses %s', (_, body, fault) => {
    expect(faultsOf(decisionOf(body))).toEqual([fault]);
  });

  it.each(['text/plain', '', undefined, 'application/jsonx', 'application/x-www-form-urlencoded'])(
    'refuses the type %j',
    (contentType) => {
      expect(decisionOf(wish, { contentType } as { contentType: string })).toMatchObject({
        kind: 'refuse',
        statusCode: 415,
        faults: [{ field: 'content-type' }],
      });
    },
  );

  it.each(['application/json', 'Application/JSON;charset=utf-8', 'application/json ; a=b'])(
    'takes the type %j',
    (contentType) => {
      expect(decisionOf(wish, { contentType })).toMatchObject({ kind: 'send' });
    },
  );
});
