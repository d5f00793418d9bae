import type { ReceivedResult } from '../contract/parse-result.ts';
import type { ChatSession } from '../stand-ins/superoffice/chat-session.ts';
import type { RouteName } from '../stand-ins/superoffice/routes.ts';

/** All that happened in a run, as seen from outside the function. Times are epoch milliseconds. */
export type Story = {
  /** In the order SQS took them. */
  events: SentEvent[];
  /** What a reader of the result queue saw, in order. */
  results: SeenResult[];
  /** Messages on the result queue that are no results: why. */
  unreadable: string[];
  /** What SuperOffice was asked. */
  calls: SoakCall[];
  /** What those calls found that reached the chat session. */
  found: Found[];
  batches: Batch[];
  /** Sandboxes killed on purpose. */
  kills: number;
  /** Message ids. */
  deadLetters: string[];
  maxReceiveCount: number;
  /** What may not be said and was, with where. */
  leaks: string[];
  /** Attempts that broke off with an error of the function's own. */
  bugs: number;
  /** Events that were still on their queue when the run gave up waiting. */
  waiting: number;
  /** More calls in a second than this break the pace. */
  allowedCallsPerSecond: number;
};

/** An event as it was made. */
export type SoakEvent = {
  body: string;
  groupId: string;
  chatSessionId: number;
  /** Spelled differently in every event of a chat, so that a call tells whose it is. */
  target: string;
  associateId: number;
  isInvalid: boolean;
  /** From when it was sent, by its own wish or the deployment's. */
  timeToLiveMs: number;
};

export type SentEvent = SoakEvent & { messageId: string; sentAt: number };

export type SeenResult = { result: ReceivedResult; at: number };

export type SoakCall = {
  at: number;
  route: RouteName;
  chatSessionId: number | undefined;
  /** Of a transfer, as spelled. */
  target: string | undefined;
  /** Missing where nothing was answered. */
  status: number | undefined;
  /** What went wrong with it, on purpose. */
  fault: string | undefined;
};

/** A call that reached a chat session, and how it left it. */
export type Found = {
  at: number;
  chatSessionId: number;
  /** Of a transfer; undefined for a look. */
  target: string | undefined;
  /** The transfer changed something. */
  applied: boolean;
  session: Readonly<ChatSession> | null;
};

export type Batch = {
  endedAt: number;
  messageIds: string[];
  /** How it ended, unless well: `killed`, or in Lambda's words. */
  failure: string | undefined;
};

export const deadlineOf = ({ sentAt, timeToLiveMs }: SentEvent) => sentAt + timeToLiveMs;

/** An event's own transfer calls. */
export const isOwnCall = (
  { chatSessionId, target }: SentEvent,
  call: { chatSessionId: number | undefined; target: string | undefined },
) => call.chatSessionId === chatSessionId && call.target === target;
