import { observedTenant } from '../../promises/observed-tenant.ts';
import type { SessionState, SuperOfficeCall } from '../../promises/run-record.ts';
import { appToken } from '../../stand-ins/superoffice/authorize.ts';
import { createTenant } from '../../stand-ins/superoffice/chat-sessions.ts';
import { readRoute } from '../../stand-ins/superoffice/routes.ts';
import { answerRequest, toOtherSession } from '../../stand-ins/superoffice/web-api.ts';
import type { exchange } from '../../superoffice/exchange.ts';
import { ConnectionError, fakeExchange, hangs } from '../support/fake-exchange.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import { createConnections } from './connections.ts';
import { moreChats, type SuperOfficeFault } from './history.ts';

const apiOf = (moves: number) => `https://online${moves}.superoffice.example/Cust12345/api`;

export type ModelSuperOffice = ReturnType<typeof createModelSuperOffice>;

/** The stand-in's tenant behind an `exchange` that misbehaves by plan, on virtual time. */
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

  /** The exchanges of one sandbox, with its connections. */
  function exchangeOf(sandbox: string): typeof exchange {
    const connections = createConnections(clock, connectionSetUpMs);

    return async (options) => {
      const { url, method } = options;
      const route = readRoute(method, url.pathname);
      const isStateService = route.name === 'state';
      const fault = isStateService ? 'ok' : nextFault();
      const call: SuperOfficeCall = {
        sandbox,
        startedAt: clock.now(),
        arrivedAt: undefined,
        route: route.name,
        chatSessionId: route.id === undefined ? undefined : Number(route.id),
        target: route.target,
        status: undefined,
        fault,
      };
      if (!isStateService) calls.push(call);

      const connect = async (request: Request) => {
        if (fault !== 'unreachable') return await connections.take(request.signal);
        await clock.sleep(latencyMs);
        throw new ConnectionError();
      };
      const answerTo = (request: Request) => {
        const headers = {
          ...Object.fromEntries(request.headers),
          host: url.host,
          'content-length': '0',
        };
        const answered = answerRequest({ route, method, headers }, tenant, 'online', state);
        return new Response(answered.body, { status: answered.status, headers: answered.headers });
      };
      const serve = async (request: Request) => {
        await clock.sleep(latencyMs);
        const serving = { clock, request, answer: () => answerTo(request) };
        return await respond(fault, serving, () =>
          Response.json(JSON.parse(toOtherSession(tenant, route).body)),
        );
      };
      const fake = fakeExchange(async (request) => {
        call.arrivedAt = clock.now();
        const response = await Promise.race([serve(request), hangs(request)]);
        call.status = response.status;
        connections.giveBack();
        return response;
      }, connect);
      return await fake.exchange(options);
    };
  }

  return {
    tenant,
    exchangeOf,
    calls,
    sessionStates,
    ticketSecret,
    webApiUrl: apiOf(0),
    stateUrl: 'https://state.superoffice.example/api/state/Cust12345',
    /** One call of keep-credential, which has no part in the others' pace. */
    keepAlive() {
      const call = { route: 'principal', chatSessionId: undefined, target: undefined } as const;
      const moment = { startedAt: clock.now(), arrivedAt: clock.now() };
      calls.push({ ...call, ...moment, sandbox: 'keep-credential', status: 200, fault: 'ok' });
    },
    /** Calls to the address of before are misdirected from now on. */
    move() {
      moves += 1;
      state.Api = apiOf(moves);
    },
  };
}

type Serving = { clock: VirtualClock; request: Request; answer: () => Response };

async function respond(
  fault: SuperOfficeFault,
  { clock, request, answer }: Serving,
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
      return await hangs(request);
    case 'applied late, hang':
      void clock.sleep(9_000).then(answer);
      return await hangs(request);
    case 'hang':
      return await hangs(request);
    case 'applied, reset':
      answer();
      throw new ConnectionError();
    case 'reset':
      throw new ConnectionError();
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
