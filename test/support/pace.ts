import { createPace, type Slot, type SlotUse } from '../../superoffice/pace.ts';
import { createVirtualClock, startOfTime } from './virtual-clock.ts';

export const anHour = 3_600_000;
/** So long after the start. */
export const at = (milliseconds: number) => startOfTime + milliseconds;

/** A pace of a call in 250 ms, its time held by hand. */
export function setUpPace() {
  const clock = createVirtualClock();
  const pace = createPace({ spacingMs: 250, clock });
  const sinceStart = () => clock.now() - startOfTime;
  /** When a slot was there, and the slot; or why there is none. */
  const take = async (latestStart = at(anHour), use: SlotUse = 'transfer') => {
    const slot = await pace.take(latestStart, use);
    return typeof slot === 'string' ? slot : { ...slot, at: sinceStart() };
  };
  /** Sends at once. When that was, or why there was no slot. */
  const call = async (latestStart?: number, use?: SlotUse) => {
    const slot = await take(latestStart, use);
    if (typeof slot === 'string') return slot;
    slot.onSent();
    return slot.at;
  };
  /** A slot whose request has not left. */
  const takeSlot = async () => (await clock.until(take())) as Slot;
  return { clock, pace, sinceStart, takeSlot, call };
}
