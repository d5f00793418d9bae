import type { SQSRecord } from 'aws-lambda';

/** What all rivals take from an event, unchecked, and what they say of it. */
export type Wish = { requestId: string; chatSessionId: number; toAssociate: number | string };
export type Secret = { ticket: string; appToken: string };

/** As long as our own call timeout, and no more patient than ours by their defaults. */
export const callTimeoutMs = 5_000;

export const wishOf = (record: SQSRecord): Wish => JSON.parse(record.body);

/** One FIFO message a result, as ours: group by chat, deduplicated by the event. */
export const messageOf = (record: SQSRecord, wish: Wish, status: unknown) => ({
  MessageBody: JSON.stringify({ ...wish, status }),
  MessageGroupId: String(wish.chatSessionId),
  MessageDeduplicationId: record.messageId,
});

export const transferPath = ({ chatSessionId, toAssociate }: Wish) =>
  `v1/ChatSession/${chatSessionId}/TransferTo/${encodeURIComponent(toAssociate)}`;

export const headersOf = ({ ticket, appToken }: Secret) => ({
  accept: 'application/json',
  authorization: `SOTicket ${ticket}`,
  'so-apptoken': appToken,
});
