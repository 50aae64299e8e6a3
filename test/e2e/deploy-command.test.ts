import { describe, expect, test } from '@jest/globals';
import { runNode } from '../support/run-node.ts';

/** Credentials, and an AWS at a port of loopback where nothing listens. */
const nowhere = {
  PATH: process.env['PATH'] ?? '',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};

describe('npm run deploy, where there is no terminal', () => {
  test('ends with what is in the way, asks nothing, and does not begin to deploy', async () => {
    const { exitCode, stdout, stderr } = await runNode(['bin/deploy.ts', '--stage', 'dev'], nowhere);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: 'Error: 1 thing stands in the way of dev.\n' });
    expect(stdout.split('\n')).toEqual([
      'ok      configuration',
      'FAILED  credentials: AWS of stage dev was not reached (ECONNREFUSED): check the network and AWS_REGION. Mend: aws configure list',
      '',
    ]);
  });
});

describe('a command line that is not understood', () => {
  test.each([
    [['bin/deploy.ts', '-c', 'stage=nope'], 'There is no stage "nope": choose one of dev, staging, prod.'],
    [['bin/deploy.ts', '-c', 'release=now'], 'The release "now" is not understood'],
    [['bin/preflight.ts'], '--stage is missing. See npm run preflight -- --help.'],
    [['bin/preflight.ts', 'prod'], "Unexpected argument 'prod'"],
    [['bin/preflight.ts', '--stage', 'nope'], 'There is no stage "nope": choose one of dev, staging, prod.'],
    [
      ['bin/preflight.ts', '--stage', 'prod', '--without', 'alarms'],
      '--without must be of domain, subscribers, executors, platforms, with a comma between two of them, not alarms.',
    ],
  ])('%j ends with one line', async (args, message) => {
    const { exitCode, stderr } = await runNode(args, nowhere);
    expect({ exitCode, lines: stderr.trimEnd().split('\n') }).toEqual({
      exitCode: 1,
      lines: [expect.stringContaining(`Error: ${message}`)],
    });
  });

  test.each([
    [{ npm_config_call: 'stage=prod' }, 'npm took -c for its own: put -- before it.'],
    [{ npm_config_stage: 'prod' }, 'npm took --stage for its own: put -- before it.'],
  ])('%j, which npm kept, never becomes a deployment of dev', async (kept, message) => {
    const { exitCode, stdout, stderr } = await runNode(['bin/deploy.ts'], { ...nowhere, ...kept });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: ${message} See npm run deploy -- --help.\n`,
    });
  });

  test.each(['bin/deploy.ts', 'bin/preflight.ts'])('%s says how it is used', async (file) => {
    const { exitCode, stdout } = await runNode([file, '--help']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^npm run (?:deploy|preflight) -- /),
    });
  });
});
