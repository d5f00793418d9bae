import { type Attempt, createAttempt } from '../../functions/route-chat/attempt.ts';
import { type Attempts, createAttempts } from '../../functions/route-chat/attempts.ts';
import type { Calls, NotCalled } from '../../functions/route-chat/calls.ts';
import type { Principal } from '../../functions/route-chat/principal.ts';
import type { Answer } from '../../superoffice/answer.ts';
import type { Associate } from '../../superoffice/associate.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { Credential } from '../../superoffice/credential.ts';
import type { Access, WebApi } from '../../superoffice/web-api.ts';
import { router } from './associates.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

export const credential: Credential = { authorization: 'SOTicket a', appToken: undefined };
export const access: Access = { webApiUrl: 'https://so.example/api', credential };

/** What a call ends with: an answer of SuperOffice, or no call at all. */
export type CallEnd = Answer<ChatSession | null> | NotCalled;

export const ok = (value: ChatSession | null): CallEnd => ({ kind: 'ok', httpStatus: 200, value });

const notCalled: Record<NotCalled['kind'], true> = {
  'ticket-unavailable': true,
  'ticket-refused': true,
  'tenant-not-running': true,
  'tenant-unknown': true,
  paused: true,
  'deadline-passed': true,
  'out-of-time': true,
};

export type AttemptWorld = {
  attempt: Attempt;
  attempts: Attempts;
  clock: VirtualClock;
  /** `GET 648`, `POST 648 to 8` and `principal`, in the order they were made. */
  made: string[];
};

/** One attempt's surroundings: what looking and transferring end with, each in order, the last stays. */
export function attemptWorld(given: {
  look?: CallEnd[];
  transfer?: CallEnd[];
  actingAs?: Associate | null;
  knownActingAs?: Associate | null;
  /** Runs while a call is under way. */
  during?: (call: string, world: { clock: VirtualClock }) => unknown;
}): AttemptWorld {
  const clock = createVirtualClock();
  const attempts = createAttempts();
  const made: string[] = [];
  const { look = [], transfer = [], actingAs = router, knownActingAs = null } = given;

  async function next(call: string, ends: CallEnd[]): Promise<Answer<never>> {
    made.push(call);
    await given.during?.(call, { clock });
    const end = ends.length > 1 ? ends.shift() : ends[0];
    if (!end) throw new Error(`unexpected ${call}`);
    return end as Answer<never>;
  }
  const webApi: WebApi = {
    chatSession: (_, id) => next(`GET ${id}`, look),
    transferTo: (_, id, toAssociate) => next(`POST ${id} to ${toAssociate}`, transfer),
    currentPrincipal: () => Promise.reject(new Error('principal is asked by its own port')),
  };
  const calls: Calls = async (request) => {
    const answer = await request(access);
    if (answer.kind in notCalled) return answer as unknown as NotCalled;
    return { ...answer, credential };
  };
  const principal: Principal = {
    known: () => knownActingAs,
    ask: async () => {
      made.push('principal');
      return actingAs;
    },
  };
  return {
    attempt: createAttempt({ webApi, calls, principal, attempts, clock }),
    attempts,
    clock,
    made,
  };
}
