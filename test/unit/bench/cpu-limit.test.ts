import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCpuLimit } from '../../../bench/cpu-limit.ts';

describe('openCpuLimit', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cgroup-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const whyNot = (opened: ReturnType<typeof openCpuLimit>) =>
    'whyNot' in opened ? opened.whyNot : undefined;

  it('says so where there are no control groups', () => {
    expect(whyNot(openCpuLimit(root, ''))).toBe(
      `no control groups for the processor below ${root}`,
    );
  });

  it('says where it was refused, and why', () => {
    // Without cgroup.subtree_control as a file, it cannot be written.
    write('own/cgroup.controllers', 'cpu memory');
    mkdirSync(join(root, 'own/cgroup.subtree_control'));

    expect(whyNot(openCpuLimit(root, '0::/own\n'))).toMatch(/own: Error: EISDIR/);
  });
});
