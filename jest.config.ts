import type { Config } from 'jest';

const suite = (displayName: string) => ({
  displayName,
  runner: '<rootDir>/test/support/node-runner.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/jest-in-node.ts'],
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
  transform: {},
});

export default {
  // More than two cores: what runs against real timeouts mostly waits.
  maxWorkers: 8,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    { ...suite('stack'), globalTeardown: '<rootDir>/test/stack/outdirs.ts' },
    { ...suite('e2e'), globalSetup: '<rootDir>/test/e2e/synthesize-first.ts' },
    ...['unit', 'contract', 'model', 'package'].map(suite),
  ],
} satisfies Config;
