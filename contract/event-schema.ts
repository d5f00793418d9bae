import * as v from 'valibot';
import { eventFields, fieldsOfAnOffer } from './event-fields.ts';

const descriptions: Record<keyof typeof eventFields, string> = {
  chatSessionId: 'SuperOffice chat session id (int32).',
  toAssociate:
    "Associate id (preferred) or associate username. Never an ejUser id, as webhooks and triggers give it. Names that SuperOffice's server refuses in a path or may trim are refused here: use the associate id for them.",
  requestId:
    "The producer's own id for this request, echoed in the result. For correlation only; SQS's deduplication id decides what is a repeat. Default: the SQS message id.",
  expiresAt:
    "RFC 3339 with offset. After this moment the event is not applied. Can only shorten the deployment's time to live. For an offer it bounds every ask; the deployment's time to live only the first.",
  expiresInSeconds:
    'The same, counted from when the message reached the queue. Not together with expiresAt.',
  source: 'Who asked, e.g. routing-rule:vip, escalation, rebalancing.',
  reason: 'Why, for the audit trail.',
  acceptWithinSeconds:
    'Makes the event an offer: whoever is asked has this long to accept. Its one result comes when the offer has ended.',
  fallbackAssociates:
    'Asked in this order, each as long, when the one before has declined or not answered. Only with acceptWithinSeconds.',
  ifNobody:
    'When nobody accepted: leave the chat where it is (default), or put it back into the queue (Reset; the customer may see the pre-chat or offline form). Only with acceptWithinSeconds.',
  pickUp:
    "A chat that waits in the queue is first picked up for the credential's own associate, then offered. The customer sees the welcome message. Only with acceptWithinSeconds.",
  dryRun:
    'Only look: the result says would-transfer, or why a transfer would do nothing. Neither supersedes nor is superseded.',
  yields:
    "For moves that must not stand in anybody's way (rebalancing): looks first, never goes over a pending transfer or a running offer, never supersedes an event that does not yield.",
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
    dependentRequired: Object.fromEntries(
      fieldsOfAnOffer.map((field) => [field, ['acceptWithinSeconds']]),
    ),
    additionalProperties: true,
  }),
);
