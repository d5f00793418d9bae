import { describe, expect, it } from '@jest/globals';
import {
  parseFlags,
  parseFlagsAndWords,
  parseNumber,
  parseTime,
} from '../../../../cli/command-line/flags.ts';

const parse = (...argv: string[]) =>
  parseFlags(argv, { count: { type: 'string' }, once: { type: 'boolean' } });

describe('parseFlags', () => {
  it.each([
    [['--count', '-5'], { count: '-5' }],
    [['--count=-5', '--once'], { count: '-5', once: true }],
    [['--once', '--count', '5'], { count: '5', once: true }],
  ])('reads %j', (argv, values) => {
    expect({ ...parse(...argv) }).toEqual(values);
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'."],
    [['--cuont'], "Unknown option '--cuont'. Did you mean --count?"],
    [['--Once'], "Unknown option '--Once'. Did you mean --once?"],
    [['--once', '-5'], "Unknown option '-5'."],
    [['word'], "Unexpected argument 'word'."],
    [['--count'], "Option '--count <value>' argument missing."],
    [['--count', '--once'], "Option '--count' argument is ambiguous."],
  ])('refuses %j in one line', (argv, says) => {
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ message: says }));
  });
});

describe('parseFlagsAndWords', () => {
  it('reads words beside flags, in order', () => {
    const argv = ['648', '--count', '-5', 'ann b'];

    const { values, positionals } = parseFlagsAndWords(argv, { count: { type: 'string' } });

    expect({ ...values }).toEqual({ count: '-5' });
    expect(positionals).toEqual(['648', 'ann b']);
  });
});

describe('parseTime', () => {
  it.each([
    ['90s', 90],
    ['5m', 300],
    ['1H', 3_600],
  ])('reads %s', (text, seconds) => {
    expect(parseTime('timeout', text)).toBe(seconds);
  });

  it.each(['90', 'm', '1.5m', '-5m', '5 m', '5min', ''])('refuses "%s"', (text) => {
    const says = `--timeout: expected a time such as 90s, 5m or 1h; found "${text}".`;

    expect(() => parseTime('timeout', text)).toThrow(says);
  });
});

describe('parseNumber', () => {
  it('reads a number of its range, a fraction where one makes sense', () => {
    expect(parseNumber('rate', '2.5', { least: 0, most: 3, fraction: true })).toBe(2.5);
  });

  it.each(['0', '6', '-1', '2.5', '1e0', ''])('refuses "%s"', (text) => {
    const says = `--count: expected a whole number from 1 to 5; found "${text}".`;

    expect(() => parseNumber('count', text, { least: 1, most: 5 })).toThrow(says);
  });
});
