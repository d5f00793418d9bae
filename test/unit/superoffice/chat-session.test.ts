import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readChatSession } from '../../../superoffice/chat-session.ts';
import { ann, router } from '../../support/associates.ts';
import { associateCarrier, chatSession, chatSessionEntity } from '../../support/chat-session.ts';

const refused = { ok: false, lacks: 'ChatSessionId' };

const readEntity = (entity: unknown) => {
  const read = readChatSession(entity, 648);
  return read.ok ? read.value : undefined;
};
const read = (given: Record<string, unknown>) => readEntity(chatSessionEntity(given));

describe('readChatSession', () => {
  it('takes what routing needs, and nothing of the customer', () => {
    expect(read({})).toEqual(chatSession());
  });

  it('reads who is asked to take it', () => {
    expect(read({ TransferTo: associateCarrier(ann) })?.transferTo).toEqual(ann);
  });

  it.each([null, undefined, 'text', 7, [], {}])('is not what was asked for: %j', (value) => {
    expect(readChatSession(value, 648)).toEqual(refused);
  });

  it.each([649, '648', null, 648.5])('is not the session 648: %j', (ChatSessionId) => {
    expect(readChatSession(chatSessionEntity({ ChatSessionId }), 648)).toEqual(refused);
  });

  it.each([
    ['2001-11-23T14:13:48.3820714+01:00', '2001-11-23T13:13:48.382Z'],
    ['2026-11-22T08:00:00Z', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T08:00:00-05:30', '2026-11-22T13:30:00.000Z'],
    ['2026-11-22T08:00:00+0100', '2026-11-22T07:00:00.000Z'],
    ['1753-01-01T00:00:00Z', '1753-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads the date %s', (WhenStarted, utc) => {
    expect(read({ WhenStarted })?.whenStarted).toBe(utc);
  });

  it.each([
    ['never, as SuperOffice writes it', '0001-01-01T00:00:00Z'],
    ['never, without offset', '0001-01-01T00:00:00'],
    ['never, in another time zone', '0001-01-01T00:00:00+02:00'],
    ['the end of time, in another time zone', '9999-12-31T23:59:59.9999999-01:00'],
    ['a date without offset', '2026-11-22T08:00:00'],
    ['a day alone', '2026-11-22'],
    ['an impossible date', '2026-13-22T08:00:00Z'],
    ['a date that is not ISO 8601', 'Tue Nov 24 2026 10:00:00 GMT+0100 (CET)'],
    ['a list of dates', ['2026-11-22T08:00:00Z']],
    ['text', 'yesterday Z'],
    ['a number', 1_763_800_000_000],
    ['null', null],
  ])('has no date for %s', (_, given) => {
    expect(
      read({ WhenRequested: given, WhenStarted: given, WhenEnded: given, WhenIdle: given }),
    ).toMatchObject({ whenRequested: null, whenStarted: null, whenEnded: null, whenIdle: null });
  });

  it.each([null, undefined, 0, { AssociateId: 0 }, { AssociateId: -1, Name: 'x' }, { Name: 'x' }])(
    'has nobody in the carrier %j',
    (carrier) => {
      expect(read({ User: carrier, TransferTo: carrier })).toMatchObject({
        user: null,
        transferTo: null,
      });
    },
  );

  it('has no ejUser, name or topic where they are unset', () => {
    const session = read({
      TopicId: 0,
      User: { AssociateId: 7, EjUserId: 0, Name: '', UserName: null },
    });

    expect(session).toMatchObject({
      topicId: null,
      user: { associateId: 7, ejUserId: null, name: null, userName: null },
    });
  });

  it('passes on a status it does not know, up to a length', () => {
    expect(read({ Status: 'OnHold' })?.status).toBe('OnHold');
    expect(read({ Status: 'x'.repeat(1000) })?.status).toHaveLength(64);
    expect(read({ Status: 5 })?.status).toBeNull();
  });

  it('reads a sparse entity', () => {
    expect(readEntity({ ChatSessionId: 648 })).toMatchObject({
      status: null,
      user: null,
      transferTo: null,
      chatbotIsActive: null,
      whenEnded: null,
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('Status', 'User', 'WhenIdle', 'AssociateId') }),
        (entity) => {
          expect(readEntity({ ...entity, ChatSessionId: 648 })?.chatSessionId).toBe(648);
        },
      ),
    );
  });

  it('leaves the one whose ticket it is as SuperOffice names them', () => {
    expect(read({ User: associateCarrier(router) })?.user).toEqual(router);
  });
});
