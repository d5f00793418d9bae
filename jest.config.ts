import type { Config } from 'jest';

const suite = (displayName: string) => ({
  displayName,
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
});

export default {
  // All cores: by default one is left to a watching person.
  maxWorkers: '100%',
  projects: ['unit', 'contract', 'stack', 'e2e', 'model'].map(suite),
} satisfies Config;
