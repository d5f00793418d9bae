import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeInvalidJson } from '../../../contract/invalid-json.ts';

function describeText(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return describeInvalidJson(text, error);
  }
}

describe('describeInvalidJson', () => {
  it.each([
    ['', '0 characters that end too early'],
    ['{"chatSessionId":', '17 characters that end too early'],
    ['{"reason":"Jane', '15 characters that end too early'],
    [`{'reason':'Jane'}`, '17 characters that are none from position 1 on'],
    ['{"chatSessionId":648,}', '22 characters that are none from position 21 on'],
    ['{"reason":"a\nb"}', '16 characters that are none from position 12 on'],
    ['{"chatSessionId" 648}', '21 characters that are none from position 17 on'],
    ['[\n\n\n\n\n\n\n\n\n1 2]', '14 characters that are none from position 12 on'],
    ['{} {}', '5 characters that are none from position 3 on'],
    ['<html></html>', '13 characters with "<" where JSON has none'],
    ['{"chatSessionId":NaN}', '21 characters with "N" where JSON has none'],
    ['\ufeff{}', '3 characters with U+FEFF where JSON has none'],
    ['\ud83d\ude00', '2 characters with U+D83D where JSON has none'],
    ['\u00e9', '1 characters with U+00E9 where JSON has none'],
    ['undefined', '9 characters that are none'],
    ['Jane at position 7', '18 characters with "J" where JSON has none'],
  ])('of %j is %s', (text, description) => {
    expect(describeText(text)).toBe(description);
  });

  it('quotes no two characters that follow each other', () => {
    const secret = fc.string({ unit: fc.constantFrom('ä', 'ö', 'ü'), minLength: 2, maxLength: 60 });
    const around = fc.constantFrom<[string, string]>(
      ['', ''],
      ['"', ''],
      ['{', '}'],
      ['{"', '":}'],
      ['{"reason":', '}'],
      ['{"reason":"', '",}'],
      ['["', '" 1]'],
      ['Unexpected token ', ' at position 1'],
    );

    fc.assert(
      fc.property(secret, around, (text, [before, after]) => {
        expect(describeText(before + text + after)).not.toMatch(/[äöü]/);
      }),
    );
  });
});
