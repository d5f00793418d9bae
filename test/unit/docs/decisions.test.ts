import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';

describe('index of decisions', () => {
  it('lists every page by its title', () => {
    const pages = globSync('docs/decisions/*.md')
      .filter((page) => basename(page) !== 'README.md')
      .sort();
    const entries = pages.map((page) => {
      const [heading = ''] = readFileSync(page, 'utf8').split('\n');
      return `- [${heading.replace('# ', '')}](${basename(page)})`;
    });
    const index = readFileSync('docs/decisions/README.md', 'utf8');

    expect(index.split('\n').filter((line) => line.startsWith('- '))).toEqual(entries);
  });
});
