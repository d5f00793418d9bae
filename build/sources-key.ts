import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All that a bundle or a stack may be made from; of more than that is no harm. */
const sources = ['*.json', '*/**/*.{ts,json}'];
const notSources = /^(node_modules|dist|test|bench|docs)$/;

/** Another one where a source differs, or the lock file. */
export function sourcesKey(cwd: string): string {
  const hash = createHash('sha256');
  const exclude = (name: string) => notSources.test(name);
  for (const file of globSync(sources, { cwd, exclude }).sort()) {
    hash.update(file).update(readFileSync(join(cwd, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
