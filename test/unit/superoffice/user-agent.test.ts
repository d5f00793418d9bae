import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { userAgent } from '../../../superoffice/user-agent.ts';

describe('userAgent', () => {
  it('names the package and its version', () => {
    const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    const { name, version } = JSON.parse(text) as { name: string; version: string };

    expect(userAgent).toBe(`${name}/${version}`);
  });
});
