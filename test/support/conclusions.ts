import fc from 'fast-check';
import { causes, outcomes } from '../../contract/result.ts';
import type { Conclusion } from '../../functions/route-chat/decide.ts';
import type { RouteRequest } from '../../functions/route-chat/received-event.ts';
import { readChatSession } from '../../superoffice/chat-session.ts';
import { routeRequest } from './events.ts';

/** Any text, with what SQS does not carry in it more often than not. */
export const wildText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.constantFrom('a', '\u0000', '\u001f', '\ufffe', '\uffff', '\ud800', '\udc00', '𝒜'))
    .map((characters) => characters.join('')),
);

const id = fc.integer({ min: 1, max: 2_147_483_647 });

const associate = fc.record({
  associateId: id,
  ejUserId: fc.option(id),
  name: fc.option(wildText),
  userName: fc.constant('secret.user@example.com'),
});

const dateText = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom(
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.9999999-01:00',
    '2026-11-22T08:00:00',
    '',
    null,
  ),
);

/** Sessions as they come of reading whatever SuperOffice may write. */
export const readSessions = fc
  .record({
    ChatSessionId: fc.constant(648),
    TopicId: fc.oneof(id, fc.constantFrom(0, -1, 1.5, null)),
    Status: fc.oneof(wildText, fc.constant(null)),
    User: fc.option(fc.record({ AssociateId: id, Name: wildText })),
    TransferTo: fc.option(fc.record({ AssociateId: id, EjUserId: fc.integer(), Name: wildText })),
    ChatbotIsActive: fc.oneof(fc.boolean(), fc.constant(null)),
    WhenRequested: dateText,
    WhenStarted: dateText,
    WhenEnded: dateText,
    WhenIdle: dateText,
  })
  .map((entity) => {
    const read = readChatSession(entity, 648);
    return read.ok ? read.value : null;
  });

export const conclusions: fc.Arbitrary<Conclusion> = fc.record({
  outcome: fc.constantFrom(...outcomes),
  cause: fc.option(fc.constantFrom(...causes)),
  session: fc.oneof(readSessions, fc.constant(null)),
  actingAs: fc.option(associate),
  error: fc.option(
    fc.record({
      code: fc.constantFrom('http-404', 'timeout'),
      message: wildText,
      httpStatus: fc.option(fc.integer({ min: 100, max: 599 })),
    }),
  ),
});

export const requests: fc.Arbitrary<RouteRequest> = fc
  .record({
    source: wildText,
    reason: wildText,
    toAssociate: wildText,
    ignoredFields: fc.array(
      wildText.map((name) => [...name].slice(0, 64).join('')),
      { maxLength: 10 },
    ),
    receiveCount: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ ignoredFields, receiveCount, ...event }) =>
    routeRequest({ ignoredFields, receiveCount, event: { chatSessionId: 648, ...event } }),
  );
