import { describe, expect, it } from '@jest/globals';
import { readSuperOfficeEvent } from '../../../../functions/http-intake/superoffice-event.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const envelope = {
  EventId: '88f91933-edce-4c1a-8ded-ade8e2f72434',
  Timestamp: '2026-11-24T11:59:30.0005158Z',
  Changes: [],
  Event: 'routechat.requested',
  PrimaryKey: 648,
  Entity: 'routechat',
  ContextIdentifier: 'Cust12345',
  ChangedByAssociateId: 7,
  WebhookName: 'Route chat',
};
const read = (body: unknown) => readSuperOfficeEvent(body, now);
const eventOf = (given: object) => {
  const found = read({ ...envelope, ...given });
  return found?.kind === 'requested' ? found.event : found;
};

describe('readSuperOfficeEvent', () => {
  it('finds what is asked for, by whom and when', () => {
    expect(read({ ...envelope, FieldValues: { toAssociate: 8 } })).toEqual({
      kind: 'requested',
      id: envelope.EventId,
      event: { chatSessionId: 648, toAssociate: 8, requestId: envelope.EventId },
      askedAt: Date.parse('2026-11-24T11:59:30Z'),
    });
  });

  it.each([
    ['FieldValues', { FieldValues: { toAssociate: 8 } }],
    ['Changes', { Changes: { toAssociate: 8 } }],
    ['an object of another name', { Data: { toAssociate: 8 } }],
    ['the envelope itself', { toAssociate: 8 }],
    ['names in another case', { fieldValues: { ToAssociate: 8 } }],
    ['text', { FieldValues: { toAssociate: '8' } }],
  ])('finds the data in %s', (_, given) => {
    expect(eventOf(given)).toMatchObject({
      chatSessionId: 648,
      toAssociate: given && expect.anything(),
    });
    expect(String((eventOf(given) as { toAssociate: unknown }).toAssociate)).toBe('8');
  });

  it('knows each field of an event, numbers as text too, and no other', () => {
    const data = {
      toAssociate: 'ann',
      requestId: 'case-17',
      expiresInSeconds: '60',
      source: 'escalation',
      reason: 'waits',
      sessionKey: 'secret',
    };

    expect(eventOf({ FieldValues: data })).toEqual({
      chatSessionId: 648,
      toAssociate: 'ann',
      requestId: 'case-17',
      expiresInSeconds: 60,
      source: 'escalation',
      reason: 'waits',
    });
  });

  it.each([
    ['userId, which is an ejUser’s', { FieldValues: { userId: 115, user_id: 115 } }],
    ['whoever changed it', {}],
    ['a list of names', { Changes: ['toAssociate'] }],
  ])('takes nobody for the target from %s', (_, given) => {
    expect(eventOf(given)).not.toHaveProperty('toAssociate');
  });

  it.each([
    ['its primary key', { FieldValues: { chatSessionId: 7 } }, 648],
    ['its primary key as text', { PrimaryKey: '648' }, 648],
    ['its data, where it was raised for none', { PrimaryKey: 0, Data: { chatSessionId: '7' } }, 7],
    ['nothing, where neither names it', { PrimaryKey: 0 }, undefined],
  ])('has the chat from %s', (_, given, chatSessionId) => {
    expect((eventOf(given) as { chatSessionId?: unknown }).chatSessionId).toBe(chatSessionId);
  });

  it.each([
    ['2026-11-24T11:59:00.123', '2026-11-24T11:59:00.123Z'],
    ['2026-11-24T12:59:00+01:00', '2026-11-24T11:59:00Z'],
    ['2026-11-24T12:00:01Z', '2026-11-24T12:00:00Z'],
  ])('takes a wish of %s to be of %s', (Timestamp, at) => {
    expect(read({ ...envelope, Timestamp })).toMatchObject({ askedAt: Date.parse(at) });
  });

  it.each([['noon'], [null], [undefined], [0]])('makes a fault of the time %j', (Timestamp) => {
    expect(eventOf({ Timestamp })).toMatchObject({ expiresAt: String(Timestamp) });
  });

  it.each([
    ['test', 'test'],
    ['chatsession.changed', 'other'],
    ['contact.created', 'other'],
    ['', 'other'],
  ])('tells the event %j: %s', (Event, kind) => {
    expect(read({ ...envelope, Event })).toEqual({ kind });
  });

  it.each([
    ['an event of our own', { chatSessionId: 648, toAssociate: 8 }],
    ['what names no event', { ...envelope, Event: undefined }],
    ['what has no id', { Event: 'test' }],
    ['text', 'test'],
    ['null', null],
    ['an array', [envelope]],
  ])('takes %s for no envelope', (_, body) => {
    expect(read(body)).toBeUndefined();
  });
});
