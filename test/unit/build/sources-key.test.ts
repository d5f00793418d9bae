import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sourcesKey } from '../../../build/sources-key.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sources-'));
  write('lib/stack.ts', 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

const key = () => sourcesKey(root);

describe('sourcesKey', () => {
  it.each([
    ['a source that changed', 'lib/stack.ts', 'two'],
    ['a source that is new', 'functions/intake/handler.ts', ''],
    ['a source in a directory that is new', 'examples/rule/app.ts', ''],
    ['the lock file', 'package-lock.json', '{}'],
    ['the flags of the CDK', 'cdk.json', '{}'],
  ])('differs by %s', (_, file, content) => {
    const before = key();
    write(file, content);

    expect(key()).not.toBe(before);
  });

  it.each(['node_modules/x/index.ts', 'dist/functions/intake/index.ts', 'test/unit/x.test.ts'])(
    'is the same whatever %s is',
    (file) => {
      const before = key();
      write(file, '');

      expect(key()).toBe(before);
    },
  );
});
