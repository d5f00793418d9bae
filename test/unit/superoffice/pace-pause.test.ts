import { describe, expect, it } from '@jest/globals';
import { anHour, at, setUpPace } from '../../support/pace.ts';

describe('createPace: pause', () => {
  it('lets nobody call until it is over', async () => {
    const { clock, pace, call } = setUpPace();
    pace.pause(3_000);

    expect(await clock.until(Promise.all([call(), call()]))).toEqual([3_000, 3_250]);
  });

  it('holds for those who wait already', async () => {
    const { clock, pace, call } = setUpPace();
    const waiting = call();
    await clock.advance(100);

    pace.pause(3_000);

    expect(await clock.until(waiting)).toBe(3_100);
  });

  it('turns away at once whom it reaches past, and nobody else', async () => {
    const { clock, pace, call, sinceStart } = setUpPace();
    pace.pause(3_000);

    expect(await call(at(2_999))).toBe('paused');
    expect(sinceStart()).toBe(0);
    expect(await clock.until(call(at(3_000)))).toBe(3_000);
  });

  it('turns away at once who waits already, also while a request has not left', async () => {
    const { clock, pace, call, takeSlot, sinceStart } = setUpPace();
    await takeSlot();
    const waiting = call(at(5_000));

    pace.pause(10_000);

    expect(await clock.until(waiting)).toBe('paused');
    expect(sinceStart()).toBe(250);
  });

  it('hands the turn on from whom it turns away', async () => {
    const { clock, pace, call } = setUpPace();
    const look = call(undefined, 'look');
    const transfer = call(at(1_000));

    pace.pause(3_000);

    expect(await clock.until(Promise.all([look, transfer]))).toEqual([3_000, 'paused']);
  });

  it('is not blamed for what the spacing does', async () => {
    const { clock, pace, call } = setUpPace();
    pace.pause(245);

    expect(await call(at(245))).toBe('too-late');
    await clock.advance(10_000);

    expect(await call(at(9_999))).toBe('too-late');
  });

  it('is not shortened by another one', async () => {
    const { clock, pace, call } = setUpPace();
    pace.pause(3_000);

    pace.pause(1_000);

    expect(await clock.until(call())).toBe(3_000);
  });
});

describe('createPace: idle', () => {
  it('passes one spacing after the last request left', async () => {
    const { clock, pace, takeSlot, sinceStart } = setUpPace();
    const slot = await takeSlot();
    await clock.advance(300);
    slot.onSent();

    await clock.until(pace.idle());

    expect(sinceStart()).toBe(800);
  });

  it('passes at once where the last request is long past', async () => {
    const { clock, pace, sinceStart } = setUpPace();
    await clock.advance(1_000);

    await clock.until(pace.idle());

    expect(sinceStart()).toBe(1_000);
  });

  it('waits for no pause: another sandbox would not keep it either', async () => {
    const { clock, pace, sinceStart } = setUpPace();
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
    const { clock, pace, call } = setUpPace();
    pace.pause(pauseMs);
    await clock.advance(100);

    clock.adjust(-anHour);
    const before = clock.now();
    await clock.until(call());

    expect(clock.now() - before).toBe(lastsMs);
  });

  it('lets who waits already wait no longer than that', async () => {
    const { clock, call } = setUpPace();
    const waiting = call();
    await clock.advance(100);

    clock.adjust(-anHour);
    const before = clock.now();
    await clock.until(waiting);

    // To the end of the spacing as it was, which is then seen to have begun only now.
    expect(clock.now() - before).toBe(150 + 250);
  });

  it('keeps nobody idle for that hour', async () => {
    const { clock, pace } = setUpPace();

    clock.adjust(-anHour);
    const before = clock.now();
    await clock.until(pace.idle());

    expect(clock.now() - before).toBe(250);
  });
});
