import { parseRouteChatEvent } from '../../contract/event.ts';
import { graceMs } from '../../functions/route-chat/offer-step.ts';

/** For how many seconds an event can be without a result, as far as SuperOffice goes. */
export function longestWait(body: string, timeToLiveSeconds: number): number {
  const parsed = parseRouteChatEvent(body);
  const { acceptWithinSeconds, fallbackAssociates = [] } = parsed.ok ? parsed.event : {};
  if (acceptWithinSeconds === undefined) return timeToLiveSeconds;
  const asked = 1 + fallbackAssociates.length;
  return timeToLiveSeconds + asked * acceptWithinSeconds + graceMs / 1000;
}
