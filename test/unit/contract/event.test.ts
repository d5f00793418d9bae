import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ParsedEvent, parseRouteChatEvent } from '../../../contract/event.ts';
import { wildEvents } from '../../support/event-bodies.ts';

type Refused = Extract<ParsedEvent, { ok: false }>;

const parse = (value: unknown) => parseRouteChatEvent(JSON.stringify(value));

function refused(body: string): Refused {
  const parsed = parseRouteChatEvent(body);
  if (parsed.ok) throw new Error(`accepted: ${body.slice(0, 80)}`);
  return parsed;
}

describe('parseRouteChatEvent', () => {
  it('reads every field', () => {
    const parsed = parse({
      chatSessionId: 648,
      toAssociate: 8,
      requestId: 'esc-1',
      source: 'escalation',
      reason: 'no answer',
      expiresAt: '2026-11-22T10:15:00.5+01:00',
    });

    expect(parsed).toEqual({
      ok: true,
      ignoredFields: [],
      event: {
        chatSessionId: 648,
        toAssociate: '8',
        requestId: 'esc-1',
        source: 'escalation',
        reason: 'no answer',
        expiresAt: Date.parse('2026-11-22T09:15:00.500Z'),
      },
    });
  });

  it('reads every field of an offer, all associates as text', () => {
    const offer = {
      acceptWithinSeconds: 60,
      fallbackAssociates: [9, 'cho'],
      ifNobody: 'return-to-queue',
      pickUp: true,
      dryRun: false,
      yields: true,
    };

    expect(parse({ chatSessionId: 648, toAssociate: 8, ...offer })).toEqual({
      ok: true,
      ignoredFields: [],
      event: {
        chatSessionId: 648,
        toAssociate: '8',
        ...offer,
        fallbackAssociates: ['9', 'cho'],
      },
    });
  });

  it('leaves out what the event leaves out', () => {
    expect(parse({ chatSessionId: 648, toAssociate: 'jte' })).toEqual({
      ok: true,
      ignoredFields: [],
      event: { chatSessionId: 648, toAssociate: 'jte' },
    });
  });

  it('names at most ten fields that it does not know, each cut to 64 characters', () => {
    const unknown = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`${index}-${'𝒜'.repeat(70)}`, index]),
    );

    const { ignoredFields } = parse({ ...unknown, chatSessionId: 648, toAssociate: 8 });

    expect(ignoredFields).toHaveLength(10);
    expect([...(ignoredFields[0] ?? '')]).toHaveLength(64);
    expect(ignoredFields[0]).toMatch(/^0-(𝒜){62}$/u);
  });

  it('says of an event that is no JSON where it stops being one', () => {
    expect(refused('{"chatSessionId": 648,}')).toMatchObject({
      code: 'invalid-json',
      message: 'body: expected JSON, got 23 characters that are none from position 22 on.',
      valid: {},
      ignoredFields: [],
    });
  });

  it.each([
    ['null', 'null'],
    ['[{"chatSessionId":648}]', 'an array'],
    ['648', 'a number'],
    ['true', 'a boolean'],
    ['"648"', 'a string of 3 characters'],
  ])('refuses the body %s, which is no object', (body, found) => {
    expect(refused(body)).toMatchObject({
      code: 'invalid-field',
      message: `body: expected a JSON object, got ${found}.`,
    });
  });

  it('refuses an empty body', () => {
    expect(refused('').message).toBe('body: expected JSON, got 0 characters that end too early.');
  });

  it('names field, what was expected and what was found', () => {
    expect(refused('{"chatSessionId":"648","toAssociate":8}').message).toBe(
      'chatSessionId: expected an integer from 1 to 2147483647, got "648".',
    );
  });

  it('quotes nothing of a field in which people write, nor what is too long for an id', () => {
    const { message } = refused(
      JSON.stringify({
        chatSessionId: 'Jane Doe of Oslo asks for her money back.',
        toAssociate: 8,
        source: 4711,
        reason: 4712,
      }),
    );

    expect(message).toMatch(/chatSessionId: .*, got a string of 41 characters; /);
    expect(message).toMatch(/source: .*, got a number; reason: .*, got a number\.$/);
  });

  it('names every field that is wrong', () => {
    const { message } = refused('{"toAssociate":"","expiresInSeconds":null,"requestId":"a b"}');

    expect(message).toMatch(/chatSessionId: expected an integer .*, got nothing; /);
    expect(message).toMatch(/toAssociate: expected an associate id .*, got an empty string; /);
    expect(message).toMatch(/requestId: expected 1 to 128 .*, got "a b"; /);
    expect(message).toMatch(/expiresInSeconds: expected an integer from 1 to 43200, got null\.$/);
  });

  it.each([0, 1.5, true, '', '..', 'a/b', 'ben.', 'x'.repeat(256)])(
    'says of any wrong associate what one may be: %j',
    (toAssociate) => {
      expect(refused(JSON.stringify({ chatSessionId: 1, toAssociate })).message).toMatch(
        /^toAssociate: expected an associate id from 1 to 2147483647, or a username of .* no dot at its end, .* \(use the associate id for such a name\), got [^,]+\.$/,
      );
    },
  );

  it('says what goes wrong where both deadlines are given', () => {
    const body =
      '{"chatSessionId":1,"toAssociate":1,"expiresAt":"2026-11-22T09:15:00Z","expiresInSeconds":1}';

    expect(refused(body).message).toBe(
      'expiresInSeconds: expected only one of expiresAt and expiresInSeconds, got both.',
    );
  });

  it.each([
    [
      { fallbackAssociates: [9], ifNobody: 'leave', pickUp: false },
      'fallbackAssociates: expected it beside acceptWithinSeconds, got it alone; ' +
        'ifNobody: expected it beside acceptWithinSeconds, got it alone; ' +
        'pickUp: expected it beside acceptWithinSeconds, got it alone.',
    ],
    [
      { acceptWithinSeconds: 20 },
      'acceptWithinSeconds: expected an integer from 30 to 600, got 20.',
    ],
    [
      { acceptWithinSeconds: 60, ifNobody: 'reset' },
      'ifNobody: expected one of "leave" and "return-to-queue", got "reset".',
    ],
    [{ dryRun: 'yes' }, 'dryRun: expected true or false, got "yes".'],
    [
      { acceptWithinSeconds: 60, fallbackAssociates: [9, 9] },
      'fallbackAssociates: expected 1 to 10 associates, each of them once, got an array.',
    ],
  ])('says what is wrong with an offer: %j', (fields, message) => {
    expect(refused(JSON.stringify({ chatSessionId: 1, toAssociate: 8, ...fields })).message).toBe(
      message,
    );
  });

  it('says which of the fallback associates is none', () => {
    const fallbackAssociates = [9, 'ben', 'cho/', 'dee.'];

    expect(
      refused(
        JSON.stringify({
          chatSessionId: 1,
          toAssociate: 8,
          acceptWithinSeconds: 60,
          fallbackAssociates,
        }),
      ).message,
    ).toMatch(/^fallbackAssociates\[2\]: expected an associate id .*, got "cho\/"\.$/);
  });

  it('keeps what is valid by itself, to tell whose event it was', () => {
    expect(
      refused('{"chatSessionId":0,"toAssociate":8,"requestId":"esc-1","note":1}'),
    ).toMatchObject({
      valid: { toAssociate: '8', requestId: 'esc-1' },
      ignoredFields: ['note'],
    });
  });

  it('takes nothing from a prototype', () => {
    const parsed = refused('{"__proto__":{"chatSessionId":648,"toAssociate":8}}');

    expect(parsed.valid).toEqual({});
    expect(parsed.ignoredFields).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).chatSessionId).toBeUndefined();
  });

  it('takes nothing for a field that every object has', () => {
    expect(parse({ chatSessionId: 1, toAssociate: 1, constructor: 1, toString: 2 })).toMatchObject({
      ok: true,
      ignoredFields: ['constructor', 'toString'],
    });
  });

  it.each([
    ['a megabyte that is no JSON', 'x'.repeat(1_048_576), 'invalid-json'],
    ['a megabyte of text', JSON.stringify('x'.repeat(1_048_574)), 'invalid-field'],
    [
      'a megabyte of a field',
      JSON.stringify({ toAssociate: 'x'.repeat(1_048_000) }),
      'invalid-field',
    ],
    ['50,000 open brackets', '['.repeat(50_000), 'invalid-json'],
    [
      '50,000 nested arrays in a field',
      `{"chatSessionId":${'['.repeat(50_000)}${']'.repeat(50_000)},"toAssociate":8}`,
      'invalid-field',
    ],
  ])('survives %s', (_, body, code) => {
    const parsed = refused(body);

    expect(parsed.code).toBe(code);
    expect(parsed.message.length).toBeLessThanOrEqual(1024);
  });

  it('ignores what an unknown field holds, however deep', () => {
    const body = `{"chatSessionId":1,"toAssociate":1,"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

    expect(parseRouteChatEvent(body)).toMatchObject({ ok: true, ignoredFields: ['deep'] });
  });

  it('ends what would be said beyond 1,024 characters', () => {
    // Each of these becomes six characters where it is quoted.
    const controls = '\u0001'.repeat(40);
    const names = ['chatSessionId', 'toAssociate', 'requestId', 'expiresAt', 'expiresInSeconds'];
    const body = JSON.stringify(Object.fromEntries(names.map((name) => [name, controls])));

    const message = expect.stringMatching(/^.{1023}…$/);
    expect(parseRouteChatEvent(body)).toMatchObject({ ok: false, message });
  });

  it('never throws, and never says more than 1,024 characters', () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc.json(),
      wildEvents.map((event) => JSON.stringify(event)),
      fc
        .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
        .map((value) => JSON.stringify(value)),
    );

    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = parseRouteChatEvent(body);
        expect(parsed.ok ? 0 : parsed.message.length).toBeLessThanOrEqual(1024);
        expect(parsed.ignoredFields.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 1000 },
    );
  });
});
