import type { IncomingHttpHeaders } from 'node:http';
import type { RouteName } from './routes.ts';

/**
 * What can go wrong with one request. None of it is documented by SuperOffice: these are
 * what networks, proxies and web servers do.
 *
 * A fault that mangles the true answer (`half-body`, `wrong-content-type`,
 * `truncate-keep-alive`) comes after the call was applied. One that replaces it comes instead
 * of applying it, unless wrapped in `apply-then`.
 */
export type SuperOfficeFault =
  | {
      kind: 'status';
      status: number;
      /** JSON in SuperOffice's own error shape unless told otherwise. */
      body?: 'json' | 'html' | 'empty' | { text: string; type?: string };
      headers?: Record<string, string>;
    }
  /** Waits, then goes on; applied even if the caller has hung up by then, as a server would. */
  | { kind: 'delay'; delayMs: number; next?: SuperOfficeFault }
  | { kind: 'apply-then'; fault: SuperOfficeFault }
  /** Never answers. */
  | { kind: 'hang' }
  /** Resets the connection without a byte. */
  | { kind: 'reset' }
  /** All of the head, half of the body, then the connection is gone. */
  | { kind: 'half-body' }
  /** A byte of body every so often, for ever. */
  | { kind: 'slow-loris'; everyMs: number }
  /** Leads to `/redirected` on another host name of this server, where `followed` notes it. */
  | { kind: 'redirect'; status?: 301 | 302 | 303 | 307 | 308; location?: string }
  /** The true body, called text/plain. */
  | { kind: 'wrong-content-type' }
  /** 200 `null`. */
  | { kind: 'body-null' }
  /** 200 and, for another session's id, just what was hoped for. */
  | { kind: 'other-session' }
  /** A well-formed body far too large; 30 MB unless told otherwise. */
  | { kind: 'huge-body'; bytes?: number }
  /** A 404 page of the web server, as from a wrong address. */
  | { kind: 'html-not-found' }
  /** Answers in full; the next request on that connection meets a dead one. */
  | { kind: 'truncate-keep-alive' };

/** What a fault may be decided on. */
export interface SuperOfficeFaultRequest {
  /** 1 for the server's first request. */
  number: number;
  route: RouteName;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  chatSessionId: number | undefined;
}

/** Asked once per request; undefined lets it go well. */
export type SuperOfficeFaultPlan = (
  request: SuperOfficeFaultRequest,
) => SuperOfficeFault | undefined;

/** Every request. */
export const always =
  (fault: SuperOfficeFault): SuperOfficeFaultPlan =>
  () =>
    fault;

/** One after another, `undefined` for none; when they are used up all goes well. */
export function inTurn(...faults: (SuperOfficeFault | undefined)[]): SuperOfficeFaultPlan {
  const left = [...faults];
  return () => left.shift();
}

/** The nth request it is asked about, the 2nth, and so on. */
export function everyNth(n: number, fault: SuperOfficeFault): SuperOfficeFaultPlan {
  let asked = 0;
  return () => {
    asked += 1;
    return asked % n === 0 ? fault : undefined;
  };
}

/** About `percent` of the requests; the same seed picks the same ones. */
export function rate(seed: number, percent: number, fault: SuperOfficeFault): SuperOfficeFaultPlan {
  const random = createRandom(seed);
  return () => (random() * 100 < percent ? fault : undefined);
}

/** Only requests of the given kind; others are not counted by the plan. */
export const onRoute =
  (route: RouteName, plan: SuperOfficeFaultPlan): SuperOfficeFaultPlan =>
  (request) =>
    request.route === route ? plan(request) : undefined;

/** The first plan that has a fault for the request; every plan is asked, so that each counts. */
export const firstOf =
  (...plans: SuperOfficeFaultPlan[]): SuperOfficeFaultPlan =>
  (request) =>
    plans.map((plan) => plan(request)).find((fault) => fault !== undefined);

/** A small generator (mulberry32): numbers from 0 up to 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
