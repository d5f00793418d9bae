import type { AskedAssociate, Associate, RouteChatResult } from '../../contract/result.ts';
import type { Associate as SuperOfficeAssociate } from '../../superoffice/associate.ts';
import type { Conclusion } from './decide.ts';
import type { Asked } from './offer.ts';
import { type InvalidEvent, isOffer, type RouteRequest } from './received-event.ts';

/** The one result of an event. `completedAt` is epoch milliseconds. */
export function toResult(
  received: RouteRequest | InvalidEvent,
  { outcome, cause, session, actingAs, error, offer }: Conclusion,
  completedAt: number,
): RouteChatResult {
  const { event } = received;
  return {
    version: 1,
    requestId: event.requestId ?? received.messageId,
    eventMessageId: received.messageId,
    eventSequenceNumber: received.sequenceNumber,
    chatSessionId: event.chatSessionId ?? null,
    toAssociate: carried(event.toAssociate),
    outcome,
    cause,
    sessionStatus: carried(session?.status),
    session: session && {
      chatSessionId: session.chatSessionId,
      topicId: session.topicId,
      user: toAssociate(session.user),
      transferTo: toAssociate(session.transferTo),
      chatbotIsActive: session.chatbotIsActive,
      whenRequested: session.whenRequested,
      whenStarted: session.whenStarted,
      whenEnded: session.whenEnded,
      whenIdle: session.whenIdle,
    },
    actingAs: toAssociate(actingAs),
    error: error && { ...error, message: carriedText(error.message) },
    source: carried(event.source),
    reason: carried(event.reason),
    ignoredFields: received.ignoredFields.map(carriedText),
    receiveCount: received.receiveCount,
    sentAt: new Date(received.sentAt).toISOString(),
    completedAt: new Date(completedAt).toISOString(),
    ...(isOffer(received) && { offers: offer?.asked.map(toAskedAssociate) ?? [] }),
    ...(isOffer(received) &&
      event.pickUp && { pickedUp: offer !== undefined && offer.pickedUp !== 'no' }),
  };
}

const toAskedAssociate = ({ toAssociate, askedAt, endedAt, answer }: Asked): AskedAssociate => ({
  toAssociate: carriedText(toAssociate),
  askedAt: dateOrNull(askedAt),
  endedAt: dateOrNull(endedAt),
  answer: answer ?? 'unknown',
});

const dateOrNull = (milliseconds: number | null) =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** Without `userName`, which in SuperOffice Online is an e-mail address. */
const toAssociate = (associate: SuperOfficeAssociate | null): Associate | null =>
  associate && {
    associateId: associate.associateId,
    ejUserId: associate.ejUserId,
    name: carried(associate.name),
  };

const carried = (text: string | null | undefined) => (text == null ? null : carriedText(text));

/**
 * SQS refuses a message for one character it does not carry: controls, halves of surrogate pairs,
 * U+FFFE and U+FFFF. Each becomes the replacement character.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const carriedText = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it replaces.
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
