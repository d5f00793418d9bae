/** What a request asks for. */
export type RouteName =
  | 'transfer'
  | 'session'
  | 'topic-sessions'
  | 'accept'
  | 'reject'
  | 'pickup'
  | 'reset'
  | 'principal'
  | 'associate'
  | 'version'
  | 'state'
  | 'chat-presence'
  | 'archive'
  | 'mdo-list'
  | 'redirected'
  | 'unknown';

/** A request's path, read. */
export interface Route {
  name: RouteName;
  /** Known path, other method. */
  methodNotAllowed: boolean;
  /** As in the path: it may not be a number. */
  id: string | undefined;
  /** The transfer's target, decoded, the customer id of a state request, the topic, or the name of a list. */
  target: string | undefined;
  query: URLSearchParams;
}

const api = '^(?:/Cust12345)?/api/v1';
const session = `${api}/ChatSession/(?<id>[^/]+)`;
const user = `${api}/User`;

const table: [RouteName, method: string, RegExp][] = [
  ['transfer', 'POST', new RegExp(`${session}/TransferTo/(?<target>[^/]+)$`, 'i')],
  ['session', 'GET', new RegExp(`${session}$`, 'i')],
  ['topic-sessions', 'POST', new RegExp(`${api}/ChatTopic/(?<target>[^/]+)/Sessions$`, 'i')],
  ['accept', 'POST', new RegExp(`${session}/AcceptTransfer$`, 'i')],
  ['reject', 'POST', new RegExp(`${session}/RejectTransfer$`, 'i')],
  ['pickup', 'POST', new RegExp(`${session}/Pickup$`, 'i')],
  ['reset', 'POST', new RegExp(`${session}/Reset$`, 'i')],
  ['principal', 'GET', new RegExp(`${user}/currentPrincipal$`, 'i')],
  ['associate', 'GET', new RegExp(`${user}/currentAssociate$`, 'i')],
  ['chat-presence', 'POST', new RegExp(`${api}/Agents/Chat/GetChatPresence$`, 'i')],
  ['archive', 'GET', new RegExp(`${api}/archive/(?<target>[^/]+)$`, 'i')],
  ['mdo-list', 'GET', new RegExp(`${api}/MDOList/(?<target>[^/]+)$`, 'i')],
  ['version', 'GET', /^(?:\/Cust12345)?\/api\/?$/i],
  ['state', 'GET', /^\/api\/state\/(?<target>[^/]+)$/i],
];

/** Where a redirect fault leads unless told otherwise. */
export const redirectedPath = '/redirected';

/** Reads method and path; ASP.NET does so without regard to case. */
export function readRoute(method: string, url: string): Route {
  const [path = '', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  const none: Route = {
    name: path === redirectedPath ? 'redirected' : 'unknown',
    methodNotAllowed: false,
    id: undefined,
    target: undefined,
    query,
  };
  for (const [name, expected, pattern] of table) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const { id, target: segment } = match.groups ?? {};
    const target = decode(segment);
    // The web server decodes before it routes: an encoded slash makes another path.
    if (target?.includes('/') === true) return none;
    return { name, methodNotAllowed: method !== expected, id, target, query };
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
