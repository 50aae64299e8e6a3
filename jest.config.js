import { availableParallelism } from 'node:os';

export const project = (tier, more = {}) => ({
  displayName: tier,
  testMatch: [`<rootDir>/test/${tier}/**/*.test.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.stryker-tmp'],
  ...more,
});

/** A test sits at the lowest tier that can catch the bug. */
export default {
  projects: [
    project('unit'),
    project('property'),
    project('stack', { globalSetup: '<rootDir>/test/support/assemblies.ts' }),
    project('integration', {
      globalSetup: '<rootDir>/test/integration/start-engine.ts',
      globalTeardown: '<rootDir>/test/integration/stop-engine.ts',
    }),
    project('e2e', { globalSetup: '<rootDir>/test/support/assemblies.ts' }),
    project('campaigns'),
  ],
  testSequencer: '<rootDir>/test/quick-last.cjs',
  // One more than there are cores: what integration tests do most of the time is to wait for a timeout.
  maxWorkers: availableParallelism() + 1,
  // Several times what anything takes on a machine that is busy with other work: a limit, and not a measurement.
  testTimeout: 120_000,
  collectCoverageFrom: ['{client/src,lambda,lib,tools}/**/*.ts'],
};
