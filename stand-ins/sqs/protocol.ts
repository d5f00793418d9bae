import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { senderIdOf } from '../aws-account.ts';
import type { Input } from './actions.ts';
import { SqsError, toWireNames } from './sqs-error.ts';

const target = 'AmazonSQS.';

/** The call in a request of the AWS JSON 1.0 protocol. Signatures are not looked at, but for whose. */
export async function readCall(
  request: IncomingMessage,
): Promise<{ action: string; input: Input; senderId: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const header = String(request.headers['x-amz-target'] ?? '');
  if (!header.startsWith(target))
    throw new SqsError('InvalidAction', `The action ${header} is not valid for this endpoint.`);
  const body = Buffer.concat(chunks).toString();
  const senderId = senderIdOf(accessKeyIdIn(request.headers.authorization));
  return { action: header.slice(target.length), input: toInput(body), senderId };
}

/** `AWS4-HMAC-SHA256 Credential=<access key id>/<date>/<region>/sqs/aws4_request, …` */
const accessKeyIdIn = (authorization: string | undefined) =>
  authorization?.match(/Credential=([^/]+)/)?.[1];

function toInput(body: string): Input {
  try {
    const input: unknown = JSON.parse(body || '{}');
    if (typeof input === 'object' && input !== null) return input;
  } catch {
    // Falls through to the same refusal.
  }
  throw new SqsError('MalformedInput', 'The request is no JSON object.');
}

export function answer(response: ServerResponse, body: object): void {
  write(response, 200, {}, body);
}

/** In the shape the SDK makes an exception of. From 500 on, the fault is the server's. */
export function answerError(
  response: ServerResponse,
  { code, message, status }: { code: string; message: string; status?: number },
): void {
  const names = toWireNames(code);
  const httpStatus = status ?? names.status;
  const fault = httpStatus < 500 ? 'Sender' : 'Receiver';
  const headers = { 'x-amzn-query-error': `${names.queryCode};${fault}` };
  write(response, httpStatus, headers, { __type: names.type, message });
}

function write(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: object,
): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(JSON.stringify(body));
}
