import { describe, expect, test } from '@jest/globals';
import type { Stage } from '../../../../../lib/stages.ts';
import { runChecks } from '../../../../../tools/operator/preflight/run-checks.ts';
import { type Answers, awsError, stubAws } from '../../../../support/stub-aws.ts';
import { unfilledStage } from '../../../../support/unfilled-stage.ts';

const account = '111111111111';
const region = 'us-east-1';
const notThere = awsError('ResourceNotFoundException');

/** An account in which nothing stands in the way of a first deployment. */
const ready: Answers = {
  GetCallerIdentity: { Account: account },
  GetParameter: { Parameter: { Value: '27' } },
  GetAccount: { cloudwatchRoleArn: 'arn:aws:iam::111111111111:role/api-gateway-logs' },
  GetAccountSettings: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } },
  DescribeStacks: awsError('ValidationError', 'Stack with id payment-cancel-prod does not exist'),
  DescribeTable: notThere,
  ListBackupVaults: { BackupVaultList: [] },
  DescribeLogGroups: { logGroups: [] },
  GetResources: { ResourceTagMappingList: [] },
};

/** prod as it is after somebody has filled it in. */
const prod: Stage = {
  ...unfilledStage('prod'),
  environment: { account, region },
  subscribers: { pages: ['wake@example.com'], alarms: ['look@example.com'] },
  domain: { name: 'cancel.example.com', certificateArn: `arn:aws:acm:${region}:${account}:certificate/one` },
  executors: [`arn:aws:iam::${account}:role/refund-executor`],
  platforms: [`arn:aws:iam::${account}:role/shop`],
};
const issued = { Certificate: { Status: 'ISSUED', DomainName: 'cancel.example.com' } };

async function problemsOf(stage: Stage, answers: Answers, without: Parameters<typeof runChecks>[2] = []) {
  const { clients } = stubAws({ ...ready, DescribeCertificate: issued, ...answers });
  const checked = await runChecks(stage, clients, without);
  return checked.flatMap(({ name, problems }) => problems.map(({ what, mend }) => ({ name, what, mend })));
}

describe('a stage and an account that are ready', () => {
  test('have no problems, after every check', async () => {
    const { clients } = stubAws({ ...ready, DescribeCertificate: issued });
    const checked = await runChecks(prod, clients, []);
    expect(checked).toEqual(
      [
        'configuration',
        'account and region',
        'bootstrap',
        'role for access logs',
        "Lambda's quota",
        'stack',
        'leftovers',
        'certificate',
      ].map((name) => ({ name, problems: [] })),
    );
  });

  test('are only looked at: no call changes anything', async () => {
    const { clients, calls } = stubAws({ ...ready, DescribeCertificate: issued });
    await runChecks(prod, clients, []);
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.filter(([name]) => !/^(?:Get|Describe|List|Scan)/.test(name))).toEqual([]);
  });

  test('of dev need no account, no domain, no subscribers, no executors, no platforms and no quota', async () => {
    const tiny = { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } };
    expect(await problemsOf(unfilledStage('dev'), { GetAccountSettings: tiny })).toEqual([]);
  });
});

