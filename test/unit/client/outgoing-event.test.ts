import { describe, expect, it } from '@jest/globals';
import { mostBytes, toOutgoing } from '../../../client/outgoing-event.ts';
import { parseRouteChatEvent } from '../../../contract/event.ts';
import { maxBytes } from '../../../stand-ins/sqs/message-rules.ts';

const sound = { chatSessionId: 648, toAssociate: 'jte' };

function sent(event: object) {
  const outgoing = toOutgoing(event);
  if (!outgoing.ok) throw new Error(JSON.stringify(outgoing.faults));
  return outgoing.event;
}
const faultIn = (event: unknown) => {
  const outgoing = toOutgoing(event);
  return outgoing.ok ? undefined : outgoing.faults;
};

describe('toOutgoing', () => {
  it('writes the event as it is, into the group of its chat', () => {
    const event = { ...sound, requestId: 'r-1', source: 'rule', expiresInSeconds: 60 };

    const { body, groupId, bytes } = sent(event);

    expect(JSON.parse(body)).toEqual(event);
    expect(groupId).toBe('648');
    expect(bytes).toBe(Buffer.byteLength(body));
  });

  it('writes a Date as the moment it is', () => {
    const expiresAt = new Date('2026-11-22T09:15:00.250Z');

    expect(parseRouteChatEvent(sent({ ...sound, expiresAt }).body)).toMatchObject({
      event: { expiresAt: expiresAt.getTime() },
    });
  });

  it.each([new Date(Number.NaN), new Date(8.64e15)])(
    'refuses a Date that names no such moment',
    (expiresAt) => {
      expect(faultIn({ ...sound, expiresAt })).toEqual([
        { field: 'expiresAt', message: expect.stringMatching(/^expected an RFC 3339 date/) },
      ]);
    },
  );

  it('writes what SQS would not carry so that it does', () => {
    const reason = '\u0000\ufffe\uffff\ud800 \\ufffe';

    const { body } = sent({ ...sound, reason });

    expect(body).toMatch(/^[\u0020-\ufffd]*$/);
    expect(JSON.parse(body)).toEqual({ ...sound, reason });
  });

  it('refuses more than a message can hold, and counts bytes', () => {
    const around = Buffer.byteLength(JSON.stringify({ ...sound, extra: '' }));
    const extra = (bytes: number) => ({ ...sound, extra: `é${'e'.repeat(bytes - around - 2)}` });

    expect(mostBytes).toBe(maxBytes);
    expect(sent(extra(maxBytes)).bytes).toBe(maxBytes);
    expect(faultIn(extra(maxBytes + 1))).toEqual([
      { field: 'body', message: 'expected at most 1048576 bytes, got 1048577' },
    ]);
  });

  it('refuses what JSON cannot hold', () => {
    const circular: Record<string, unknown> = { ...sound };
    circular.extra = circular;

    for (const event of [circular, { ...sound, extra: 1n }]) {
      expect(faultIn(event)).toEqual([
        { field: 'body', message: 'expected what JSON can hold, got more than that' },
      ]);
    }
  });

  it.each([undefined, null, 7, 'text', []])('refuses %j instead of an event', (event) => {
    expect(faultIn(event)).toEqual([{ field: 'body', message: expect.any(String) }]);
  });
});
