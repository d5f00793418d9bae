import { channel } from 'node:diagnostics_channel';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import type { ChatSession } from '../../stand-ins/superoffice/chat-session.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { readRoute } from '../../stand-ins/superoffice/routes.ts';
import { answerRequest, toOtherSession } from '../../stand-ins/superoffice/web-api.ts';
import type { Fetch } from '../../superoffice/exchange.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import { chats, indexOfTarget, moreChats, type SuperOfficeFault } from './history.ts';

const api = 'https://online2.superoffice.example/Cust12345/api';

export type ModelCall = {
  at: number;
  route: string;
  chatSessionId: number;
  /** Place of the event a transfer was made for. */
  eventIndex: number;
  fault: SuperOfficeFault;
  /** When the transfer took effect, if it changed anything. */
  appliedAt?: number;
  status?: number;
};

/** What SuperOffice showed of a session, and for how long. */
export type Shown = {
  chatSessionId: number;
  from: number;
  to: number;
  session: Readonly<ChatSession> | null;
};

export type ModelSuperOffice = ReturnType<typeof createModelSuperOffice>;

/** The stand-in's tenant behind a `fetch` that misbehaves by plan, on virtual time. */
export function createModelSuperOffice(options: {
  clock: VirtualClock;
  nextFault: () => SuperOfficeFault;
  latencyMs: number;
}) {
  const { clock, nextFault, latencyMs } = options;
  const tenant = createTenant({ now: clock.now });
  const state = { State: 'Running', IsRunning: true, validForSeconds: 300, Api: api };
  const calls: ModelCall[] = [];
  const shown: Shown[] = [];
  const ticketSecret = JSON.stringify({ ticket: tenant.issueTicket('router'), appToken });

  /** Notes what a session shows from now on. */
  function look(chatSessionId: number) {
    const session = structuredClone(tenant.peek(chatSessionId));
    const last = shown.findLast((entry) => entry.chatSessionId === chatSessionId);
    if (last && JSON.stringify(last.session) === JSON.stringify(session)) return;
    if (last) last.to = clock.now();
    shown.push({ chatSessionId, from: clock.now(), to: Number.POSITIVE_INFINITY, session });
  }
  for (const chatSessionId of moreChats) tenant.addSession({ chatSessionId });
  for (const chat of [...chats, ...moreChats]) look(chat);

  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const route = readRoute(request.method, url.pathname);
    const fault = nextFault();
    const call: ModelCall = {
      at: clock.now(),
      route: route.name,
      chatSessionId: Number(route.id),
      eventIndex: indexOfTarget(route.target ?? ''),
      fault,
    };
    calls.push(call);
    // As Node's own fetch tells; one that is unreachable never leaves.
    const told = { request: {} };
    channel('undici:request:create').publish(told);
    if (fault !== 'unreachable') channel('undici:client:sendHeaders').publish(told);

    const apply = () => {
      const before = tenant.history.length;
      const headers = {
        ...Object.fromEntries(request.headers),
        host: url.host,
        'content-length': '0',
      };
      const answer = answerRequest(
        { route, method: request.method, headers },
        tenant,
        'online',
        state,
      );
      if (route.id) look(Number(route.id));
      if (tenant.history.slice(before).some(({ applied }) => applied)) call.appliedAt = clock.now();
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    };
    const respond = async (): Promise<Response> => {
      await clock.sleep(latencyMs);
      switch (fault) {
        case 'ok':
          return apply();
        case 'slow':
          await clock.sleep(4_000);
          return apply();
        case 'applied, 503':
          apply();
          return failure(503);
        case 'applied, hang':
          apply();
          return await hang(request);
        case 'applied late, hang':
          void clock.sleep(9_000).then(apply);
          return await hang(request);
        case 'hang':
          return await hang(request);
        case 'applied, reset':
          apply();
          throw reset();
        case 'reset':
          throw reset();
        case 'unreachable':
          throw new TypeError('fetch failed', {
            cause: Object.assign(new Error('connect'), { syscall: 'connect' }),
          });
        case '429':
          return failure(429);
        case '429 for 3 s':
          return failure(429, { 'retry-after': '3' });
        case '503':
          return failure(503);
        case '503 for 20 s':
          return failure(503, { 'retry-after': '20' });
        case '401':
          return failure(401);
        case '403':
          return Response.json({ Error: true, ErrorType: 'SoSecurityException' }, { status: 403 });
        case 'html 404':
          return new Response('<html>Not Found</html>', { status: 404 });
        case '302':
          return failure(302, { location: 'https://elsewhere.example/' });
        case 'null':
          return Response.json(null);
        case 'other session':
          return Response.json(JSON.parse(toOtherSession(tenant, route).body));
      }
    };
    const response = await respond();
    call.status = response.status;
    return response;
  };

  return { tenant, fetch, calls, look, shown, ticketSecret, webApiUrl: api };
}

const failure = (status: number, headers: Record<string, string> = {}) =>
  new Response('', { status, headers });

const reset = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
  });

const hang = (request: Request) =>
  new Promise<Response>((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason));
  });
