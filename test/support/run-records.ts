import type { ReceivedResult } from '../../contract/parse-result.ts';
import {
  type Invocation,
  type RunRecord,
  realMachine,
  type SentEvent,
  type SessionState,
  type SuperOfficeCall,
} from '../../promises/run-record.ts';
import { receivedResult } from './received-result.ts';
import { startOfTime } from './virtual-clock.ts';

const chatSessionId = 648;

/** Milliseconds into the run, as epoch milliseconds. */
export const at = (milliseconds: number) => startOfTime + milliseconds;

/** Chat 648 to associate 8. */
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
  hasAmpleTime: false,
  ...changes,
});

export const transferCall = (
  milliseconds = 100,
  changes: Partial<SuperOfficeCall> = {},
): SuperOfficeCall => ({
  sandbox: 'one',
  startedAt: at(milliseconds),
  arrivedAt: at(milliseconds),
  route: 'transfer',
  chatSessionId,
  target: '8',
  status: 200,
  fault: undefined,
  ...changes,
});

type Session = NonNullable<SessionState['session']>;

/** What a call left: the chat of the ticket's owner, offered to associate 8. */
export const sessionState = (
  session: Partial<Session> = {},
  changes: Partial<SessionState> = {},
): SessionState => ({
  at: at(100),
  chatSessionId,
  by: 'transfer',
  target: '8',
  applied: true,
  session: {
    chatSessionId,
    topicId: 3,
    status: 'CustomerLast',
    owner: 7,
    pending: 8,
    chatbotIsActive: false,
    requestedAt: startOfTime,
    startedAt: startOfTime,
    endedAt: null,
    specialMessages: [],
    ...session,
  },
  ...changes,
});

export const lookCall = (
  milliseconds: number,
  changes: Partial<SuperOfficeCall> = {},
): SuperOfficeCall =>
  transferCall(milliseconds, { route: 'session', target: undefined, ...changes });

/** What a look was shown. */
export const looked = (milliseconds: number, session: Partial<Session>): SessionState =>
  sessionState(session, { at: at(milliseconds), by: 'look', target: undefined, applied: false });

/** What somebody in SuperOffice left. */
export const leftByHand = (milliseconds: number, session: Partial<Session>): SessionState => ({
  ...looked(milliseconds, session),
  by: 'person',
});

/** The result of event `a`, 150 ms into the run unless told otherwise. */
export function seenResult(changes: Partial<ReceivedResult> = {}, milliseconds = 150) {
  const result = receivedResult('transfer-pending', {
    eventMessageId: 'a',
    chatSessionId,
    cause: null,
    error: null,
    receiveCount: 1,
    completedAt: new Date(at(milliseconds)).toISOString(),
    ...changes,
  });
  return { at: at(milliseconds), completedAt: Date.parse(result.completedAt), result };
}

export const invocation = (messageIds: string[], failure?: string): Invocation => ({
  startedAt: at(0),
  endedAt: at(200),
  messageIds,
  failure,
});

/** One event, transferred in one call, and told so, on a real machine: every promise kept. */
export const keptRecord = (changes: Partial<RunRecord> = {}): RunRecord => ({
  events: [sentEvent()],
  results: [seenResult()],
  resultSends: [],
  unreadable: [],
  calls: [transferCall()],
  sessionStates: [sessionState()],
  invocations: [invocation(['a'])],
  kills: 0,
  deadLetters: [],
  maxReceiveCount: 200,
  leaks: [],
  malformedLogLines: [],
  unexpectedErrors: [],
  waiting: 0,
  allowedCallsPerSecond: 10,
  tolerances: realMachine,
  ...changes,
});
