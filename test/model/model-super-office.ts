import { channel } from 'node:diagnostics_channel';
import { observedTenant } from '../../promises/observed-tenant.ts';
import type { SessionState, SuperOfficeCall } from '../../promises/run-record.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { readRoute } from '../../stand-ins/superoffice/routes.ts';
import { answerRequest, toOtherSession } from '../../stand-ins/superoffice/web-api.ts';
import type { Fetch } from '../../superoffice/exchange.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import { createConnections } from './connections.ts';
import { moreChats, type SuperOfficeFault } from './history.ts';

const apiOf = (moves: number) => `https://online${moves}.superoffice.example/Cust12345/api`;

export type ModelSuperOffice = ReturnType<typeof createModelSuperOffice>;

/** The stand-in's tenant behind a `fetch` that misbehaves by plan, on virtual time. */
export function createModelSuperOffice(options: {
  clock: VirtualClock;
  nextFault: () => SuperOfficeFault;
  latencyMs: number;
  connectionSetUpMs: number;
}) {
  const { clock, nextFault, latencyMs, connectionSetUpMs } = options;
  const sessionStates: SessionState[] = [];
  const tenant = observedTenant(createTenant({ now: clock.now }), (state) => {
    sessionStates.push(state);
  });
  const state = { State: 'Running', IsRunning: true, validForSeconds: 300, Api: apiOf(0) };
  let moves = 0;
  const calls: SuperOfficeCall[] = [];
  const ticketSecret = JSON.stringify({ ticket: tenant.issueTicket('router'), appToken });
  for (const chatSessionId of moreChats) tenant.addSession({ chatSessionId });

  /** A `fetch` of one sandbox, with its connections. */
  function fetchOf(sandbox: string): Fetch {
    const connections = createConnections(clock, connectionSetUpMs);

    return async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const route = readRoute(request.method, url.pathname);
      const isStateService = route.name === 'state';
      const fault = isStateService ? 'ok' : nextFault();
      const startedAt = clock.now();

      const answer = () => {
        const headers = {
          ...Object.fromEntries(request.headers),
          host: url.host,
          'content-length': '0',
        };
        const { method } = request;
        const answered = answerRequest({ route, method, headers }, tenant, 'online', state);
        return new Response(answered.body, { status: answered.status, headers: answered.headers });
      };
      const exchange = async (meets: SuperOfficeFault): Promise<Response> => {
        const call: SuperOfficeCall = {
          sandbox,
          startedAt,
          arrivedAt: undefined,
          route: route.name,
          chatSessionId: route.id === undefined ? undefined : Number(route.id),
          target: route.target,
          status: undefined,
          fault: meets,
        };
        if (!isStateService) calls.push(call);
        // As Node's own fetch tells.
        const told = { request: {} };
        channel('undici:request:create').publish(told);
        if (meets === 'unreachable') {
          await clock.sleep(latencyMs);
          throw unreachable();
        }
        await connections.take(request.signal);
        channel('undici:client:sendHeaders').publish(told);
        call.arrivedAt = clock.now();
        const serving = { clock, signal: request.signal, answer };
        const serve = async () => {
          await clock.sleep(latencyMs);
          return await respond(meets, serving, () =>
            Response.json(JSON.parse(toOtherSession(tenant, route).body)),
          );
        };
        // Given up meanwhile: slow once more after a 421, it takes longer than a call may.
        const response = await Promise.race([serve(), hang(request.signal)]);
        call.status = response.status;
        return response;
      };

      const response = await exchange(fault);
      // As the Fetch standard asks, at once and on a new connection.
      const last =
        response.status === 421 ? await exchange(fault === '421 once' ? 'ok' : fault) : response;
      connections.giveBack();
      return last;
    };
  }

  return {
    tenant,
    fetchOf,
    calls,
    sessionStates,
    ticketSecret,
    webApiUrl: apiOf(0),
    stateUrl: 'https://state.superoffice.example/api/state/Cust12345',
    /** One call of keep-ticket-alive, which has no part in the others' pace. */
    keepAlive() {
      const call = { route: 'principal', chatSessionId: undefined, target: undefined } as const;
      const moment = { startedAt: clock.now(), arrivedAt: clock.now() };
      calls.push({ ...call, ...moment, sandbox: 'keep-ticket-alive', status: 200, fault: 'ok' });
    },
    /** Calls to the address of before are misdirected from now on. */
    move() {
      moves += 1;
      state.Api = apiOf(moves);
    },
  };
}

type Serving = { clock: VirtualClock; signal: AbortSignal; answer: () => Response };

async function respond(
  fault: SuperOfficeFault,
  { clock, signal, answer }: Serving,
  otherSession: () => Response,
): Promise<Response> {
  switch (fault) {
    case 'ok':
    case 'unreachable':
      return answer();
    case 'slow':
      await clock.sleep(4_000);
      return answer();
    case 'applied, 503':
      answer();
      return failure(503);
    case 'applied, hang':
      answer();
      return await hang(signal);
    case 'applied late, hang':
      void clock.sleep(9_000).then(answer);
      return await hang(signal);
    case 'hang':
      return await hang(signal);
    case 'applied, reset':
      answer();
      throw reset();
    case 'reset':
      throw reset();
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
    case '421':
    case '421 once':
      return failure(421);
    case '403':
      return Response.json({ Error: true, ErrorType: 'SoSecurityException' }, { status: 403 });
    case 'html 404':
      return new Response('<html>Not Found</html>', { status: 404 });
    case '302':
      return failure(302, { location: 'https://elsewhere.example/' });
    case 'null':
      return Response.json(null);
    case 'other session':
      return otherSession();
  }
}

const failure = (status: number, headers: Record<string, string> = {}) =>
  new Response('', { status, headers });

const unreachable = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('connect'), { syscall: 'connect' }),
  });

const reset = () =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
  });

const hang = (signal: AbortSignal) =>
  new Promise<Response>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
