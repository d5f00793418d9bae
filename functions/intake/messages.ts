import { faultsOf } from '../../client/faults-of.ts';
import type { OutgoingEvent } from '../../client/outgoing-event.ts';
import { toRequestedEvent } from '../../client/requested-event.ts';
import { instantOf } from '../../contract/date-time.ts';
import { isJsonObject } from '../../contract/json-object.ts';

/** As much as is read of what EventBridge hands over. */
type Envelope = { id: string; time?: unknown; detail: object };

/**
 * The messages for what a function was invoked with. An event that names no request becomes that of
 * the envelope, or of the invocation: delivered again, it is the same event. None lives longer than
 * counted from the envelope's time. What breaks the schema goes on as it stands, to be answered
 * `invalid-event`.
 * @throws RangeError where an event is larger than SQS takes.
 */
export function toMessages(
  payload: unknown,
  { awsRequestId, now, timeToLiveMs }: { awsRequestId: string; now: number; timeToLiveMs: number },
): OutgoingEvent[] {
  const invocation = { id: awsRequestId, askedAt: now, timeToLiveMs };
  if (Array.isArray(payload)) {
    return payload.map((event, index) =>
      toRequestedEvent(event, { ...invocation, id: `${awsRequestId}-${index}` }),
    );
  }
  if (!isEnvelope(payload)) return [toRequestedEvent(payload, invocation)];
  const { id, time, detail } = payload;
  // Whoever puts an event on a bus can set its time; in the future it would live longer.
  const askedAt = Math.min(instantOf(String(time)) ?? now, now);
  return [toRequestedEvent(detail, { id, askedAt, timeToLiveMs })];
}

function isEnvelope(payload: unknown): payload is Envelope {
  if (typeof payload !== 'object' || payload === null || !('detail-type' in payload)) return false;
  const { id, detail } = payload as Partial<Envelope>;
  return (
    isJsonObject(detail) &&
    faultsOf({ requestId: id ?? '' }).every(({ field }) => field !== 'requestId')
  );
}
