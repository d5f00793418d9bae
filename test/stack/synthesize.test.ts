import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type App, Stack } from 'aws-cdk-lib/core';
import { createRouteChat, createStack, templateOf } from './synthesize.ts';

describe('apps of these tests', () => {
  it('write where it is removed after the file, each for itself', () => {
    const stacks = [createStack(), Stack.of(createRouteChat())];
    for (const stack of stacks) templateOf(stack);

    const directories = stacks.map(({ node }) => (node.root as App).outdir);

    expect(new Set(directories).size).toBe(2);
    for (const directory of directories) {
      expect(existsSync(directory)).toBe(true);
      expect(basename(dirname(directory))).toMatch(/^route-chat-stack-/);
    }
  });
});
