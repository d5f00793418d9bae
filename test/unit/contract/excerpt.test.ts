import { describe, expect, it } from '@jest/globals';
import { excerptOf } from '../../../contract/excerpt.ts';

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
    ['x'.repeat(41), `"${'x'.repeat(40)}"… (41 characters)`],
  ])('of %j is %s', (value, text) => {
    expect(excerptOf(value)).toBe(text);
  });

  it('keeps to one line whatever the text holds', () => {
    expect(excerptOf('\u0000\r\n\ud800')).toBe(String.raw`"\u0000\r\n\ud800"`);
  });
});
