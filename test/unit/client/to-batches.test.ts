import { describe, expect, it } from '@jest/globals';
import { toBatches } from '../../../client/to-batches.ts';

/** `chat` or `chat:bytes`, one word an event. */
const items = (words: string) =>
  words.split(' ').map((word) => {
    const [groupId = '', bytes = '100'] = word.split(':');
    return { word, event: { groupId, bytes: Number(bytes) } };
  });
const cut = (words: string, most?: number) =>
  toBatches(items(words), most).map((batch) => batch.map(({ word }) => word).join(' '));

describe('toBatches', () => {
  it.each<[string, string, string[]]>([
    ['ten events', 'a b c d e f g h i j', ['a b c d e f g h i j']],
    ['an eleventh', 'a b c d e f g h i j k', ['a b c d e f g h i j', 'k']],
    ['1 MiB', 'a:524288 b:524288 c:1', ['a:524288 b:524288', 'c:1']],
    ['a byte more', 'a:524288 b:524289 c:1', ['a:524288', 'b:524289 c:1']],
    ['one that fills a call', 'a:1 b:1048576 c:1', ['a:1', 'b:1048576', 'c:1']],
    ['two events of a chat', 'a b a c', ['a b', 'a c']],
    ['one chat alone', 'a a a', ['a', 'a', 'a']],
  ])('cuts %s', (_, words, batches) => {
    expect(cut(words)).toEqual(batches);
  });

  it('cuts to fewer where it is told', () => {
    expect(cut('a b c', 1)).toEqual(['a', 'b', 'c']);
  });

  it('makes no call of no event', () => {
    expect(toBatches([])).toEqual([]);
  });
});