describe('the configuration of prod', () => {
  test('that nobody has filled in lacks its place, its domain, its subscribers, its executors and its platforms, each with the line to fill in', async () => {
    const problems = await problemsOf(unfilledStage('prod'), {});
    expect(problems.map(({ name, mend }) => `${name}: ${mend}`)).toEqual([
      expect.stringContaining("configuration: in lib/stages.ts, prod: domain: { name: 'cancel.example.com'"),
      expect.stringContaining("configuration: in lib/stages.ts, prod: subscribers: { pages: ['wake@example.com']"),
      "configuration: in lib/stages.ts, prod: executors: ['arn:aws:iam::ACCOUNT:role/ROLE'], (or --without executors, if you mean it)",
      "configuration: in lib/stages.ts, prod: platforms: ['arn:aws:iam::ACCOUNT:role/ROLE'], (or --without platforms, if you mean it)",
      `account and region: in lib/stages.ts, prod: environment: { account: '${account}', region: '${region}' },`,
    ]);
  });

  test('may be without a domain, subscribers, executors and platforms for who means it, but not without a place', async () => {
    const names = (
      await problemsOf(unfilledStage('prod'), {}, ['domain', 'subscribers', 'executors', 'platforms'])
    ).map(({ name }) => name);
    expect(names).toEqual(['account and region']);
  });

  test.each([
    [{ pages: [], alarms: ['a@example.com'] }, 'Nobody is subscribed to the pages of prod'],
    [{ pages: ['a@example.com'], alarms: [] }, 'Nobody is subscribed to the alarms of prod'],
  ])('needs subscribers of both topics: %j', async (subscribers, what) => {
    expect(await problemsOf({ ...prod, subscribers }, {})).toEqual([
      expect.objectContaining({ what: expect.stringContaining(what) }),
    ]);
  });

  test('is read without AWS: what it lacks is reported also when there are no credentials', async () => {
    const problems = await problemsOf(unfilledStage('prod'), {
      GetCallerIdentity: awsError('CredentialsProviderError'),
    });
    expect(problems.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 4 }, () => 'configuration'),
      'credentials',
    ]);
  });

  test.each(['staging', 'prod'])('of %s needs somebody who may report refunds', async (name) => {
    const { executors: _filledIn, ...others } = prod;
    const stage: Stage = { ...unfilledStage(name), ...others, name: unfilledStage(name).name, executors: [] };
    expect(await problemsOf(stage, {})).toEqual([
      {
        name: 'configuration',
        what: `Nobody may report refunds of ${name}: each would stay REQUESTED for ever.`,
        mend: expect.stringContaining(`in lib/stages.ts, ${name}: executors: [`),
      },
    ]);
    expect(await problemsOf(stage, {}, ['executors'])).toEqual([]);
  });

  test.each(['staging', 'prod'])('of %s needs somebody who may send orders', async (name) => {
    const { platforms: _filledIn, ...others } = prod;
    const stage: Stage = { ...unfilledStage(name), ...others, name: unfilledStage(name).name, platforms: [] };
    expect(await problemsOf(stage, {})).toEqual([
      {
        name: 'configuration',
        what: `Nobody may send orders to ${name}: they would have to be imported by hand.`,
        mend: expect.stringContaining(`in lib/stages.ts, ${name}: platforms: [`),
      },
    ]);
    expect(await problemsOf(stage, {}, ['platforms'])).toEqual([]);
  });
});

describe('credentials', () => {
  test.each([
    ['CredentialsProviderError', 'There are no AWS credentials for stage prod'],
    ['ExpiredToken', 'The AWS credentials for stage prod have expired'],
    ['InvalidClientTokenId', 'AWS does not accept the credentials for stage prod (InvalidClientTokenId)'],
    ['TimeoutError', 'AWS of stage prod was not reached (TimeoutError)'],
  ])('that end in %s are the only problem, because nothing else can be looked at', async (name, what) => {
    const [problem, ...others] = await problemsOf(prod, { GetCallerIdentity: awsError(name) });
    expect(problem).toMatchObject({
      name: 'credentials',
      what: expect.stringContaining(what),
      mend: 'aws configure list',
    });
    expect(others).toEqual([]);
  });

  test('of another account are refused, and nothing of that account is looked at', async () => {
    const { clients, calls } = stubAws({ GetCallerIdentity: { Account: '222222222222' } });
    const [, place, ...others] = await runChecks(prod, clients, []);
    expect(place?.problems).toEqual([
      {
        what: `The credentials are of account 222222222222, but prod is deployed to ${account}.`,
        mend: `export AWS_PROFILE=a-profile-of-${account}`,
      },
    ]);
    expect({ others, calls: calls.map(([name]) => name) }).toEqual({ others: [], calls: ['GetCallerIdentity'] });
  });

  test('for another region are refused', async () => {
    const elsewhere = { ...prod, environment: { account, region: 'eu-west-1' } };
    expect(await problemsOf(elsewhere, {})).toEqual([
      {
        name: 'account and region',
        what: `The region is ${region}, but prod is deployed to eu-west-1.`,
        mend: 'export AWS_REGION=eu-west-1',
      },
    ]);
  });
});

