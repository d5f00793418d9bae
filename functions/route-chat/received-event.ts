import type { SQSRecord } from 'aws-lambda';
import { parseRouteChatEvent, type RouteChatEvent } from '../../contract/event.ts';
import type { ResultError } from '../../contract/result.ts';
import type { Offer } from './offer.ts';

/** What SQS says of a message, typed. Times are epoch milliseconds. */
export type EventRecord = {
  messageId: string;
  receiptHandle: string;
  messageGroupId: string;
  /** Order among the events of one message group; null on a queue that is not FIFO. */
  sequenceNumber: string | null;
  receiveCount: number;
  sentAt: number;
  firstReceivedAt: number;
};

export type RouteRequest = EventRecord & {
  kind: 'request';
  event: RouteChatEvent;
  ignoredFields: string[];
  /** No transfer call starts at or after this moment. */
  deadline: number;
  /** The record is not the event itself but a carrier of its offer. */
  carrier?: CarriedBy;
};

/** A carrier's own record, where it is another than that of the event it stands for. */
export type CarriedBy = { recordId: string; sequenceNumber: string | null; offer: Offer };

export type InvalidEvent = EventRecord & {
  kind: 'invalid';
  /** The fields that are valid by themselves. */
  event: Partial<RouteChatEvent>;
  ignoredFields: string[];
  error: ResultError;
};

/** By what SQS knows the record. */
export const recordIdOf = ({ carrier, messageId }: Pick<RouteRequest, 'carrier' | 'messageId'>) =>
  carrier?.recordId ?? messageId;

/** What SQS says of a record, typed. */
export const readRecord = ({ messageId, receiptHandle, attributes }: SQSRecord): EventRecord => ({
  messageId,
  receiptHandle,
  messageGroupId: attributes.MessageGroupId ?? messageId,
  sequenceNumber: attributes.SequenceNumber ?? null,
  receiveCount: Number(attributes.ApproximateReceiveCount),
  sentAt: Number(attributes.SentTimestamp),
  firstReceivedAt: Number(attributes.ApproximateFirstReceiveTimestamp),
});

/** Reads one SQS record. Never throws: a body that breaks the contract is an InvalidEvent. */
export function receiveEvent(record: SQSRecord, timeToLiveMs: number): RouteRequest | InvalidEvent {
  const eventRecord = readRecord(record);
  const parsed = parseRouteChatEvent(record.body);
  const { ignoredFields } = parsed;
  if (!parsed.ok) {
    const error = { code: parsed.code, message: parsed.message, httpStatus: null };
    return { ...eventRecord, kind: 'invalid', event: parsed.valid, ignoredFields, error };
  }
  const { event } = parsed;
  const deadline = deadlineOf(event, eventRecord.sentAt, timeToLiveMs);
  return { ...eventRecord, kind: 'request', event, ignoredFields, deadline };
}

/** Whether the event waits for an answer. */
export const isOffer = ({ kind, event }: RouteRequest | InvalidEvent) =>
  kind === 'request' && event.acceptWithinSeconds !== undefined && !event.dryRun;

/** The event's place in its message group. */
export const sequenceOf = ({ sequenceNumber }: Pick<EventRecord, 'sequenceNumber'>) =>
  BigInt(sequenceNumber ?? 0);

/** The sooner of what the event says and what the deployment allows; epoch milliseconds. */
export function deadlineOf(event: RouteChatEvent, sentAt: number, timeToLiveMs: number): number {
  const { expiresAt = Number.POSITIVE_INFINITY, expiresInSeconds } = event;
  const expiresInMs = (expiresInSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  return Math.min(expiresAt, sentAt + expiresInMs, sentAt + timeToLiveMs);
}
