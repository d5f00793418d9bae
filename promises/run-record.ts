import type { ReceivedResult } from '../contract/parse-result.ts';
import type { ChatSession } from '../stand-ins/superoffice/chat-session.ts';
import type { RouteName } from '../stand-ins/superoffice/routes.ts';

/** A run as seen from outside the function. Times are epoch milliseconds, by one clock. */
export type RunRecord = {
  /** In the order SQS took them. */
  events: SentEvent[];
  /** What a reader of the result queue saw, in order. */
  results: SeenResult[];
  /** What sandboxes tried to send to the result queue; empty where nobody saw that. */
  resultSends: ResultSend[];
  /** Messages on the result queue that are no results: why. */
  unreadable: string[];
  /** In the order they were made. */
  calls: SuperOfficeCall[];
  /** In the order of time. */
  sessionStates: SessionState[];
  invocations: Invocation[];
  /** The function's own messages that took offers on, by message id: the event each stands for. */
  carriers?: Record<string, string>;
  /** Sandboxes killed on purpose. */
  kills: number;
  /** Message ids. */
  deadLetters: string[];
  maxReceiveCount: number;
  /** What may not be said and was, with where. */
  leaks: string[];
  /** Log lines that are no JSON. */
  malformedLogLines: string[];
  /** Log lines about an error that nobody thought of. */
  unexpectedErrors: string[];
  /** Events that were still on their queue when the run gave up waiting. */
  waiting: number;
  /** Nothing went wrong on purpose but what calls met. */
  isCalm?: boolean;
  /** More arrivals at SuperOffice in a second than this break the pace. */
  allowedCallsPerSecond: number;
  tolerances: Tolerances;
};

/** How exactly a run can be observed, in milliseconds. */
export type Tolerances = {
  /** From the function's last look at the clock until a call counts as started. */
  onItsWayMs: number;
  /** Between the clocks of the function and of who observes it, rounding included. */
  clocksMs: number;
};

/** One clock for all, which stands still while they work; a result says whole milliseconds. */
export const virtualTime: Tolerances = { onItsWayMs: 0, clocksMs: 1 };
/** Processes of one busy machine; calls are seen when they arrive. */
export const realMachine: Tolerances = { onItsWayMs: 500, clocksMs: 50 };

export type SentEvent = {
  messageId: string;
  sentAt: number;
  body: string;
  groupId: string;
  chatSessionId: number;
  /** Spelled differently in every event of a chat, so that a call tells whose it is. */
  target: string;
  associateId: number;
  isInvalid: boolean;
  /** From when it was sent, by its own wish or the deployment's. */
  timeToLiveMs: number;
  /** Nothing in the run explains it if this event is given up. */
  hasAmpleTime: boolean;
  /** Only of an offer. */
  offer?: SentOffer;
  isDryRun?: boolean;
  yields?: boolean;
};

export type SentOffer = {
  /** Everybody it may ask, as spelled; the event's target comes first. */
  targets: string[];
  /** The same people. */
  associateIds: number[];
  acceptWithinMs: number;
};

export type SeenResult = {
  result: ReceivedResult;
  /** When it was read. */
  at: number;
  /** As of when it says so. */
  completedAt: number;
};

/** A result on its way to SQS, whether or not SQS took it or could say so. */
export type ResultSend = {
  at: number;
  messageId: string;
  /** Outcome and cause. */
  says: string;
  sandbox: string;
};

export type SuperOfficeCall = {
  /** Who made it; missing where nobody saw that. */
  sandbox: string | undefined;
  startedAt: number;
  /** Missing where it never reached SuperOffice. */
  arrivedAt: number | undefined;
  route: RouteName;
  chatSessionId: number | undefined;
  /** Of a transfer, as spelled. */
  target: string | undefined;
  /** Missing where nothing was answered. */
  status: number | undefined;
  /** What went wrong with it, on purpose. */
  fault: string | undefined;
};

/** A chat session as a call, or somebody in SuperOffice, left it. */
export type SessionState = {
  at: number;
  chatSessionId: number;
  by: 'transfer' | 'look' | 'pick-up' | 'reset' | 'person';
  /** Of a transfer, as spelled. */
  target: string | undefined;
  /** The transfer changed something. */
  applied: boolean;
  session: Readonly<ChatSession> | null;
};

export type Invocation = {
  /** Or earlier, where nobody saw it. */
  startedAt: number;
  endedAt: number;
  /** Of the records: an offer's may be those of its carriers. */
  messageIds: string[];
  /** Missing where nobody saw that. */
  sandbox?: string;
  /** How it ended, unless well: `killed`, or in Lambda's words. */
  failure: string | undefined;
};

/** As a result says it; before all others, where it says none. */
export const momentOf = (said: string | null) =>
  said === null ? Number.NEGATIVE_INFINITY : Date.parse(said);

export const deadlineOf = ({ sentAt, timeToLiveMs }: SentEvent) => sentAt + timeToLiveMs;

/** Whether a call, or what it left behind, is an event's own transfer. */
export const isOwnTransfer = (
  { chatSessionId, target, offer }: SentEvent,
  of: { chatSessionId: number | undefined; target: string | undefined },
) =>
  (offer?.targets ?? [target]).some((own) => own === of.target) &&
  of.chatSessionId === chatSessionId;

export const isAppliedBy = (event: SentEvent, state: SessionState) =>
  state.applied && isOwnTransfer(event, state);

/** A call that leaves open whether it was applied. */
export const perhapsApplied = ({ arrivedAt, status }: SuperOfficeCall) =>
  arrivedAt !== undefined &&
  (status === undefined || status === 408 || status >= 500 || (status >= 200 && status < 400));
