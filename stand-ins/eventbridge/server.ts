import { randomUUID } from 'node:crypto';
import { startAwsJson } from '../aws-json.ts';
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

  return await startAwsJson('1.1', {
    PutEvents: ({ Entries = [] }) => putEvents(Entries as PutEventsEntry[]),
    ListRules: ({ EventBusName = 'default' }) => listRules(String(EventBusName)),
  });
}
