import { describe, expect, it } from '@jest/globals';
import { interrupted, unexpected } from '../../../../functions/route-chat/result-errors.ts';

describe('result errors', () => {
  it.each([
    ['interrupted', interrupted, 'its call may have been made, and its answer was lost.'],
    ['unexpected', unexpected, 'its log has the name of the error.'],
  ])('say in a word and a sentence what is so: %s', (code, error, sentence) => {
    expect(error).toEqual({ code, message: expect.stringContaining(sentence), httpStatus: null });
  });
});