describe('a check that cannot be made', () => {
  test('is a problem that names the right that is missing, and the others go on', async () => {
    const message = 'User x is not authorized to perform: ssm:GetParameter on resource y';
    const problems = await problemsOf(prod, {
      GetParameter: awsError('AccessDeniedException', message),
      GetAccount: {},
    });
    expect(problems.map(({ name }) => name)).toEqual(['bootstrap', 'role for access logs']);
    expect(problems[0]?.what).toContain('These AWS credentials may not do ssm:GetParameter in stage prod');
  });

  test('of the stack leaves those that need to know it', async () => {
    const message = 'User x is not authorized to perform: cloudformation:DescribeStacks on resource y';
    const problems = await problemsOf(prod, { DescribeStacks: awsError('AccessDenied', message) });
    expect(problems).toEqual([
      expect.objectContaining({ name: 'stack', what: expect.stringContaining('cloudformation:DescribeStacks') }),
    ]);
  });
});

describe('the bootstrap stack', () => {
  test.each([
    ['is missing', awsError('ParameterNotFound'), 'Nothing was ever deployed with CDK to 111111111111 in us-east-1.'],
    ['is too old', { Parameter: { Value: '5' } }, 'The bootstrap stack has version 5, and at least 6 is needed.'],
  ])('that %s is made by one command', async (_what, GetParameter, what) => {
    const mend = 'npx cdk bootstrap aws://111111111111/us-east-1';
    expect(await problemsOf(prod, { GetParameter })).toEqual([{ name: 'bootstrap', what, mend }]);
  });
});

describe('the role for access logs', () => {
  test('that is missing is made by three commands in one line', async () => {
    const [problem, ...others] = await problemsOf(prod, { GetAccount: {} });
    expect(others).toEqual([]);
    expect(problem?.mend.split(' && ').map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'aws iam create-role',
      'aws iam attach-role-policy',
      'aws apigateway update-account',
    ]);
    expect(problem?.mend).toContain(`value=arn:aws:iam::${account}:role/api-gateway-logs`);
  });
});

describe('the certificate', () => {
  const anew =
    'aws acm request-certificate --validation-method DNS --region us-east-1 --domain-name cancel.example.com';

  test.each([
    [{ DomainName: 'cancel.example.com' }],
    [{ DomainName: '*.example.com' }],
    [{ DomainName: 'example.com', SubjectAlternativeNames: ['example.com', 'cancel.example.com'] }],
  ])('that covers the domain is none: %j', async (names) => {
    expect(await problemsOf(prod, { DescribeCertificate: { Certificate: { Status: 'ISSUED', ...names } } })).toEqual(
      [],
    );
  });

  test.each([
    ['is not there', notThere, 'There is no certificate arn:aws:acm:us-east-1:111111111111:certificate/one'],
    ['has expired', { Certificate: { Status: 'EXPIRED' } }, 'The certificate of cancel.example.com is EXPIRED.'],
    [
      'is of another name',
      { Certificate: { Status: 'ISSUED', DomainName: '*.cancel.example.com' } },
      'The certificate is for *.cancel.example.com, and not for cancel.example.com.',
    ],
  ])('that %s is requested anew', async (_what, DescribeCertificate, what) => {
    expect(await problemsOf(prod, { DescribeCertificate })).toEqual([
      { name: 'certificate', what: expect.stringContaining(what), mend: anew },
    ]);
  });

  test('that waits for DNS is described', async () => {
    const DescribeCertificate = { Certificate: { Status: 'PENDING_VALIDATION' } };
    expect((await problemsOf(prod, { DescribeCertificate })).map(({ mend }) => mend)).toEqual([
      "aws acm describe-certificate --query 'Certificate.DomainValidationOptions[].ResourceRecord' --certificate-arn " +
        'arn:aws:acm:us-east-1:111111111111:certificate/one',
    ]);
  });

  test('of a stage without a domain is not looked for', async () => {
    const { clients, calls } = stubAws(ready);
    await runChecks({ ...prod, domain: undefined }, clients, ['domain']);
    expect(calls.map(([name]) => name)).not.toContain('DescribeCertificate');
  });
});
