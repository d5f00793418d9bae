import type { Delivery, PutEventsEntry } from '../../stand-ins/eventbridge/event-bridge.ts';
import type { Session } from '../session/session.ts';
import type { Deployment } from '../stack/deployment.ts';

type Run = {
  deployment: Pick<Deployment, 'eventBridge' | 'eventBusNames'>;
  session: Pick<Session, 'noteSent'>;
};

/** Puts an event onto the bus it names, or onto the only one there is. Says what became of it. */
export async function putOnBus(
  entry: PutEventsEntry,
  { deployment: { eventBridge, eventBusNames }, session }: Run,
): Promise<string[]> {
  const [only, ...others] = eventBusNames;
  const bus = entry.EventBusName ?? (others.length === 0 ? only : undefined);
  if (bus === undefined) {
    return [
      `EventBusName: expected a bus of this stack (${eventBusNames.join() || 'it has none'}).`,
    ];
  }
  try {
    const deliveries = await eventBridge.put({ ...entry, EventBusName: bus });
    if (deliveries.length === 0) return [`No rule on ${bus} is for this event: nothing is sent.`];
    return describe(deliveries, session);
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Sets off the schedules that rebalance. Says what their functions answered. */
export async function rebalance({ deployment: { eventBridge }, session }: Run): Promise<string[]> {
  const names = eventBridge.scheduled.filter((name) => /^Rebalanc/.test(name));
  if (names.length === 0) {
    return ['Nothing rebalances in this stack; try: npm run example -- rebalancing'];
  }
  const deliveries = await Promise.all(names.map(eventBridge.runSchedule));
  return describe(deliveries.flat(), session);
}

/** A function that sends events answers with their message ids. */
function describe(deliveries: readonly Delivery[], session: Run['session']): string[] {
  return deliveries.map(({ rule, answer, error }) => {
    if (error !== undefined) return `${rule}: ${(error as Error).message}`;
    const { messageIds } = Object(answer) as { messageIds?: string[] };
    if (!Array.isArray(messageIds)) return `${rule}: ${JSON.stringify(answer)}`;
    for (const messageId of messageIds) session.noteSent({ messageId, body: `sent by ${rule}` });
    return `${rule}: ${messageIds.length} sent.`;
  });
}
