import { describe, expect, it } from '@jest/globals';
import { createPace, type Slot, type SlotUse } from '../../../superoffice/pace.ts';
import { createVirtualClock, startOfTime } from '../../support/virtual-clock.ts';

const anHour = 3_600_000;
const at = (milliseconds: number) => startOfTime + milliseconds;

function setUp() {
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
  return { clock, pace, sinceStart, take, takeSlot, call };
}

describe('createPace', () => {
  it('lets a fresh sandbox wait one spacing', async () => {
    const { clock, call } = setUp();

    expect(await clock.until(call())).toBe(250);
  });

  it('spaces calls evenly, in the order they were asked for', async () => {
    const { clock, call } = setUp();

    expect(await clock.until(Promise.all([call(), call(), call()]))).toEqual([250, 500, 750]);
  });

  it('gives leave at once where the last request is long past', async () => {
    const { clock, call } = setUp();
    await clock.advance(10_000);

    expect(await clock.until(Promise.all([call(), call()]))).toEqual([10_000, 10_250]);
  });

  it('serves transfers before looks, so that looking does not take all the time there is', async () => {
    const { clock, call } = setUp();
    const uses: SlotUse[] = ['look', 'look', 'transfer', 'transfer'];

    const calls = uses.map((use) => call(undefined, use));

    expect(await clock.until(Promise.all(calls))).toEqual([750, 1_000, 250, 500]);
  });

  it('lets a transfer that comes later go before a look that waits', async () => {
    const { clock, call } = setUp();
    const look = call(undefined, 'look');
    await clock.advance(249);

    expect(await clock.until(Promise.all([call(), look]))).toEqual([250, 500]);
  });

  it('leaves no timer behind', async () => {
    const { clock, call, takeSlot } = setUp();
    const slot = await takeSlot();
    const next = call();
    await clock.advance(1_000);
    slot.onSent();

    await clock.until(next);

    expect(clock.sleeping()).toBe(0);
  });

  it('counts from when a request leaves, not from when it may', async () => {
    const { clock, takeSlot, call } = setUp();
    const slot = await takeSlot();
    const next = call();

    await clock.advance(1_000);
    slot.onSent();

    expect(await clock.until(next)).toBe(1_500);
  });

  it('gives no leave while the request before has neither left nor ended', async () => {
    const { clock, takeSlot, call, sinceStart } = setUp();
    const slot = await takeSlot();
    const next = call();

    await clock.advance(60_000);
    slot.onEnded();

    expect(await clock.until(next)).toBe(60_250);
    expect(sinceStart()).toBe(60_250);
  });

  it('counts the slot of a request that never left', async () => {
    const { clock, takeSlot, call } = setUp();

    (await takeSlot()).onEnded();

    expect(await clock.until(call())).toBe(500);
  });

  it('counts a request that fetch repeats', async () => {
    const { clock, takeSlot, call } = setUp();
    const slot = await takeSlot();
    slot.onSent();
    await clock.advance(200);

    slot.onSent();

    expect(await clock.until(call())).toBe(700);
  });

  it('counts a repeat also while the next request has not left', async () => {
    const { clock, takeSlot, call } = setUp();
    const repeated = await takeSlot();
    repeated.onSent();
    const unsent = await takeSlot();
    const next = call();

    await clock.advance(100);
    repeated.onSent();
    repeated.onEnded();
    await clock.advance(1_000);
    unsent.onEnded();

    expect(await clock.until(next)).toBe(1_600);
  });

  it('lets nobody pass for a repeat while the next request has not left', async () => {
    const { clock, takeSlot, call } = setUp();
    const repeated = await takeSlot();
    repeated.onSent();
    await takeSlot();

    repeated.onSent();
    repeated.onEnded();

    expect(await clock.until(call(at(5_000)))).toBe('too-late');
  });
});

describe('createPace: latestStart', () => {
  it('is the last moment to give leave', async () => {
    const { call, clock } = setUp();

    expect(await clock.until(call(at(250)))).toBe(250);
  });

  it.each([249, 0, -1, -60_000])('turns away at once whom it is too early for: %i', async (ms) => {
    const { call, sinceStart } = setUp();

    expect(await call(at(ms))).toBe('too-late');
    expect(sinceStart()).toBe(0);
  });

  it('turns away at once also while others wait', async () => {
    const { call, clock, sinceStart } = setUp();
    const other = call();

    expect(await call(at(100))).toBe('too-late');
    expect(sinceStart()).toBe(0);
    expect(await clock.until(other)).toBe(250);
  });

  it('turns away whom others went before', async () => {
    const { call, clock } = setUp();

    const calls = [call(at(499), 'look'), call(), call()];

    expect(await clock.until(Promise.all(calls))).toEqual(['too-late', 250, 500]);
  });

  it('takes no slot from those who come after', async () => {
    const { call, clock } = setUp();

    const calls = [call(), call(at(300)), call()];

    expect(await clock.until(Promise.all(calls))).toEqual([250, 'too-late', 500]);
  });

  it('is heeded to the millisecond while the request before does not leave', async () => {
    const { clock, takeSlot, call, sinceStart } = setUp();
    await takeSlot();
    const next = call(at(2_000));

    await clock.advance(1_750);
    expect(clock.sleeping()).toBe(1);

    expect(await clock.until(next)).toBe('too-late');
    expect(sinceStart()).toBe(2_001);
  });

  it('is kept where the request before leaves just in time', async () => {
    const { clock, takeSlot, call } = setUp();
    const slot = await takeSlot();
    const next = [call(at(2_000)), call(at(1_999))];
    await clock.advance(1_500);

    slot.onSent();

    expect(await clock.until(Promise.all(next))).toEqual([2_000, 'too-late']);
  });
});

