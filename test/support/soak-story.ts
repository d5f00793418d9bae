import type { ReceivedResult } from '../../contract/parse-result.ts';
import type { Found, SentEvent, SoakCall, Story } from '../../soak/run-record.ts';
import { receivedResult } from './received-result.ts';

/** When the stories begin. */
const start = Date.parse('2026-11-22T08:05:00.000Z');
const chatSessionId = 648;

/** Milliseconds into the story, as epoch milliseconds. */
export const at = (milliseconds: number) => start + milliseconds;

export const sentEvent = (changes: Partial<SentEvent> = {}): SentEvent => ({
  messageId: 'a',
  sentAt: at(0),
  body: '{}',
  groupId: String(chatSessionId),
  chatSessionId,
  target: '8',
  associateId: 8,
  isInvalid: false,
  timeToLiveMs: 300_000,
  ...changes,
});

export const transferCall = (changes: Partial<SoakCall> = {}): SoakCall => ({
  at: at(100),
  route: 'transfer',
  chatSessionId,
  target: '8',
  status: 200,
  fault: undefined,
  ...changes,
});

type Session = NonNullable<Found['session']>;

/** What a call found: the chat of the ticket's owner, offered to associate 8. */
export const foundChat = (session: Partial<Session> = {}, changes: Partial<Found> = {}): Found => ({
  at: at(100),
  chatSessionId,
  target: '8',
  applied: true,
  session: {
    chatSessionId,
    status: 'CustomerLast',
    owner: 7,
    pending: 8,
    chatbotIsActive: false,
    requestedAt: start,
    startedAt: start,
    endedAt: null,
    specialMessages: [],
    ...session,
  },
  ...changes,
});

/** The result of event `a`, told 150 ms into the story. */
export const seenResult = (changes: Partial<ReceivedResult> = {}, milliseconds = 150) => ({
  at: at(milliseconds),
  result: receivedResult('transfer-pending', {
    eventMessageId: 'a',
    chatSessionId,
    cause: null,
    error: null,
    receiveCount: 1,
    completedAt: new Date(at(milliseconds)).toISOString(),
    ...changes,
  }),
});

/** One event, transferred in one call, told so: every promise kept. */
export const keptStory = (changes: Partial<Story> = {}): Story => ({
  events: [sentEvent()],
  results: [seenResult()],
  unreadable: [],
  calls: [transferCall()],
  found: [foundChat()],
  batches: [{ endedAt: at(200), messageIds: ['a'], failure: undefined }],
  kills: 0,
  deadLetters: [],
  maxReceiveCount: 200,
  leaks: [],
  bugs: 0,
  waiting: 0,
  allowedCallsPerSecond: 10,
  ...changes,
});
