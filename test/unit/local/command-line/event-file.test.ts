import { describe, expect, it } from '@jest/globals';
import { readEventFile, toEventBodies } from '../../../../local/command-line/event-file.ts';

describe('toEventBodies', () => {
  it.each([
    [
      'an array',
      '[{"chatSessionId":1},\n 5, null, "x", [2]]',
      ['{"chatSessionId":1}', '5', 'null', '"x"', '[2]'],
    ],
    ['one event a line', '{"a":1}\r\n\n{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ['lines that are arrays', '[1]\n[2]', ['[1]', '[2]']],
    ['one event over several lines', '{\n"a": 1\n}\n', ['{\n"a": 1\n}']],
    ['what is not JSON', 'chat 5 to ann\n{"a":1', ['chat 5 to ann', '{"a":1']],
    ['a broken array', '[\n{"a":1},\n{"a":2\n]', ['[\n{"a":1},\n{"a":2\n]']],
    ['a byte order mark', '\uFEFF{"a":1}', ['{"a":1}']],
    ['nothing', ' \n', []],
  ])('takes %s', (_, text, bodies) => {
    expect(toEventBodies(text)).toEqual(bodies);
  });
});

describe('readEventFile', () => {
  it.each([
    ['none.json', 'no such file or directory'],
    ['.', 'is a directory'],
  ])('says in one line why %s cannot be read', async (path, reason) => {
    const reading = readEventFile(path);

    await expect(reading).rejects.toThrow(`--events: ${path} cannot be read (${reason}).`);
  });
});
