import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `look` sees something; fails, saying what was waited for, where it never does. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  withinMs = 20_000,
): Promise<Value> {
  const start = performance.now();
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() - start > withinMs) throw new Error(`Waited in vain: ${what}.`);
    await sleep(10);
  }
}
