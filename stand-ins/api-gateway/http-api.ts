import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { close, keepAliveTimeoutMs, type Listening, listen } from '../http-server.ts';
import { toHttpEvent } from './http-event.ts';

/** A function behind the routes it answers, such as `POST /events`. */
export type Routes = ReadonlyMap<string, { invoke(event: unknown): Promise<unknown> }>;

/** What Lambda takes of a request. */
const mostBytes = 6 * 1024 * 1024;

/**
 * An HTTP API of API Gateway on this machine: hands requests to Lambda functions in payload format
 * 2.0. It neither throttles nor writes an access log.
 */
export async function startHttpApi(
  routes: Routes,
  { apiId = 'local', onAnswer }: { apiId?: string; onAnswer?: (status: number) => void } = {},
): Promise<Listening> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const routeKey = `${request.method} ${pathname}`;
    const route = routes.get(routeKey);
    const body = await buffer(request);
    if (!route) return answer(response, message(404, 'Not Found'));
    if (body.length > mostBytes) return answer(response, message(413, 'Request Entity Too Large'));
    const event = toHttpEvent(request, { routeKey, apiId, body });
    const answered = await route.invoke(event).catch(() => message(500, 'Internal Server Error'));
    answer(response, answered);
    onAnswer?.(response.statusCode);
  };

  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, (request, response) => {
    // A sender that is gone is told nothing.
    handle(request, response).catch(() => response.destroy());
  });
  const origin = await listen(server);
  return { origin, close: () => close(server) };
}

type Answer = {
  statusCode: number;
  headers?: Record<string, string>;
  body?: string;
  isBase64Encoded?: boolean;
};

const message = (statusCode: number, text: string): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: text }),
});

/** What has no `statusCode` is the body of a 200. */
function answer(response: ServerResponse, answered: unknown): void {
  const isAnswer = typeof answered === 'object' && answered !== null && 'statusCode' in answered;
  const {
    statusCode,
    headers,
    body = '',
    isBase64Encoded,
  } = isAnswer ? (answered as Answer) : { ...message(200, ''), body: JSON.stringify(answered) };
  response.writeHead(statusCode, headers);
  response.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}
