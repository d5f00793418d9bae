import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import {
  close,
  keepAliveTimeoutMs,
  type Listening,
  type ListenOptions,
  listen,
} from '../http-server.ts';
import type { Mode } from './authorize.ts';
import { createTenant } from './chat-sessions.ts';
import type { SuperOfficeFaultPlan } from './faults.ts';
import type { RecordedCall } from './pace.ts';
import { readRoute, toInt32 } from './routes.ts';
import type { Tenant } from './tenant.ts';
import type { TenantState } from './tenant-state.ts';
import { listenOverTls, reset } from './tls.ts';
import { answerRequest, toOtherSession } from './web-api.ts';
import { play } from './wire.ts';
import { negotiated, type WireAnswer } from './wire-answer.ts';

/** A running stand-in for SuperOffice. */
export interface SuperOfficeStandIn {
  readonly webApiUrl: string;
  readonly stateUrl: string;
  readonly tenant: Tenant;
  readonly state: TenantState;
  readonly calls: RecordedCall[];
  /** Requests that followed a redirect, and the secrets they carried there. */
  readonly followed: { method: string; carried: string[] }[];
  setFault(plan: SuperOfficeFaultPlan | undefined): void;
  /** Moves the tenant to another address: the old one answers 421 from now on (Online only). */
  move(): Promise<void>;
  /** Ends at once, whatever hangs. */
  close(): Promise<void>;
}

/** Starts SuperOffice's WebAPI and its tenant state service on this machine. */
export async function startSuperOffice(
  options: {
    tenant?: Tenant;
    now?: () => number;
    mode?: Mode;
    port?: number;
    host?: string;
    fault?: SuperOfficeFaultPlan;
    delayMs?: number;
    /** Speaks TLS, with connections that take so long to stand. */
    connectionSetUpMs?: number;
  } = {},
): Promise<SuperOfficeStandIn> {
  const { mode = 'online', delayMs = 0 } = options;
  const tenant = options.tenant ?? createTenant({ now: options.now ?? Date.now });
  const calls: RecordedCall[] = [];
  const followed: SuperOfficeStandIn['followed'] = [];
  const closing = new AbortController();
  const doomed = new WeakSet<Socket>();
  const listening: Listening[] = [];
  let plan = options.fault;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = request;
    const route = readRoute(method, url);
    const chatSessionId = toInt32(route.id);
    const call: RecordedCall = { at: performance.now(), route: route.name, method, path: url };
    if (chatSessionId !== undefined) call.chatSessionId = chatSessionId;
    calls.push(call);
    request.resume();
    if (doomed.has(request.socket)) {
      reset(request.socket);
      return;
    }
    if (route.name === 'redirected') {
      const secrets = ['authorization', 'so-apptoken'].filter((name) => headers[name]);
      followed.push({ method, carried: secrets });
    }
    const number = calls.length;
    const fault = plan?.({ number, route: route.name, method, path: url, headers, chatSessionId });
    let answer: WireAnswer | undefined;
    await play(delayMs > 0 ? delayed(delayMs, fault) : fault, {
      response,
      answer: () => {
        answer ??= answerRequest({ route, method, headers }, tenant, mode, state);
        return negotiated(answer, headers.accept);
      },
      otherSession: () => toOtherSession(tenant, route),
      elsewhere: `http://localhost:${request.socket.localPort}`,
      onStatus: (status) => {
        call.status = status;
      },
      doom: () => doomed.add(request.socket),
      closing: closing.signal,
    });
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      // Whoever hung up, or closed us, is no fault of the stand-in's; anything else is.
      if (closing.signal.aborted || response.destroyed) return;
      console.error('The SuperOffice stand-in failed', error);
      response.destroy();
    });
  };

  const open = async (port: number): Promise<string> => {
    const { host, connectionSetUpMs: setUpMs } = options;
    const opened =
      setUpMs === undefined
        ? await listenInPlain(onRequest, { port, host })
        : await listenOverTls(onRequest, { port, host, setUpMs });
    listening.push(opened);
    return opened.origin;
  };

  const origin = await open(options.port ?? 0);
  const webApiUrl = `${origin}/${tenant.customerId}/api`;
  const state: TenantState = {
    State: 'Running',
    IsRunning: true,
    validForSeconds: 300,
    Api: webApiUrl,
  };
  return {
    webApiUrl,
    stateUrl: `${origin}/api/state/${tenant.customerId}`,
    tenant,
    state,
    calls,
    followed,
    setFault: (next) => {
      plan = next;
    },
    async move() {
      state.Api = `${await open(0)}/${tenant.customerId}/api`;
    },
    async close() {
      closing.abort();
      await Promise.all(listening.map((each) => each.close()));
    },
  };
}

async function listenInPlain(handle: RequestListener, options: ListenOptions): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, handle);
  return { origin: await listen(server, options), close: () => close(server) };
}

const delayed = (delayMs: number, next: ReturnType<SuperOfficeFaultPlan>) =>
  ({ kind: 'delay', delayMs, ...(next === undefined ? {} : { next }) }) as const;
