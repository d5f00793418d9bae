import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listen } from './http-server.ts';

/** What AWS answers with status 400; the type is what an SDK calls the error. */
export class AwsJsonError extends Error {
  override readonly name = 'AwsJsonError';
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** Answers an operation. Throws AwsJsonError for what AWS refuses. */
export type Operation = (input: Record<string, unknown>) => object | Promise<object>;

/** Starts a service of AWS on this machine, over HTTP as the SDKs speak it. */
export async function startAwsJson(
  version: '1.0' | '1.1',
  operations: Record<string, Operation>,
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
      send(200, await operation((await json(request)) as Record<string, unknown>));
    } catch (error) {
      if (error instanceof AwsJsonError) send(400, { __type: error.type, message: error.message });
      else send(500, { __type: 'ServiceUnavailableException', message: String(error) });
    }
  });
  return { endpoint: await listen(server), close: () => close(server) };
}
