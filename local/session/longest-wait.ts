import { parseRouteChatEvent } from '../../contract/event.ts';

/** So long after an offer's last question ended, SuperOffice may still not have shown what came of it. */
const lookingSeconds = 60;

/** For how many seconds an event can be without a result, as far as SuperOffice goes. */
export function longestWait(body: string, timeToLiveSeconds: number): number {
  const parsed = parseRouteChatEvent(body);
  const { acceptWithinSeconds, fallbackAssociates = [] } = parsed.ok ? parsed.event : {};
  if (acceptWithinSeconds === undefined) return timeToLiveSeconds;
  const asked = 1 + fallbackAssociates.length;
  return timeToLiveSeconds + asked * acceptWithinSeconds + lookingSeconds;
}
