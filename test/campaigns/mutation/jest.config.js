import { project } from '../../../jest.config.js';

/** The tests that mutants are to be found by, as one project: the quick ones of what is in lambda. */
export default {
  ...project('{unit/lambda,property}', { testPathIgnorePatterns: ['<rootDir>/test/unit/lambda/docs/'] }),
  displayName: 'mutation',
  rootDir: '../../..',
  runner: '<rootDir>/test/campaigns/mutation/bailing-runner.js',
  setupFiles: ['<rootDir>/test/campaigns/mutation/seed-properties.js'],
  // A mutant that makes a test wait for ever is found by that; the tests themselves take milliseconds.
  testTimeout: 10_000,
};
