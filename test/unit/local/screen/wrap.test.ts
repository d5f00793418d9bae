import { describe, expect, it } from '@jest/globals';
import { wrap } from '../../../../local/screen/wrap.ts';

describe('wrap', () => {
  it.each([
    ['leaves what fits', 'one two  three\nfour', 14, 'one two  three\nfour'],
    ['breaks at a blank', 'one two three', 9, 'one two\nthree'],
    ['keeps an indentation', '  one two three', 10, '  one two\n  three'],
    [
      'goes on in the last column',
      '  a  b    one two three',
      20,
      '  a  b    one two\n          three',
    ],
    ['leaves a narrow column', '  a         one two', 14, '  a        \n  one two'],
    [
      'does not break a word',
      '  a  http://example.com/x y',
      10,
      '  a  http://example.com/x\n     y',
    ],
  ])('%s', (_, text, width, expected) => {
    const trimmed = wrap(text, width).replaceAll(/ +$/gm, '');

    expect(trimmed).toBe(expected.replaceAll(/ +$/gm, ''));
  });
});
