import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Carries the version that `npm version` has just written into package.json to where else it
 * stands: what SuperOffice is told, and the heading of what was unreleased.
 */

const root = join(import.meta.dirname, '..');
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const today = new Date().toISOString().slice(0, 10);

replaceIn('superoffice/user-agent.ts', new RegExp(`${name}/[^']+`), `${name}/${version}`);
replaceIn('CHANGELOG.md', /^## .+ – unreleased$/m, `## ${version} – ${today}`);

function replaceIn(path: string, pattern: RegExp, replacement: string): void {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  if (!pattern.test(text)) throw new Error(`${path}: expected ${pattern}, found nothing like it.`);
  writeFileSync(file, text.replace(pattern, replacement));
}
