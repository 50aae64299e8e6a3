import TestRunner from 'jest-runner';

/**
 * Jest's own runner, but for mutants: files without a test that reaches the mutant are not even loaded, the quickest
 * goes first, and the first failure ends the run. A mutant would cost a run of all the tests otherwise.
 */
export default class BailingRunner extends TestRunner {
  #pattern;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    this.#pattern = globalConfig.testNamePattern;
  }

  async runTests(tests, watcher, options) {
    let hasFailed = false;
    this.on('test-file-success', ([{ path }, result]) => {
      hasFailed ||= result.numFailingTests > 0;
      remember(path, result);
    });
    this.on('test-file-failure', () => {
      hasFailed = true;
    });
    for (const test of quickestFirst(tests.filter(({ path }) => mayReach(path, this.#pattern)))) {
      if (hasFailed) return;
      await super.runTests([test], watcher, options);
    }
  }
}

/** What this process knows of the test files that it has run. */
const knownFiles = new Map();

/** Tests that a pattern leaves out are in the result too, as skipped ones. */
function remember(path, { testResults, perfStats }) {
  if (knownFiles.has(path)) return;
  knownFiles.set(path, { testNames: testResults.map(({ fullName }) => fullName), durationMs: perfStats.runtime });
}

/** Stryker asks for the tests that reach a mutant by their full names, as one pattern; for all of them by none. */
function mayReach(path, pattern) {
  const known = knownFiles.get(path);
  if (known === undefined || pattern === undefined) return true;
  const asked = new RegExp(pattern, 'i');
  return known.testNames.some((name) => asked.test(name));
}

function quickestFirst(tests) {
  return tests.toSorted((one, other) => durationOf(one) - durationOf(other));
}

function durationOf({ path }) {
  return knownFiles.get(path)?.durationMs ?? 0;
}
