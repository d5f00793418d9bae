import type { SessionState } from '../promises/run-record.ts';
import type { Tenant } from '../stand-ins/superoffice/tenant.ts';

/** How long people take, at most; some think about an offer until its time is about over. */
const longestMs = 6_000;
const longThinkingMs = 40_000;

/** Plays those who are asked, and the customers: each offer may be answered, each chat may end. */
export function playPeople(tenant: Tenant, random: () => number) {
  const timers = new Set<NodeJS.Timeout>();
  const later = (does: () => void) => {
    const most = random() < 0.15 ? longThinkingMs : longestMs;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        does();
      },
      random() ** 2 * most,
    );
    timers.add(timer);
  };

  /** The owner asks somebody whom no event names. */
  const passOn = (id: number) => {
    const owner = tenant.peek(id)?.owner;
    if (owner != null) tenant.transferTo(owner, id, 'fay');
  };

  return {
    /** To be told of every transfer. */
    onTransfer({ chatSessionId: id, applied }: SessionState) {
      if (!applied) return;
      const chance = random();
      if (chance < 0.25) later(() => tenant.accept(id));
      else if (chance < 0.6) later(() => tenant.reject(id));
      else if (chance < 0.65) later(() => tenant.close(id));
      else if (chance < 0.7) later(() => tenant.cancel(id));
      else if (chance < 0.73) later(() => passOn(id));
    },
    leave() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
