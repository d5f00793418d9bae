import { describe, expect, it } from '@jest/globals';
import { commandOf, parseSoakOptions } from '../../../soak/options.ts';

describe('parseSoakOptions', () => {
  it('has a default for everything, and a seed by chance', () => {
    expect(parseSoakOptions([])).toEqual({
      events: 500,
      offerRate: 10,
      faultRate: 20,
      killEvery: 1,
      seed: expect.any(Number),
      maxCallsPerSecond: 6,
      connectionSetUpMs: 0,
      json: false,
    });
  });

  it('reads back the command that repeats a run', () => {
    const argv = [
      '--events',
      '9',
      '--offers',
      '40',
      '--fault-rate',
      '2.5',
      '--kill-every',
      '0',
      '--seed',
      '7',
    ];
    const options = parseSoakOptions([...argv, '--max-calls-per-second', '500', '--set-up', '300']);

    const command = options && commandOf(options);

    expect(parseSoakOptions(command?.split(' ').slice(4) ?? [])).toEqual(options);
  });

  it('knows --help', () => {
    expect(parseSoakOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--events', '0'], '--events: expected a whole number from 1 to 100000; found "0".'],
    [['--events', '1e3'], '--events: expected a whole number from 1 to 100000; found "1e3".'],
    [['--offers', '101'], '--offers: expected a number from 0 to 100; found "101".'],
    [['--fault-rate', '91'], '--fault-rate: expected a number from 0 to 90; found "91".'],
    [['--kill-every=-1'], '--kill-every: expected a number from 0 to 3600; found "-1".'],
    [['--seed', 'x'], '--seed: expected a whole number from 0 to 2147483647; found "x".'],
    [['--bogus'], "Unknown option '--bogus'."],
  ])('refuses %j in one line', (argv, says) => {
    expect(() => parseSoakOptions(argv)).toThrow(says);
  });
});
