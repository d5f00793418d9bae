import { describe, expect, it } from '@jest/globals';
import { excerptOf, kindOf } from '../../../contract/excerpt.ts';

describe('excerptOf', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [[1, 2], 'an array'],
    [{ a: 1 }, 'an object'],
    [1.5, '1.5'],
    [false, 'false'],
    ['', 'an empty string'],
    ['a "b"\n', String.raw`"a \"b\"\n"`],
    ['x'.repeat(40), `"${'x'.repeat(40)}"`],
    ['x'.repeat(41), 'a string of 41 characters'],
  ])('of %j is %s', (value, text) => {
    expect(excerptOf(value)).toBe(text);
  });

  it('keeps to one line whatever the text holds', () => {
    expect(excerptOf('\u0000\r\n\ud800')).toBe(String.raw`"\u0000\r\n\ud800"`);
  });
});

describe('kindOf', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['', 'an empty string'],
    ['Jane', 'a string of 4 characters'],
    [4711, 'a number'],
    [true, 'a boolean'],
    [['Jane'], 'an array'],
    [{ name: 'Jane' }, 'an object'],
  ])('of %j is %s', (value, text) => {
    expect(kindOf(value)).toBe(text);
  });
});
