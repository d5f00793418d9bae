import type { SessionState } from '../promises/run-record.ts';
import type { Tenant } from '../stand-ins/superoffice/tenant.ts';

/** How long people take, at most. */
const longestMs = 6_000;

/** Plays those who are asked, and the customers: each offer may be answered, each chat may end. */
export function playPeople(tenant: Tenant, random: () => number) {
  const timers = new Set<NodeJS.Timeout>();
  const later = (does: () => void) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        does();
      },
      random() ** 2 * longestMs,
    );
    timers.add(timer);
  };

  return {
    /** To be told of every transfer. */
    onTransfer({ chatSessionId, applied }: SessionState) {
      if (!applied) return;
      const chance = random();
      if (chance < 0.25) later(() => tenant.accept(chatSessionId));
      else if (chance < 0.6) later(() => tenant.reject(chatSessionId));
      else if (chance < 0.65) later(() => tenant.close(chatSessionId));
    },
    leave() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
