import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { accountId, region } from '../aws-account.ts';

/** Types whose bodies are handed over as text; all others, and what is compressed, in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml|.+\+(json|xml))(;|$))/i;

/**
 * A request as an HTTP API hands it to a Lambda function.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function toHttpEvent(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct' | 'httpVersion' | 'socket'>,
  { routeKey, apiId, body }: { routeKey: string; apiId: string; body: Buffer },
) {
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
  const { pathname: path, search } = new URL(request.url ?? '/', 'http://localhost');
  const isText =
    textTypes.test(headers['content-type'] ?? 'text/plain') && !headers['content-encoding'];
  const now = new Date();
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: search.slice(1),
    headers,
    requestContext: {
      accountId,
      apiId,
      domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}
