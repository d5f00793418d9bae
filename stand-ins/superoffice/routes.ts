/** What a request asks for. */
export type RouteName =
  | 'transfer'
  | 'session'
  | 'accept'
  | 'reject'
  | 'pickup'
  | 'reset'
  | 'principal'
  | 'associate'
  | 'version'
  | 'state'
  | 'redirected'
  | 'unknown';

/** A request's path, read. */
export interface Route {
  name: RouteName;
  /** Known path, other method. */
  methodNotAllowed: boolean;
  /** As in the path: it may not be a number. */
  id: string | undefined;
  /** The transfer's target, decoded, or the customer id of a state request. */
  target: string | undefined;
}

const session = '^(?:/Cust12345)?/api/v1/ChatSession/(?<id>[^/]+)';
const user = '^(?:/Cust12345)?/api/v1/User';

const table: [RouteName, method: string, RegExp][] = [
  ['transfer', 'POST', new RegExp(`${session}/TransferTo/(?<target>[^/]+)$`, 'i')],
  ['session', 'GET', new RegExp(`${session}$`, 'i')],
  ['accept', 'POST', new RegExp(`${session}/AcceptTransfer$`, 'i')],
  ['reject', 'POST', new RegExp(`${session}/RejectTransfer$`, 'i')],
  ['pickup', 'POST', new RegExp(`${session}/Pickup$`, 'i')],
  ['reset', 'POST', new RegExp(`${session}/Reset$`, 'i')],
  ['principal', 'GET', new RegExp(`${user}/currentPrincipal$`, 'i')],
  ['associate', 'GET', new RegExp(`${user}/currentAssociate$`, 'i')],
  ['version', 'GET', /^(?:\/Cust12345)?\/api\/?$/i],
  ['state', 'GET', /^\/api\/state\/(?<target>[^/]+)$/i],
];

/** Where a redirect fault leads unless told otherwise. */
export const redirectedPath = '/redirected';

/** Reads method and path; ASP.NET does so without regard to case. */
export function readRoute(method: string, url: string): Route {
  const [path = ''] = url.split('?', 1);
  const none: Route = {
    name: path === redirectedPath ? 'redirected' : 'unknown',
    methodNotAllowed: false,
    id: undefined,
    target: undefined,
  };
  for (const [name, expected, pattern] of table) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const { id, target: segment } = match.groups ?? {};
    const target = decode(segment);
    // The web server decodes before it routes: an encoded slash makes another path.
    if (target?.includes('/') === true) return none;
    return { name, methodNotAllowed: method !== expected, id, target };
  }
  return none;
}

function decode(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    // Left as it is, percent sign and all, which the web server then refuses.
    return segment;
  }
}

/** The int32 in the path, if it is one. */
export function toInt32(id: string | undefined): number | undefined {
  const value = /^-?\d{1,10}$/.test(id ?? '') ? Number(id) : Number.NaN;
  return Math.abs(value) <= 2_147_483_647 ? value : undefined;
}
