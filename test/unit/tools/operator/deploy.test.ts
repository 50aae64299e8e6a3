import { describe, expect, test } from '@jest/globals';
import { readDeployArguments } from '../../../../tools/operator/deploy.ts';

describe('the arguments of npm run deploy', () => {
  test.each([
    { args: [], stage: 'dev', rest: [] },
    { args: ['-c', 'stage=prod'], stage: 'prod', rest: ['-c', 'stage=prod'] },
    { args: ['-c=stage=prod'], stage: 'prod', rest: ['-c', 'stage=prod'] },
    { args: ['--context', 'stage=staging'], stage: 'staging', rest: ['-c', 'stage=staging'] },
    { args: ['--stage', 'prod', '--verbose'], stage: 'prod', rest: ['-c', 'stage=prod', '--verbose'] },
    {
      args: ['--require-approval', 'never', '-c', 'release=direct', '-c', 'commit=abcdef0'],
      stage: 'dev',
      rest: ['--require-approval', 'never', '-c', 'release=direct', '-c', 'commit=abcdef0'],
    },
  ])('$args are of the stage $stage, and all but --without are for cdk', ({ args, stage, rest }) => {
    expect(readDeployArguments(args)).toEqual({ stage, without: undefined, rest });
  });

  test('have what prod is deployed without', () => {
    const { without, rest } = readDeployArguments(['--stage=prod', '--without', 'domain,subscribers']);
    expect({ without, rest }).toEqual({ without: 'domain,subscribers', rest: ['-c', 'stage=prod'] });
  });

  test.each([
    [['--stage', 'nope'], 'There is no stage "nope": choose one of dev, staging, prod.'],
    [['-c', 'release=fast'], 'The release "fast" is not understood'],
    [['-c'], '-c has no value.'],
    [['--without='], '--without has no value.'],
    [['--stage', 'prod', '-c', 'stage=dev'], 'The stage is given twice.'],
    [['--without', 'domain', '--without', 'subscribers'], '--without is given twice.'],
  ])('%j are refused: %s', (args, message) => {
    expect(() => readDeployArguments(args)).toThrow(message);
  });
});
