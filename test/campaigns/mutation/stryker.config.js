/** Mutation testing of what decides on money and writes it. Paths are the project's, where npm runs it. */
export default {
  mutate: [
    'lambda/{domain,dynamodb,signed-route}/*.ts',
    'lambda/cancel/{handler,commit}.ts',
    'lambda/contract/request-digest.ts',
    // What is logged and counted moves no money.
    '!lambda/environment/log-lines.ts',
    '!lambda/signed-route/telemetry.ts',
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'test/campaigns/mutation/jest.config.js' },
  plugins: ['@stryker-mutator/*', './test/campaigns/mutation/ignore-messages.js'],
  ignorers: ['messages'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Jest ends a test that hangs; this is for a loop without end, and long enough not to take a busy machine for one.
  timeoutMS: 60_000,
  thresholds: { high: 100, low: 95, break: 95 },
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  htmlReporter: { fileName: '.stryker-tmp/report.html' },
  jsonReporter: { fileName: '.stryker-tmp/report.json' },
  cleanTempDir: 'always',
  // Without tsconfig.json, which Stryker would read with an API that TypeScript 7 does not have.
  ignorePatterns: [
    '**',
    '!{docs,examples,lambda,lib,test,tools}/**/*',
    '!jest.config.js',
    '!redocly.yaml',
    '!package.json',
    // The packages that campaigns have of their own.
    '**/node_modules',
  ],
};
