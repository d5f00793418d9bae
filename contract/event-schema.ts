import * as v from 'valibot';
import { eventFields } from './event-fields.ts';

const descriptions: Record<keyof typeof eventFields, string> = {
  chatSessionId: 'SuperOffice chat session id (int32).',
  toAssociate:
    "Associate id (preferred) or associate username. Never an ejUser id, as webhooks and triggers give it. Names that SuperOffice's server refuses in a path or may trim are refused here: use the associate id for them.",
  requestId:
    "The producer's own id for this request, echoed in the result. For correlation only; SQS's deduplication id decides what is a repeat. Default: the SQS message id.",
  expiresAt:
    "RFC 3339 with offset. After this moment the event is not applied. Can only shorten the deployment's time to live.",
  expiresInSeconds:
    'The same, counted from when the message reached the queue. Not together with expiresAt.',
  source: 'Who asked, e.g. routing-rule:vip, escalation, rebalancer.',
  reason: 'Why, for the audit trail.',
};

const describedFields = Object.entries(eventFields).map(([name, schema]) => [
  name,
  v.pipe(schema as v.GenericSchema, v.description(descriptions[name as keyof typeof eventFields])),
]);

/**
 * What a producer may send, for route-chat-event.schema.json: the parser's own fields, and what a
 * person needs to know of each. Apart from the parser, so that the function carries no prose.
 */
export const eventSchema = v.pipe(
  v.looseObject(Object.fromEntries(describedFields)),
  v.title('RouteChatEvent'),
  v.description(
    'Body of a message on the event queue: hand one SuperOffice chat session to one associate.',
  ),
  v.metadata({
    not: { required: ['expiresAt', 'expiresInSeconds'] },
    additionalProperties: true,
  }),
);
