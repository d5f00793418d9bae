import { describe, expect, it } from '@jest/globals';
import { rememberIds } from '../../../client/remembered-ids.ts';

describe('rememberIds', () => {
  it('knows what it was given, and forgets the oldest beyond its bound', () => {
    const ids = rememberIds(2);
    for (const id of ['a', 'b', 'b', 'c']) ids.add(id);

    expect(['a', 'b', 'c'].map(ids.has)).toEqual([false, true, true]);
  });
});
