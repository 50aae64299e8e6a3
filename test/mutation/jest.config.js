import { project } from '../../jest.config.js';

/** The tests that mutants are to be found by, as one project: the quick ones, without those of lib. */
export default {
  ...project('{unit,property}', { testPathIgnorePatterns: ['<rootDir>/test/unit/lib/'] }),
  displayName: 'mutation',
  rootDir: '../..',
  runner: '<rootDir>/test/mutation/bailing-runner.js',
  setupFiles: ['<rootDir>/test/mutation/seed-properties.js'],
  // A mutant that makes a test wait for ever is found by that; the tests themselves take milliseconds.
  testTimeout: 10_000,
};
