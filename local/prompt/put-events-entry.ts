import type { PutEventsEntry } from '../../stand-ins/eventbridge/event-bridge.ts';

/** A wish as it is put onto the deployment's own bus. */
export const toEntry = (body: string): PutEventsEntry => ({
  Source: 'prompt',
  DetailType: 'RouteChatRequested',
  Detail: body,
});

/** An entry as PutEvents takes it; its detail may be JSON as well as text. Undefined for no JSON. */
export function parseEntry(text: string): PutEventsEntry | undefined {
  try {
    const { Detail, ...entry } = JSON.parse(text);
    return { ...entry, Detail: typeof Detail === 'string' ? Detail : JSON.stringify(Detail) };
  } catch {
    return undefined;
  }
}
