import { describe, expect, it } from '@jest/globals';
import { singleFlight } from '../../../superoffice/single-flight.ts';

/** A flight that lasts until it is ended by hand. */
function setUp() {
  const started: { as: string; end: PromiseWithResolvers<string> }[] = [];
  const flight = singleFlight((as: string) => {
    const end = Promise.withResolvers<string>();
    started.push({ as, end });
    return end.promise;
  });
  return { started, flight };
}

describe('singleFlight', () => {
  it('gives whoever calls meanwhile the end of the run that is under way', async () => {
    const { started, flight } = setUp();

    const runs = [flight.run('a'), flight.run('b')];
    started[0]?.end.resolve('end');

    expect(await Promise.all(runs)).toEqual(['end', 'end']);
    expect(started.map(({ as }) => as)).toEqual(['a']);
  });

  it('starts anew once a run has ended', async () => {
    const { started, flight } = setUp();
    const first = flight.run('a');
    started[0]?.end.resolve('one');
    await first;

    const second = flight.run('b');
    started[1]?.end.resolve('two');

    expect(await second).toBe('two');
  });

  it('fails for all who wait, and starts anew after that', async () => {
    const { started, flight } = setUp();

    const runs = Promise.allSettled([flight.run('a'), flight.run('a')]);
    started[0]?.end.reject(new Error('lost'));

    expect((await runs).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(flight.isUnderWay()).toBe(false);
    void flight.run('b');
    expect(started).toHaveLength(2);
  });

  it('knows whether a run is under way', async () => {
    const { started, flight } = setUp();
    expect(flight.isUnderWay()).toBe(false);

    const run = flight.run('a');
    expect(flight.isUnderWay()).toBe(true);
    started[0]?.end.resolve('end');
    await run;

    expect(flight.isUnderWay()).toBe(false);
  });
});
