import type { Config } from 'jest';

const suite = (displayName: string) => ({
  displayName,
  transform: {},
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
});

/** A context of its own for each file, as Jest has it. */
const isolated = (displayName: string) => ({
  ...suite(displayName),
  extensionsToTreatAsEsm: ['.ts'],
});

/** In plain Node, which loads a module once for all files: a quarter of the time. */
const inNode = (displayName: string) => ({
  ...suite(displayName),
  runner: '<rootDir>/test/support/node-runner.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/jest-in-node.ts'],
});

export default {
  // More than two cores: what runs against real timeouts mostly waits.
  maxWorkers: 6,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    inNode('unit'),
    { ...inNode('stack'), globalTeardown: '<rootDir>/test/stack/outdirs.ts' },
    ...['contract', 'e2e', 'model', 'package'].map(isolated),
  ],
} satisfies Config;
