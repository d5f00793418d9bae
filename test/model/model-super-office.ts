import { channel } from 'node:diagnostics_channel';
import { observedTenant } from '../../promises/observed-tenant.ts';
import type { SessionState, SuperOfficeCall } from '../../promises/run-record.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { readRoute } from '../../stand-ins/superoffice/routes.ts';
import { answerRequest, toOtherSession } from '../../stand-ins/superoffice/web-api.ts';
import type { Fetch } from '../../superoffice/exchange.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import { moreChats, type SuperOfficeFault } from './history.ts';

const api = 'https://online2.superoffice.example/Cust12345/api';

export type ModelSuperOffice = ReturnType<typeof createModelSuperOffice>;

/** The stand-in's tenant behind a `fetch` that misbehaves by plan, on virtual time. */
export function createModelSuperOffice(options: {
  clock: VirtualClock;
  nextFault: () => SuperOfficeFault;
  latencyMs: number;
}) {
  const { clock, nextFault, latencyMs } = options;
  const sessionStates: SessionState[] = [];
  const tenant = observedTenant(createTenant({ now: clock.now }), (state) => {
    sessionStates.push(state);
  });
  const state = { State: 'Running', IsRunning: true, validForSeconds: 300, Api: api };
  const calls: SuperOfficeCall[] = [];
  const ticketSecret = JSON.stringify({ ticket: tenant.issueTicket('router'), appToken });
  for (const chatSessionId of moreChats) tenant.addSession({ chatSessionId });

  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const route = readRoute(request.method, url.pathname);
    const fault = nextFault();
    const call: SuperOfficeCall = {
      startedAt: clock.now(),
      arrivedAt: fault === 'unreachable' ? undefined : clock.now(),
      route: route.name,
      chatSessionId: route.id === undefined ? undefined : Number(route.id),
      target: route.target,
      status: undefined,
      fault,
    };
    calls.push(call);
    // As Node's own fetch tells; one that is unreachable never leaves.
    const told = { request: {} };
    channel('undici:request:create').publish(told);
    if (fault !== 'unreachable') channel('undici:client:sendHeaders').publish(told);

    const apply = () => {
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

  return { tenant, fetch, calls, sessionStates, ticketSecret, webApiUrl: api };
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
