import * as v from 'valibot';
import { dateTime } from './date-time.ts';
import { causes, offerAnswers, outcomes } from './result.ts';
import { textOf } from './text.ts';

const text = v.string();
const integer = v.pipe(v.number(), v.integer());
const { nullable, description, examples } = v;

export const associateSchema = v.object({
  associateId: integer,
  ejUserId: v.pipe(
    nullable(integer),
    description('The id that webhooks and triggers use for the same person.'),
  ),
  name: nullable(text),
});

const sessionSchema = v.object({
  chatSessionId: integer,
  topicId: nullable(integer),
  user: nullable(associateSchema),
  transferTo: nullable(associateSchema),
  chatbotIsActive: nullable(v.boolean()),
  whenRequested: nullable(dateTime),
  whenStarted: nullable(dateTime),
  whenEnded: nullable(dateTime),
  whenIdle: nullable(dateTime),
});

const errorSchema = v.object({
  code: v.pipe(
    text,
    examples([
      'invalid-json',
      'invalid-field',
      'http-404',
      'unauthorized',
      'misdirected',
      'throttled',
      'unavailable',
      'timeout',
      'network',
      'bad-response',
      'tenant-not-running',
      'ticket-unavailable',
      'interrupted',
      'unexpected',
    ]),
  ),
  message: v.pipe(
    textOf(0, 1024),
    description(
      "Our words for a person, with SuperOffice's ErrorType where it gave one. Never SuperOffice's free text (it may name customers), never a ticket, token or header.",
    ),
  ),
  httpStatus: nullable(integer),
});

const askedAssociateSchema = v.object({
  toAssociate: text,
  askedAt: v.pipe(nullable(dateTime), description('null where asking did nothing.')),
  endedAt: nullable(dateTime),
  answer: v.pipe(
    text,
    examples([...offerAnswers]),
    description(
      'withdrawn: a newer event, the end of the session, or somebody else ended it. not-applied: asking did nothing. unknown: SuperOffice did not show what came of it.',
    ),
  ),
});

/**
 * What a reader may rely on, for the parser and for route-chat-result.schema.json. The function
 * needs the types alone, so its bundle carries none of these words.
 */
export const resultSchema = v.pipe(
  v.object({
    version: v.literal(1),
    requestId: v.pipe(
      text,
      description(
        "The producer's, if the event held a valid one (even where the event is otherwise invalid); else the SQS message id.",
      ),
    ),
    eventMessageId: v.pipe(
      text,
      description(
        'SQS message id of the event: the key by which a reader recognises a repeated result.',
      ),
    ),
    eventSequenceNumber: v.pipe(
      nullable(text),
      description(
        'SQS sequence number of the event: order among events of one message group, once results have left the queue.',
      ),
    ),
    chatSessionId: v.pipe(
      nullable(integer),
      description('null only where the event did not hold a valid one.'),
    ),
    toAssociate: v.pipe(
      nullable(text),
      description(
        'As a string, before encoding; null only where the event did not hold a valid one.',
      ),
    ),
    outcome: v.pipe(
      text,
      examples([...outcomes]),
      description(
        "transfer-pending: SuperOffice registered the transfer and waits for the associate to accept. assigned: the associate has the session. not-applied: SuperOffice answered 200 but did nothing, or another transfer was found pending on a retry; cause says why. failed: SuperOffice refused for good (4xx). superseded: a newer event for the same chat took its place; this one was not tried any more. expired: the deadline passed and the transfer was not applied. unknown: a call may have been applied, and SuperOffice gave no sign: its answer was lost, and then the deadline passed, or a second call was refused. invalid-event: the event breaks its schema, no call was made. declined, unanswered: an offer ended, the last one asked said no (or the question was cancelled), or nothing (only for events with acceptWithinSeconds; whoever was asked before is in offers). would-transfer: dryRun, and the session is the credential's own, or would be picked up, and can be transferred.",
      ),
    ),
    cause: v.pipe(
      nullable(text),
      examples([...causes]),
      description(
        "Only with not-applied, else null. owned-by-another: the session is another associate's than the credential's. in-queue: nobody has picked it up. chatbot-active: a bot holds it. ended: closed, finished, deleted, turned into a request. other-transfer-pending: a transfer to somebody else is pending; for an event that yields, any transfer, or an offer runs. no-session: SuperOffice answered with no session. unclear: it is the credential's own session (or actingAs is null: it is not known whose credential it was) and still nothing happened, e.g. an unknown associate. taken-by-another: while an offer ran, somebody else got the chat or was asked by somebody else.",
      ),
    ),
    sessionStatus: v.pipe(
      nullable(text),
      description(
        'ChatSessionEntity.Status as SuperOffice spelled it (an open set); null where no session was returned.',
      ),
    ),
    session: nullable(sessionSchema),
    actingAs: v.pipe(
      nullable(associateSchema),
      description('Whose credential was used, where it is known (always tried for not-applied).'),
    ),
    error: nullable(errorSchema),
    source: nullable(text),
    reason: nullable(text),
    ignoredFields: v.pipe(
      v.array(textOf(0, 64)),
      v.maxLength(10),
      description('Names in the event that the schema does not know: a typo shows here.'),
    ),
    receiveCount: v.pipe(integer, v.minValue(1)),
    sentAt: v.pipe(dateTime, description('When the event reached the event queue, UTC.')),
    completedAt: v.pipe(dateTime, description('UTC.')),
    offers: v.exactOptional(
      v.pipe(
        v.array(askedAssociateSchema),
        v.maxLength(11),
        description('Only for offers: who was asked, in order.'),
      ),
    ),
    pickedUp: v.exactOptional(
      v.pipe(
        v.boolean(),
        description(
          "Only for pickUp: whether the chat was picked up from the queue for the credential's associate.",
        ),
      ),
    ),
  }),
  v.title('RouteChatResult'),
  description(
    "Body of a message on the result queue: what became of one route chat event. One result per event. Readers ignore fields and words they don't know: version 1 may gain fields, outcomes, causes and error codes.",
  ),
);
