import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Clock } from '../../superoffice/clock.ts';
import type { Fetch } from '../../superoffice/exchange.ts';
import type { Tenant } from '../../superoffice/tenant-address.ts';
import { createWebApi } from '../../superoffice/web-api.ts';
import { createAttempt } from './attempt.ts';
import { createAttempts } from './attempts.ts';
import { createCalls } from './calls.ts';
import { createPacer } from './pacer.ts';
import { createPrincipal } from './principal.ts';
import type { Queues } from './queues.ts';
import type { Report } from './report.ts';
import { createRouteChats } from './route-chats.ts';
import { createReportedTicket } from './ticket.ts';
import { callTimeoutMs, initTimeoutMs } from './timing.ts';

/** All that the function reaches the world by. */
export type RouteChatPorts = {
  queues: Queues;
  readSecret: () => Promise<string>;
  tenant: Tenant;
  report: Report;
  clock: Clock;
  fetch?: Fetch;
  random?: () => number;
};

export type RouteChatSettings = { timeToLiveMs: number; callSpacingMs: number };

export type RouteChat = {
  /** Fetches ticket and address ahead of the first event. Never rejects, never takes long. */
  init(): Promise<void>;
  /** Takes one batch; `functionEndsAt` (epoch milliseconds) is when Lambda stops the function. */
  handle(records: SQSRecord[], functionEndsAt: number): Promise<SQSBatchResponse>;
};

/** Puts one sandbox's function together: what it holds lives as long as the sandbox. */
export function createRouteChat(ports: RouteChatPorts, settings: RouteChatSettings): RouteChat {
  const { queues, readSecret, tenant, report, clock, fetch, random = Math.random } = ports;
  const { timeToLiveMs, callSpacingMs } = settings;
  const pacer = createPacer({ spacingMs: callSpacingMs, clock });
  const ticket = createReportedTicket(readSecret, report, clock);
  const calls = createCalls({ ticket, tenant, pacer, clock, longestPauseMs: timeToLiveMs });
  const webApi = createWebApi({ timeoutMs: callTimeoutMs, clock, ...(fetch && { fetch }) });
  const principal = createPrincipal({ calls, webApi, clock });
  const attempts = createAttempts();
  const attempt = createAttempt({ webApi, calls, principal, attempts, clock });
  const routeChats = createRouteChats({
    attempt,
    attempts,
    queues,
    report,
    clock,
    timeToLiveMs,
    random,
  });

  return {
    async init() {
      const ready = Promise.all([ticket.current(), tenant.current()]);
      await Promise.race([ready, clock.sleep(initTimeoutMs)]);
    },
    async handle(records, functionEndsAt) {
      const response = await routeChats(records, functionEndsAt);
      report.flush();
      await pacer.idle();
      return response;
    },
  };
}
