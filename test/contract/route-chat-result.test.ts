import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRouteChatResult } from '../../contract/parse-result.ts';
import { causes, outcomes, type RouteChatResult } from '../../contract/result.ts';
import { toConclusion } from '../../functions/route-chat/decide.ts';
import { receiveEvent } from '../../functions/route-chat/received-event.ts';
import { toResult } from '../../functions/route-chat/result-message.ts';
import { conclusions, requests } from '../support/conclusions.ts';
import { wildEvents } from '../support/event-bodies.ts';
import { sqsRecord } from '../support/events.ts';
import { examples, isResultBySchema } from '../support/schemas.ts';
import { startOfTime } from '../support/virtual-clock.ts';

const pending = examples('result-').find(([name]) => name.includes('transfer-pending'));
const sound: RouteChatResult = JSON.parse(pending?.[1] ?? '');
const session = sound.session as NonNullable<RouteChatResult['session']>;
const asked = {
  toAssociate: '8',
  askedAt: '2026-11-22T08:05:00.480Z',
  endedAt: null,
  answer: 'withdrawn',
};
const error = { code: 'timeout', message: 'x', httpStatus: null };

function isAccepted(body: string): boolean {
  try {
    parseRouteChatResult(body);
    return true;
  } catch {
    return false;
  }
}

describe('parseRouteChatResult and route-chat-result.schema.json', () => {
  it.each(examples('result-'))('both accept %s', (_, body) => {
    expect(parseRouteChatResult(body)).toEqual(JSON.parse(body));
    expect(isResultBySchema(JSON.parse(body))).toBe(true);
  });

  it.each(Object.keys(sound))('both refuse a result without %s', (field) => {
    const { [field as keyof RouteChatResult]: _, ...rest } = sound;

    expect(isAccepted(JSON.stringify(rest))).toBe(false);
    expect(isResultBySchema(rest)).toBe(false);
  });

  it.each([
    ['a word of a later version', { outcome: 'offered', cause: 'on-a-break' }, true],
    ['a field of a later version', { offeredTo: [8, 9] }, true],
    ['another version', { version: 2 }, false],
    ['no chat session', { chatSessionId: null }, true],
    ['half a chat session', { chatSessionId: 1.5 }, false],
    ['a receive count of 0', { receiveCount: 0 }, false],
    ['a moment that is none', { sentAt: '2026-02-30T00:00:00Z' }, false],
    ['ten ignored fields', { ignoredFields: Array(10).fill('a') }, true],
    ['eleven ignored fields', { ignoredFields: Array(11).fill('a') }, false],
    ['an ignored field of 64 astral characters', { ignoredFields: ['𝒜'.repeat(64)] }, true],
    ['an ignored field of 65 characters', { ignoredFields: ['a'.repeat(65)] }, false],
    [
      'an error of 1,024 astral characters',
      { error: { ...error, message: '𝒜'.repeat(1024) } },
      true,
    ],
    ['an error of 1,025 characters', { error: { ...error, message: 'a'.repeat(1025) } }, false],
    ['an error without its status', { error: { code: 'timeout', message: 'x' } }, false],
    ['an associate without id', { actingAs: { ejUserId: 1, name: 'ann' } }, false],
    ['a session without its user', { session: { ...session, user: undefined } }, false],
    ['a session that began on no day', { session: { ...session, whenStarted: '22.11.' } }, false],
    ['a target that is a number', { toAssociate: 8 }, false],
    ['nobody asked', { offers: [] }, true],
    ['eleven asked', { offers: Array(11).fill(asked) }, true],
    ['twelve asked', { offers: Array(12).fill(asked) }, false],
    ['one asked at no time', { offers: [{ ...asked, askedAt: null, endedAt: null }] }, true],
    ['one asked on no day', { offers: [{ ...asked, askedAt: '22.11.' }] }, false],
    ['an answer of a later version', { offers: [{ ...asked, answer: 'on-a-break' }] }, true],
    ['an offer without answer', { offers: [{ ...asked, answer: undefined }] }, false],
    ['offers that are null', { offers: null }, false],
    ['a chat that was picked up', { pickedUp: true }, true],
    ['a chat picked up by somebody', { pickedUp: 'ann' }, false],
  ])('say the same of %s', (_, given, isSound) => {
    const body = JSON.stringify({ ...sound, ...given });

    expect(isAccepted(body)).toBe(isSound);
    expect(isResultBySchema(JSON.parse(body))).toBe(isSound);
  });

  it('agree wherever one value is another', () => {
    const at = fc.constantFrom(
      ...Object.keys(sound),
      ...Object.keys(session).map((key) => `session.${key}`),
    );

    fc.assert(
      fc.property(at, fc.jsonValue({ maxDepth: 1 }), (path, value) => {
        const [field = '', inner] = path.split('.');
        const body = JSON.stringify({
          ...sound,
          [field]: inner ? { ...session, [inner]: value } : value,
        });
        expect(isAccepted(body)).toBe(isResultBySchema(JSON.parse(body)));
      }),
      { numRuns: 1000 },
    );
  });

  it('names the field that breaks the schema', () => {
    const body = JSON.stringify({ ...sound, session: { ...session, whenIdle: 'now' } });

    expect(() => parseRouteChatResult(body)).toThrow(/session\.whenIdle: expected an RFC 3339/);
  });

  it('names the body where it is no object', () => {
    expect(() => parseRouteChatResult('null')).toThrow('Not a route chat result: body: expected');
  });
});

describe('toResult', () => {
  it('makes what the schema asks for, whatever became of the event', () => {
    fc.assert(
      fc.property(requests, conclusions, (request, conclusion) => {
        const body = JSON.stringify(toResult(request, conclusion, startOfTime));

        expect(isResultBySchema(JSON.parse(body)) || isResultBySchema.errors).toBe(true);
        expect(isAccepted(body)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes what the schema asks for, whatever the event was', () => {
    fc.assert(
      fc.property(wildEvents, (event) => {
        const received = receiveEvent(sqsRecord({ body: event }), 300_000);
        const failed = toConclusion({
          outcome: 'expired',
          error: received.kind === 'invalid' ? received.error : null,
        });
        const result = toResult(received, failed, startOfTime);

        expect(
          isResultBySchema(JSON.parse(JSON.stringify(result))) || isResultBySchema.errors,
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('outcomes and causes', () => {
  it('are each explained to readers of the schema', () => {
    const { properties } = isResultBySchema.schema as {
      properties: Record<'outcome' | 'cause', { description: string }>;
    };

    for (const outcome of outcomes) expect(properties.outcome.description).toContain(outcome);
    for (const cause of causes) expect(properties.cause.description).toContain(`${cause}: `);
  });
});
