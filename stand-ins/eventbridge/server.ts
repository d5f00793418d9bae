import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { close, listen } from '../http-server.ts';
import type { EventBridge, PutEventsEntry } from './event-bridge.ts';

/** A running stand-in for EventBridge's API. */
export type EventBridgeApi = {
  /** For `AWS_ENDPOINT_URL_EVENTBRIDGE`. */
  readonly endpoint: string;
  close(): Promise<void>;
};

/** Starts PutEvents and ListRules in AWS JSON 1.1 on this machine. All rules are enabled. */
export async function startEventBridgeApi(eventBridge: EventBridge): Promise<EventBridgeApi> {
  const putEvents = async (entries: PutEventsEntry[]) => {
    const answers = await Promise.all(
      entries.map(async (entry) => {
        try {
          await eventBridge.put(entry);
          return { EventId: randomUUID() };
        } catch (error) {
          const [, ErrorCode, ErrorMessage] =
            /^PutEvents: (?:(\w+): )?(.*)$/.exec(error instanceof Error ? error.message : '') ?? [];
          return { ErrorCode: ErrorCode ?? 'InvalidArgument', ErrorMessage };
        }
      }),
    );
    const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
    return { FailedEntryCount, Entries: answers };
  };
  const listRules = (busName: string) => ({
    Rules: eventBridge.rules
      .filter((rule) => rule.busName === busName)
      .map(({ name }) => ({ Name: name, EventBusName: busName, State: 'ENABLED' })),
  });

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const input = (await json(request)) as { Entries?: PutEventsEntry[]; EventBusName?: string };
    const [status, body] =
      operation === 'PutEvents'
        ? [200, await putEvents(input.Entries ?? [])]
        : operation === 'ListRules'
          ? [200, listRules(input.EventBusName ?? 'default')]
          : [400, { __type: 'UnknownOperationException', message: `No ${operation} here.` }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  return { endpoint: await listen(server), close: () => close(server) };
}
