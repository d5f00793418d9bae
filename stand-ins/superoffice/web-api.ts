import type { IncomingHttpHeaders } from 'node:http';
import { toArchiveRows } from './archive.ts';
import { toAssociateCarrier, toPrincipalCarrier } from './associates.ts';
import { authorize, type Mode } from './authorize.ts';
import { toChatPresenceBody, toChatUserList } from './chat-users.ts';
import { readDateStyle } from './date-style.ts';
import { type Route, toInt32 } from './routes.ts';
import type { Tenant } from './tenant.ts';
import { type TenantState, toStateBody, toVersionBody } from './tenant-state.ts';
import {
  aspNetError,
  emptyAnswer,
  htmlAnswer,
  jsonAnswer,
  superOfficeError,
  type WireAnswer,
} from './wire-answer.ts';

/** One request as the WebAPI sees it. */
export interface WebApiRequest {
  route: Route;
  method: string;
  headers: IncomingHttpHeaders;
}

/** Does what a request asks and says what SuperOffice would answer. */
export function answerRequest(
  { route, method, headers }: WebApiRequest,
  tenant: Tenant,
  mode: Mode,
  state: TenantState,
): WireAnswer {
  if (route.name === 'state') return jsonAnswer(toStateBody(route.target, tenant, state));
  if (route.name === 'redirected') return jsonAnswer({});
  if (mode === 'online') {
    const misplaced = URL.canParse(state.Api) && headers.host !== new URL(state.Api).host;
    if (misplaced) {
      return {
        ...emptyAnswer(421),
        headers: { 'content-type': 'text/plain' },
        body: 'Wrong subdomain used to access tenant',
      };
    }
    // What an unavailable API answers is not documented.
    if (!state.IsRunning) return htmlAnswer(503, 'Service Unavailable');
  }
  if (route.name === 'unknown') {
    return htmlAnswer(404, 'File or directory not found.');
  }
  // ASP.NET refuses these in a path, encoded or not.
  if (/[<>*%&:\\?]/.test(route.target ?? '')) {
    return htmlAnswer(400, 'A potentially dangerous Request.Path value was detected');
  }
  if (method === 'POST' && headers['content-length'] === undefined) {
    if (headers['transfer-encoding'] === undefined) return htmlAnswer(411, 'Length Required');
  }
  if (route.methodNotAllowed) {
    return aspNetError(405, `The requested resource does not support http method '${method}'.`);
  }
  if (route.name === 'version') return jsonAnswer(toVersionBody(state));
  const caller = authorize(headers, tenant, mode);
  if (caller === undefined) return emptyAnswer(401);
  const who = tenant.associates.find(({ associateId }) => associateId === caller);
  if (who === undefined) return emptyAnswer(401);
  if (route.name === 'principal') return jsonAnswer(toPrincipalCarrier(who, tenant.customerId));
  if (route.name === 'associate') return jsonAnswer(toAssociateCarrier(who));
  if (route.name === 'chat-presence') return jsonAnswer(toChatPresenceBody(tenant));
  if (route.name === 'archive') return answerForArchive(route, tenant, state);
  if (route.name === 'mdo-list') {
    return route.target?.toLowerCase() === 'chatuser'
      ? jsonAnswer(toChatUserList(route.query, caller, tenant))
      : superOfficeError(404, 'SoNotFoundException');
  }
  if (route.name === 'topic-sessions') return answerForTopic(route, tenant);
  return answerForSession(route, caller, tenant, headers, state);
}

/** A new session of the topic; that it goes into the queue is an assumption. */
function answerForTopic({ target }: Route, tenant: Tenant): WireAnswer {
  const topicId = toInt32(target);
  if (topicId === undefined) return aspNetError(400, 'The request is invalid.');
  const id = tenant.addSession({ topicId, owner: null, status: 'InQueue', startedAt: null });
  return jsonAnswer(tenant.get(id));
}

/** An archive's rows as OData; what it answers a query that it cannot read is not documented. */
function answerForArchive(
  { target = '', query }: Route,
  tenant: Tenant,
  state: TenantState,
): WireAnswer {
  const value = toArchiveRows(target, query, tenant);
  if (value === undefined) return superOfficeError(400, 'ArgumentException');
  const metadata = `${state.Api}/v1/archive/$metadata#${target}`;
  return jsonAnswer({ 'odata.metadata': metadata, 'odata.nextLink': null, value });
}

function answerForSession(
  route: Route,
  caller: number,
  tenant: Tenant,
  headers: IncomingHttpHeaders,
  state: TenantState,
): WireAnswer {
  const id = toInt32(route.id);
  if (id === undefined) {
    return tenant.answers.malformedId === 'bad-request'
      ? aspNetError(400, 'The request is invalid.')
      : htmlAnswer(404, 'File or directory not found.');
  }
  const zone = headers['so-timezone'];
  const dates = readDateStyle(Array.isArray(zone) ? zone.join() : zone);
  const notFound = superOfficeError(404, 'SoNotFoundException', 'ChatSession Not Found');
  switch (route.name) {
    case 'transfer': {
      const target = route.target ?? '';
      const entity = tenant.transferTo(caller, id, target, dates);
      if (entity === null) {
        return tenant.answers.unknownSession === 'null' ? jsonAnswer(null) : notFound;
      }
      return tenant.findAssociate(target) === undefined
        ? unknownTarget(tenant, entity)
        : jsonAnswer(entity);
    }
    case 'accept':
      return jsonAnswer(tenant.accept(id, caller, dates));
    case 'reject':
      return jsonAnswer(tenant.reject(id, caller, dates));
    case 'pickup':
      return jsonAnswer(tenant.pickup(caller, id, dates));
    case 'reset':
      return jsonAnswer(tenant.reset(caller, id, dates));
    default: {
      const entity = tenant.get(id, dates);
      if (entity === null) return notFound;
      const archive = `${state.Api}/v1/ChatSession`;
      return jsonAnswer({ ...entity, _Links: { Self: `${archive}/${id}`, Archive: archive } });
    }
  }
}

function unknownTarget(tenant: Tenant, entity: unknown): WireAnswer {
  switch (tenant.answers.unknownTarget) {
    case 'nothing':
      return jsonAnswer(entity);
    case 'bad-request':
      return superOfficeError(400, 'ArgumentException');
    case 'not-found':
      return superOfficeError(404, 'SoNotFoundException', 'Associate Not Found');
    case 'server-error':
      return superOfficeError(500, 'NullReferenceException');
  }
}

/** Just what the caller hopes for, but of the next session: only the id gives it away. */
export function toOtherSession(tenant: Tenant, route: Route): WireAnswer {
  const id = toInt32(route.id) ?? 0;
  const target = tenant.findAssociate(route.target ?? '');
  const hoped = target === undefined ? {} : { TransferTo: toAssociateCarrier(target) };
  return jsonAnswer({ ...tenant.get(id), ...hoped, ChatSessionId: id + 1 });
}
