import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPace, type NoSlot, type Slot } from '../../../superoffice/pace.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const spacingMs = 250;
const upTo = (max: number) => fc.integer({ min: 0, max });

const take = fc.record({
  kind: fc.constant('take'),
  use: fc.constantFrom('transfer', 'look'),
  /** Until the latest start. */
  withinMs: fc.integer({ min: -100, max: 8_000 }),
  /** How long the request's connection takes to stand, or to fail. */
  setUpMs: upTo(2_000),
  isSent: fc.boolean(),
  answeredAfterMs: upTo(2_000),
});
const wait = fc.record({ kind: fc.constant('wait'), ms: upTo(800) });
const pause = fc.record({ kind: fc.constant('pause'), ms: upTo(3_000) });
const step = fc.oneof(
  { weight: 4, arbitrary: take },
  { weight: 2, arbitrary: wait },
  { weight: 1, arbitrary: pause },
);

/** What a pace may do, by what its requests did so far. */
function createRule(clock: VirtualClock) {
  const start = clock.now();
  let freeAt = start + spacingMs;
  let pausedUntil = 0;
  let unsent = 0;
  const sends: number[] = [];
  return {
    sends,
    pause: (ms: number) => {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
    },
    grants(latestStart: number) {
      const now = clock.now();
      expect(now).toBeLessThanOrEqual(latestStart);
      expect(now).toBeGreaterThanOrEqual(Math.max(freeAt, pausedUntil));
      expect(unsent).toBe(0);
      expect(now - start).toBeGreaterThanOrEqual((sends.length + 1) * spacingMs);
      unsent += 1;
      freeAt = now + spacingMs;
    },
    refuses(latestStart: number, why: NoSlot) {
      const now = clock.now();
      expect(Math.max(now, freeAt, pausedUntil)).toBeGreaterThan(latestStart);
      const isPaused = pausedUntil > now && pausedUntil > latestStart;
      expect(why).toBe(isPaused ? 'paused' : 'too-late');
    },
    hasLeft: () => {
      sends.push(clock.now());
      freeAt = clock.now() + spacingMs;
    },
    hasLeftOrEnded: () => {
      unsent -= 1;
    },
  };
}

type Take = typeof take extends fc.Arbitrary<infer Value> ? Value : never;

/** What becomes of a slot's request. */
async function makeRequest(
  { isSent, setUpMs, answeredAfterMs }: Take,
  slot: Slot,
  rule: ReturnType<typeof createRule>,
  clock: VirtualClock,
): Promise<void> {
  await clock.sleep(setUpMs);
  rule.hasLeftOrEnded();
  if (isSent) {
    rule.hasLeft();
    slot.onSent();
    await clock.sleep(answeredAfterMs);
  }
  slot.onEnded();
}

describe('createPace', () => {
  it('keeps every rule, whatever is asked of it and becomes of the requests', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const clock = createVirtualClock();
        const pace = createPace({ spacingMs, clock });
        const rule = createRule(clock);

        const useSlot = async (given: Take) => {
          const latestStart = clock.now() + given.withinMs;
          const slot = await pace.take(latestStart, given.use);
          if (typeof slot === 'string') return rule.refuses(latestStart, slot);
          rule.grants(latestStart);
          await makeRequest(given, slot, rule, clock);
        };
        const used: Promise<void>[] = [];
        for (const given of steps) {
          if (given.kind === 'take') used.push(useSlot(given));
          if (given.kind === 'pause') {
            pace.pause(given.ms);
            rule.pause(given.ms);
          }
          await clock.advance(given.kind === 'wait' ? given.ms : 0);
        }
        await clock.until(Promise.all(used));

        const gaps = rule.sends.slice(1).map((at, index) => at - (rule.sends[index] ?? 0));
        expect(Math.min(spacingMs, ...gaps)).toBe(spacingMs);
      }),
      { numRuns: 1_000 },
    );
    // A second or two, and more than five where others use the machine.
  }, 20_000);
});
