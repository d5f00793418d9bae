import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readEventFile, toEventBodies } from '../../../../cli/command-line/event-file.ts';
import { InputError } from '../../../../cli/command-line/input-error.ts';

const directory = mkdtempSync(join(tmpdir(), 'events-'));
const brokenFile = join(directory, 'broken.json');
writeFileSync(brokenFile, '[{"secret":}]');
afterAll(() => rmSync(directory, { recursive: true }));

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
    ['a broken line after a whole one', '{"a":1}\n{"a":2', ['{"a":1}', '{"a":2']],
    ['a byte order mark', '\uFEFF{"a":1}', ['{"a":1}']],
    ['nothing', ' \n', []],
  ])('takes %s', (_, text, bodies) => {
    expect(toEventBodies(text)).toEqual(bodies);
  });
});

describe('toEventBodies, of JSON that is broken', () => {
  it.each([
    ['an array', '[\n{"a":1},\n{"a":2\n]', "line 4, column 1: Expected ',' or '}'"],
    ['an array on one line', '[{"a":1}, {"a":x}]', "line 1, column 16: Unexpected token 'x'"],
    ['an array without its end', '[{"a":1},\n{"a":2}\n', 'line 3, column 1: '],
    ['an array with a comma too many', '[1,\n2,\n]', "line 3, column 1: Unexpected token ']'"],
    ['an object', '{\n"a": 1,\n"b"\n}', "line 4, column 1: Expected ':'"],
    ['an object twice', '{"a":1}, {"a":2}', 'line 1, column 8: Unexpected non-whitespace'],
  ])('says of %s where', (_, text, says) => {
    expect(() => toEventBodies(text)).toThrow(says);
  });
});

describe('readEventFile', () => {
  it('says in one line where a file is broken, and nothing of what is in it', async () => {
    const reading = readEventFile(brokenFile);

    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toMatchObject({
      message: `--events: ${brokenFile}: line 1, column 12: Unexpected token '}'`,
    });
  });

  it.each([
    ['none.json', 'no such file or directory'],
    ['.', 'is a directory'],
  ])('says in one line why %s cannot be read', async (path, reason) => {
    const reading = readEventFile(path);

    await expect(reading).rejects.toThrow(`--events: ${path} cannot be read (${reason}).`);
  });
});
