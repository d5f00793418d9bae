import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listen } from './http-server.ts';

/** What AWS refuses; the type is what an SDK calls the error. */
export class AwsJsonError extends Error {
  override readonly name = 'AwsJsonError';
  readonly type: string;
  readonly status: number;
  /** What the service calls it in its answer. */
  readonly messageField: 'message' | 'Message';
  constructor(
    type: string,
    message: string,
    { status = 400, messageField = 'message' as AwsJsonError['messageField'] } = {},
  ) {
    super(message);
    this.type = type;
    this.status = status;
    this.messageField = messageField;
  }
}

/** Answers an operation. Throws AwsJsonError for what AWS refuses. */
export type Operation = (input: Record<string, unknown>) => object | Promise<object>;

/**
 * Starts a service of AWS on this machine, over HTTP as the SDKs speak it.
 * @param before awaited ahead of each operation, which is not done where this throws
 */
export async function startAwsJson(
  version: '1.0' | '1.1',
  operations: Record<string, Operation>,
  before?: (operation: string, request: IncomingMessage) => Promise<void>,
): Promise<{ endpoint: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': `application/x-amz-json-${version}` });
      response.end(JSON.stringify(body));
    };
    try {
      const name = String(request.headers['x-amz-target']).replace(/^.*\./, '');
      const operation = operations[name];
      if (!operation) {
        throw new AwsJsonError('UnknownOperationException', `The stand-in knows no ${name}.`);
      }
      const input = (await json(request)) as Record<string, unknown>;
      await before?.(name, request);
      send(200, await operation(input));
    } catch (error) {
      const { type, message, status, messageField } =
        error instanceof AwsJsonError
          ? error
          : new AwsJsonError('ServiceUnavailableException', String(error), { status: 500 });
      send(status, { __type: type, [messageField]: message });
    }
  });
  return { endpoint: await listen(server), close: () => close(server) };
}