describe('createPace: pause', () => {
  it('lets nobody call until it is over', async () => {
    const { clock, pace, call } = setUp();
    pace.pause(3_000);

    expect(await clock.until(Promise.all([call(), call()]))).toEqual([3_000, 3_250]);
  });

  it('holds for those who wait already', async () => {
    const { clock, pace, call } = setUp();
    const waiting = call();
    await clock.advance(100);

    pace.pause(3_000);

    expect(await clock.until(waiting)).toBe(3_100);
  });

  it('turns away at once whom it reaches past, and nobody else', async () => {
    const { clock, pace, call, sinceStart } = setUp();
    pace.pause(3_000);

    expect(await call(at(2_999))).toBe('paused');
    expect(sinceStart()).toBe(0);
    expect(await clock.until(call(at(3_000)))).toBe(3_000);
  });

  it('turns away at once who waits already, also while a request has not left', async () => {
    const { clock, pace, call, takeSlot, sinceStart } = setUp();
    await takeSlot();
    const waiting = call(at(5_000));

    pace.pause(10_000);

    expect(await clock.until(waiting)).toBe('paused');
    expect(sinceStart()).toBe(250);
  });

  it('hands the turn on from whom it turns away', async () => {
    const { clock, pace, call } = setUp();
    const look = call(undefined, 'look');
    const transfer = call(at(1_000));

    pace.pause(3_000);

    expect(await clock.until(Promise.all([look, transfer]))).toEqual([3_000, 'paused']);
  });

  it('is not blamed for what the spacing does', async () => {
    const { clock, pace, call } = setUp();
    pace.pause(245);

    expect(await call(at(245))).toBe('too-late');
    await clock.advance(10_000);

    expect(await call(at(9_999))).toBe('too-late');
  });

  it('is not shortened by another one', async () => {
    const { clock, pace, call } = setUp();
    pace.pause(3_000);

    pace.pause(1_000);

    expect(await clock.until(call())).toBe(3_000);
  });
});

describe('createPace: idle', () => {
  it('passes one spacing after the last request left', async () => {
    const { clock, pace, takeSlot, sinceStart } = setUp();
    const slot = await takeSlot();
    await clock.advance(300);
    slot.onSent();

    await clock.until(pace.idle());

    expect(sinceStart()).toBe(800);
  });

  it('passes at once where the last request is long past', async () => {
    const { clock, pace, sinceStart } = setUp();
    await clock.advance(1_000);

    await clock.until(pace.idle());

    expect(sinceStart()).toBe(1_000);
  });

  it('waits for no pause: another sandbox would not keep it either', async () => {
    const { clock, pace, sinceStart } = setUp();
    pace.pause(60_000);

    await clock.until(pace.idle());

    expect(sinceStart()).toBe(250);
  });
});

describe('createPace: a clock that is set back an hour', () => {
  it.each([
    ['spacing', 0, 250],
    ['pause', 3_000, 3_000],
  ])('makes the %s start anew, and last no longer', async (_, pauseMs, lastsMs) => {
    const { clock, pace, call } = setUp();
    pace.pause(pauseMs);
    await clock.advance(100);

    clock.adjust(-anHour);
    const before = clock.now();
    await clock.until(call());

    expect(clock.now() - before).toBe(lastsMs);
  });

  it('lets who waits already wait no longer than that', async () => {
    const { clock, call } = setUp();
    const waiting = call();
    await clock.advance(100);

    clock.adjust(-anHour);
    const before = clock.now();
    await clock.until(waiting);

    // To the end of the spacing as it was, which is then seen to have begun only now.
    expect(clock.now() - before).toBe(150 + 250);
  });

  it('keeps nobody idle for that hour', async () => {
    const { clock, pace } = setUp();

    clock.adjust(-anHour);
    const before = clock.now();
    await clock.until(pace.idle());

    expect(clock.now() - before).toBe(250);
  });
});
