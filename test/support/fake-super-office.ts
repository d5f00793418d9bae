import type { CallEnd } from '../../superoffice/call-end.ts';
import type { ChatSession } from '../../superoffice/chat-session.ts';
import type { SuperOffice } from '../../superoffice/client.ts';
import type { Credential } from '../../superoffice/credential.ts';
import { ann, router } from './associates.ts';
import { chatSession } from './chat-session.ts';

export const credential: Credential = { authorization: 'SOTicket a', appToken: undefined };

/** SuperOffice's 200 with a session, to a call with this credential. */
export const answered = (
  value: ChatSession | null,
  by: Credential = credential,
): CallEnd<ChatSession | null> => ({ kind: 'ok', httpStatus: 200, value, credential: by });

export const refused = (httpStatus: number): CallEnd<never> => ({
  kind: 'refused',
  httpStatus,
  errorType: 'SoException',
  credential,
});

export const timedOut: CallEnd<never> = { kind: 'timeout', httpStatus: null, credential };

export const outOfTime: CallEnd<never> = { kind: 'out-of-time' };

export const throttled: CallEnd<never> = {
  kind: 'throttled',
  httpStatus: 429,
  retryAfterMs: undefined,
  credential,
};

export type FakeSuperOffice = SuperOffice & {
  /** `look 648`, `transfer 648 to 8`, `ask owner`: in the order they were made. */
  calls: string[];
};

/** A SuperOffice where every transfer asks ann and nothing is pending to a look; `given` differs. */
export function fakeSuperOffice(given: Partial<SuperOffice> = {}): FakeSuperOffice {
  const calls: string[] = [];
  const notExpected = () => Promise.reject(new Error('not expected of route-chat'));
  return {
    calls,
    async transferTo(chatSessionId, toAssociate, limits) {
      calls.push(`transfer ${chatSessionId} to ${toAssociate}`);
      return given.transferTo
        ? await given.transferTo(chatSessionId, toAssociate, limits)
        : answered(chatSession({ chatSessionId, transferTo: ann }));
    },
    async look(chatSessionId, limits) {
      calls.push(`look ${chatSessionId}`);
      return given.look
        ? await given.look(chatSessionId, limits)
        : answered(chatSession({ chatSessionId }));
    },
    async pickUp(chatSessionId, limits) {
      calls.push(`pick up ${chatSessionId}`);
      return given.pickUp
        ? await given.pickUp(chatSessionId, limits)
        : answered(chatSession({ chatSessionId, user: router }));
    },
    async reset(chatSessionId, limits) {
      calls.push(`reset ${chatSessionId}`);
      return given.reset ? await given.reset(chatSessionId, limits) : answered(null);
    },
    async ownerOf(by, limits) {
      calls.push('ask owner');
      return given.ownerOf ? await given.ownerOf(by, limits) : router;
    },
    knownOwnerOf: given.knownOwnerOf ?? (() => null),
    idle: given.idle ?? (async () => {}),
    whoAmI: notExpected,
    prepare: notExpected,
  };
}

/** One value a call; the last one stays. */
export const inTurn =
  <Value>(...values: [Value, ...Value[]]) =>
  async (): Promise<Value> =>
    (values.length > 1 ? values.shift() : values[0]) as Value;
