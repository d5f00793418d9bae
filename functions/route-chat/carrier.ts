import type { SQSRecord } from 'aws-lambda';
import type { RouteChatEvent } from '../../contract/event.ts';
import { toMessageBody } from '../../contract/message-body.ts';
import { type Offer, stepOf } from './offer.ts';
import { graceMs } from './offer-step.ts';
import { type EventRecord, type RouteRequest, readRecord } from './received-event.ts';

/**
 * An offer on its way from one step to the next: a message of our own on the event queue, in its
 * chat's group, that stands for the event it came of.
 */
export type Carrier = Readonly<{
  /** Of the event that made the offer. */
  messageId: string;
  sequenceNumber: string | null;
  sentAt: number;
  event: RouteChatEvent;
  ignoredFields: string[];
  offer: Offer;
}>;

/** A carrier as SQS takes it. */
export type CarrierMessage = {
  body: string;
  messageGroupId: string;
  /** The same for the same step of the same offer. */
  deduplicationId: string;
};

const version = 1;

/**
 * Whether a body on the event queue is a carrier's. It begins like no event: code that knows no carriers
 * takes it for one that breaks the schema.
 */
export const isCarrierBody = (body: string) => body.startsWith('{"carrier":');

/** The carrier that takes an offer to its next step. */
export function toCarrier(request: RouteRequest, offer: Offer): CarrierMessage {
  const { messageId, sequenceNumber, sentAt, event, ignoredFields, messageGroupId } = request;
  const carrier: Carrier = { messageId, sequenceNumber, sentAt, event, ignoredFields, offer };
  return {
    body: toMessageBody({ carrier: { version, ...carrier } }),
    messageGroupId,
    deduplicationId: `${messageId}:${stepOf(offer)}`,
  };
}

/** A carrier that newer code than this wrote. */
export type LaterCarrier = EventRecord & { kind: 'later-carrier' };

/**
 * Reads a record that may be a carrier, as a request of the event that it stands for. It is one only
 * if the function itself sent it: a producer could otherwise settle the events of another.
 * @param roleId unique id of the function's role, with which SQS's SenderId begins
 * @returns undefined where it is none
 */
export function receiveCarrier(
  record: SQSRecord,
  roleId: string,
): RouteRequest | LaterCarrier | undefined {
  const { body, attributes } = record;
  if (!isCarrierBody(body) || !attributes.SenderId.startsWith(`${roleId}:`)) return undefined;
  const eventRecord = readRecord(record);
  const { version: found, ...carrier } = JSON.parse(body).carrier;
  if (found !== version) return { ...eventRecord, kind: 'later-carrier' };

  const { offer, ...original }: Carrier = carrier;
  const { messageId: recordId, sequenceNumber } = eventRecord;
  return {
    ...eventRecord,
    ...original,
    kind: 'request',
    deadline: offer.endsAt + graceMs,
    carrier: { recordId, sequenceNumber, offer },
  };
}
