import { type Answer, type Read, toAnswer } from './answer.ts';
import { type Associate, readPrincipal } from './associate.ts';
import { type ChatSession, readChatSession } from './chat-session.ts';
import type { Clock } from './clock.ts';
import type { Credential } from './credential.ts';
import { exchange, type Fetch } from './exchange.ts';
import { userAgent } from './user-agent.ts';

/** Where a call goes and as whom. */
export type Access = {
  /** Base address, ends in `/api`. */
  webApiUrl: string;
  credential: Credential;
};

/** The three calls routing makes. Each is one HTTP request; none throws for what SuperOffice says. */
export type WebApi = {
  /** `POST ChatSession/{id}/TransferTo/{associate}`. 200 also when nothing happened; null: no session. */
  transferTo(
    access: Access,
    chatSessionId: number,
    toAssociate: string,
  ): Promise<Answer<ChatSession | null>>;
  /** `GET ChatSession/{id}` */
  chatSession(access: Access, chatSessionId: number): Promise<Answer<ChatSession | null>>;
  /** `GET User/currentPrincipal`: whose credential it is. */
  currentPrincipal(access: Access): Promise<Answer<Associate>>;
};

export type WebApiOptions = {
  /** For one call, answer included. */
  timeoutMs: number;
  clock: Clock;
  fetch?: Fetch;
};

export function createWebApi({ timeoutMs, clock, fetch }: WebApiOptions): WebApi {
  async function call<Value>(
    { webApiUrl, credential }: Access,
    method: 'GET' | 'POST',
    path: string,
    read: (json: unknown) => Read<Value>,
  ): Promise<Answer<Value>> {
    const ended = await exchange({
      url: new URL(`${webApiUrl}/v1/${path}`),
      method,
      headers: {
        accept: 'application/json',
        authorization: credential.authorization,
        ...(credential.appToken !== undefined && { 'so-apptoken': credential.appToken }),
        'so-timezone': 'UTC, includeTZOffset',
        'user-agent': userAgent,
      },
      timeoutMs,
      clock,
      fetch,
    });
    return toAnswer(ended, read, clock.now());
  }

  const session =
    (chatSessionId: number) =>
    (json: unknown): Read<ChatSession | null> =>
      json === null ? { ok: true, value: null } : readChatSession(json, chatSessionId);

  return {
    transferTo: (access, chatSessionId, toAssociate) =>
      call(
        access,
        'POST',
        `ChatSession/${chatSessionId}/TransferTo/${encodePathSegment(toAssociate)}`,
        session(chatSessionId),
      ),
    chatSession: (access, chatSessionId) =>
      call(access, 'GET', `ChatSession/${chatSessionId}`, session(chatSessionId)),
    currentPrincipal: (access) => call(access, 'GET', 'User/currentPrincipal', readPrincipal),
  };
}

/** encodeURIComponent throws on half a surrogate pair, which JSON may hold. */
const encodePathSegment = (segment: string) => encodeURIComponent(segment.toWellFormed());
