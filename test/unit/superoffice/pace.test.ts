import { describe, expect, it } from '@jest/globals';
import type { SlotUse } from '../../../superoffice/pace.ts';
import { at, setUpPace } from '../../support/pace.ts';

describe('createPace', () => {
  it('lets a fresh sandbox wait one spacing', async () => {
    const { clock, call } = setUpPace();

    expect(await clock.until(call())).toBe(250);
  });

  it('spaces calls evenly, in the order they were asked for', async () => {
    const { clock, call } = setUpPace();

    expect(await clock.until(Promise.all([call(), call(), call()]))).toEqual([250, 500, 750]);
  });

  it('gives leave at once where the last request is long past', async () => {
    const { clock, call } = setUpPace();
    await clock.advance(10_000);

    expect(await clock.until(Promise.all([call(), call()]))).toEqual([10_000, 10_250]);
  });

  it('serves transfers before looks, so that looking does not take all the time there is', async () => {
    const { clock, call } = setUpPace();
    const uses: SlotUse[] = ['look', 'look', 'transfer', 'transfer'];

    const calls = uses.map((use) => call(undefined, use));

    expect(await clock.until(Promise.all(calls))).toEqual([750, 1_000, 250, 500]);
  });

  it('serves what yields after everything else', async () => {
    const { clock, call } = setUpPace();
    const uses: SlotUse[] = ['yielding', 'yielding', 'look', 'transfer'];

    const calls = uses.map((use) => call(undefined, use));

    expect(await clock.until(Promise.all(calls))).toEqual([750, 1_000, 500, 250]);
  });

  it('lets a transfer that comes later go before a look that waits', async () => {
    const { clock, call } = setUpPace();
    const look = call(undefined, 'look');
    await clock.advance(249);

    expect(await clock.until(Promise.all([call(), look]))).toEqual([250, 500]);
  });

  it('leaves no timer behind', async () => {
    const { clock, call, takeSlot } = setUpPace();
    const slot = await takeSlot();
    const next = call();
    await clock.advance(1_000);
    slot.onSent();

    await clock.until(next);

    expect(clock.sleeping()).toBe(0);
  });

  it('counts from when a request leaves, not from when it may', async () => {
    const { clock, takeSlot, call } = setUpPace();
    const slot = await takeSlot();
    const next = call();

    await clock.advance(1_000);
    slot.onSent();

    expect(await clock.until(next)).toBe(1_500);
  });

  it('gives no leave while the request before has neither left nor ended', async () => {
    const { clock, takeSlot, call } = setUpPace();
    const slot = await takeSlot();
    const next = call();

    await clock.advance(60_000);
    slot.onEnded();

    expect(await clock.until(next)).toBe(60_250);
  });

  it('counts the slot of a request that never left', async () => {
    const { clock, takeSlot, call } = setUpPace();

    (await takeSlot()).onEnded();

    expect(await clock.until(call())).toBe(500);
  });
});

describe('createPace: latestStart', () => {
  it('is the last moment to give leave', async () => {
    const { call, clock } = setUpPace();

    expect(await clock.until(call(at(250)))).toBe(250);
  });

  it.each([249, 0, -1, -60_000])('turns away at once whom it is too early for: %i', async (ms) => {
    const { call, sinceStart } = setUpPace();

    expect(await call(at(ms))).toBe('too-late');
    expect(sinceStart()).toBe(0);
  });

  it('turns away at once also while others wait', async () => {
    const { call, clock, sinceStart } = setUpPace();
    const other = call();

    expect(await call(at(100))).toBe('too-late');
    expect(sinceStart()).toBe(0);
    expect(await clock.until(other)).toBe(250);
  });

  it('turns away whom others went before', async () => {
    const { call, clock } = setUpPace();

    const calls = [call(at(499), 'look'), call(), call()];

    expect(await clock.until(Promise.all(calls))).toEqual(['too-late', 250, 500]);
  });

  it('takes no slot from those who come after', async () => {
    const { call, clock } = setUpPace();

    const calls = [call(), call(at(300)), call()];

    expect(await clock.until(Promise.all(calls))).toEqual([250, 'too-late', 500]);
  });

  it('is heeded to the millisecond while the request before does not leave', async () => {
    const { clock, takeSlot, call, sinceStart } = setUpPace();
    await takeSlot();
    const next = call(at(2_000));

    await clock.advance(1_750);
    expect(clock.sleeping()).toBe(1);

    expect(await clock.until(next)).toBe('too-late');
    expect(sinceStart()).toBe(2_001);
  });

  it('is kept where the request before leaves just in time', async () => {
    const { clock, takeSlot, call } = setUpPace();
    const slot = await takeSlot();
    const next = [call(at(2_000)), call(at(1_999))];
    await clock.advance(1_500);

    slot.onSent();

    expect(await clock.until(Promise.all(next))).toEqual([2_000, 'too-late']);
  });
});
