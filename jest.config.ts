import type { Config } from 'jest';

const suite = (displayName: string) => ({
  displayName,
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
});

export default {
  // More than two cores: what runs against real timeouts mostly waits.
  maxWorkers: 3,
  projects: ['unit', 'contract', 'stack', 'e2e', 'model', 'package'].map(suite),
} satisfies Config;
