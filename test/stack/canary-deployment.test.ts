import { describe, expect, test } from '@jest/globals';
import { readPostTrafficVariables, readPreTrafficVariables } from '../../lambda/environment/variables.ts';
import type { StageName } from '../../lib/stages.ts';
import { commitOfAssemblies, stageNames } from '../support/assemblies.ts';
import { templateOf } from '../support/synthesize-template.ts';
import { onlyResourceOf, propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';
import { variablesOf } from '../support/variables.ts';

const templates = templatesByStage();

describe('the alias', () => {
  test.each(stageNames)('of %s leads to the published version of the cancel function', (stage) => {
    const { FunctionName, FunctionVersion, Name } = propertiesOf(templates[stage], 'AWS::Lambda::Alias');
    expect({ Name, function: textOf(FunctionName), version: textOf(FunctionVersion) }).toEqual({
      Name: 'live',
      function: '<FunctionCancelFunction>',
      version: '<FunctionCancelFunctionCurrentVersion.Version>',
    });
  });

  test.each(stageNames)('of %s is moved by CodeDeploy, after the new version was tried', (stage) => {
    const [, { UpdatePolicy }] = onlyResourceOf(templates[stage], 'AWS::Lambda::Alias');
    const { CodeDeployLambdaAliasUpdate: update, ...others } = UpdatePolicy as Record<string, Record<string, unknown>>;
    expect(others).toEqual({});
    expect(Object.entries(update ?? {}).map(([name, value]) => `${name} ${textOf(value)}`)).toEqual([
      'ApplicationName <ReleaseApplication>',
      'DeploymentGroupName <ReleaseGroup>',
      'BeforeAllowTrafficHook <ReleasePreTrafficFunction>',
      // Dev has no alarms that could roll a release back after its traffic.
      ...(stage === 'dev' ? [] : ['AfterAllowTrafficHook <ReleasePostTrafficFunction>']),
    ]);
  });

  test.each(stageNames)(
    'of %s waits for the hook, which has to know the new version, and for the permissions of the hook and of CodeDeploy',
    (stage) => {
      const [, { DependsOn }] = onlyResourceOf(templates[stage], 'AWS::Lambda::Alias');
      expect(DependsOn).toEqual(
        expect.arrayContaining([
          onlyResourceOf(templates[stage], 'AWS::Lambda::Function', 'ReleasePreTrafficFunction')[0],
          onlyResourceOf(templates[stage], 'AWS::IAM::Policy', 'ReleasePreTrafficRoleDefaultPolicy')[0],
          onlyResourceOf(templates[stage], 'AWS::IAM::Policy', 'ReleaseRoleDefaultPolicy')[0],
        ]),
      );
    },
  );
});

describe('a version', () => {
  test.each(stageNames)('of %s names its commit, which the function has too: both change together', (stage) => {
    const { Description } = propertiesOf(templates[stage], 'AWS::Lambda::Version');
    const { Environment } = propertiesOf(templates[stage], 'AWS::Lambda::Function', 'FunctionCancelFunction');
    expect(Description).toBe(commitOfAssemblies);
    expect(Environment).toMatchObject({ Variables: { COMMIT: commitOfAssemblies } });
  });

  test.each(stageNames)(
    'of %s stays when a later one comes, to roll back to, but not when its own release fails',
    (stage) => {
      expect(onlyResourceOf(templates[stage], 'AWS::Lambda::Version')[1]).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    },
  );
});

describe('a release', () => {
  test.each([
    { stage: 'dev', config: 'LambdaAllAtOnce' },
    { stage: 'staging', config: 'LambdaCanary10Percent10Minutes' },
    { stage: 'prod', config: 'LambdaCanary10Percent10Minutes' },
  ] as const)('to $stage moves traffic as $config', ({ stage, config }) => {
    expect(groupOf(stage)).toMatchObject({
      DeploymentConfigName: `CodeDeployDefault.${config}`,
      DeploymentStyle: { DeploymentOption: 'WITH_TRAFFIC_CONTROL', DeploymentType: 'BLUE_GREEN' },
    });
    expect(propertiesOf(templates[stage], 'AWS::CodeDeploy::Application')['ComputePlatform']).toBe('Lambda');
  });

  test.each(['staging', 'prod'] as const)(
    'to %s is rolled back when it fails, is stopped or raises an alarm',
    (stage) => {
      expect(groupOf(stage)['AutoRollbackConfiguration']).toEqual({
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
      });
    },
  );

  test('to dev, which has no alarms, is rolled back when it fails or is stopped', () => {
    expect(groupOf('dev')['AutoRollbackConfiguration']).toEqual({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'],
    });
    expect(groupOf('dev')['AlarmConfiguration']).toEqual({ Enabled: false });
  });

  test.each(['staging', 'prod'] as const)(
    'to %s is stopped by errors, 5XX, slow responses, internal errors and a broken invariant',
    (stage) => {
      const { Alarms, ...others } = groupOf(stage)['AlarmConfiguration'] as {
        readonly Alarms: ReadonlyArray<{ readonly Name: { readonly Ref: string } }>;
      };
      expect(others).toEqual({ Enabled: true });
      const alarms = new Map(resourcesOf(templates[stage], 'AWS::CloudWatch::Alarm'));
      const watched = Alarms.map(({ Name }) => String(alarms.get(Name.Ref)?.Properties['AlarmName']));
      expect(watched.map((name) => name.replace(`payment-cancel-${stage}-`, '')).toSorted()).toEqual([
        'InternalErrors',
        'InvariantViolated',
        'LatencyP99',
        'ServerErrors',
        'VersionErrors',
      ]);
    },
  );

  // The alarm about errors counts those of the released version, so it has to know that version by then.
  test.each(['staging', 'prod'] as const)('to %s begins when the alarms are about the new version', (stage) => {
    const [, { DependsOn }] = onlyResourceOf(templates[stage], 'AWS::Lambda::Alias');
    const { Alarms } = groupOf(stage)['AlarmConfiguration'] as {
      readonly Alarms: ReadonlyArray<{ readonly Name: { readonly Ref: string } }>;
    };
    expect(DependsOn).toEqual(expect.arrayContaining(Alarms.map(({ Name }) => Name.Ref)));
  });
});

describe('the hook before traffic', () => {
  test.each(stageNames)('of %s has exactly the environment that its configuration reads', (stage) => {
    const { Variables } = hookOf(stage)['Environment'] as { readonly Variables: Record<string, unknown> };
    expect(Object.keys(Variables).toSorted()).toEqual(variablesOf(readPreTrafficVariables).toSorted());
    expect(Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, textOf(value)]))).toEqual({
      ORDERS_TABLE: '<TablesOrders>',
      CANCELLATIONS_TABLE: '<TablesCancellations>',
      STORE_KEYS_TABLE: '<TablesStoreKeys>',
      TARGET_FUNCTION: '<FunctionCancelFunctionCurrentVersion>',
    });
  });

  test.each(stageNames)('of %s has time for its requests, and logs into a group of its own', (stage) => {
    const cancelTimeout = propertiesOf(templates[stage], 'AWS::Lambda::Function', 'FunctionCancelFunction')['Timeout'];
    // Six requests, each of which may take as long as the cancel function.
    expect(hookOf(stage)['Timeout']).toBeGreaterThanOrEqual(6 * Number(cancelTimeout));
    expect(textOf((hookOf(stage)['LoggingConfig'] as Record<string, unknown>)['LogGroup'])).toBe(
      '<ReleasePreTrafficLogs>',
    );
  });
});

describe('the hook after traffic', () => {
  test.each(['staging', 'prod'] as const)(
    'of %s waits for two periods of the alarms, and has time to report then',
    (stage) => {
      const { Environment, Timeout } = propertiesOf(
        templates[stage],
        'AWS::Lambda::Function',
        'ReleasePostTrafficFunction',
      ) as {
        readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
        readonly Timeout: number;
      };
      expect(Object.keys(Environment.Variables)).toEqual(variablesOf(readPostTrafficVariables));
      expect(Environment.Variables['BAKE_SECONDS']).toBe(String(2 * 300));
      expect(Timeout).toBeGreaterThan(2 * 300 + 10);
      // Lambda's own limit.
      expect(Timeout).toBeLessThanOrEqual(900);
    },
  );
});

describe('a break-glass release', () => {
  test('moves the alias by itself, and changes nothing else of the stack', () => {
    const direct = templateOf('prod', { commit: commitOfAssemblies, isDirect: true });
    const [id, { UpdatePolicy, ...withoutPolicy }] = onlyResourceOf(templates.prod, 'AWS::Lambda::Alias');
    expect(UpdatePolicy).toBeDefined();
    expect(direct).toEqual({
      ...templates.prod,
      Resources: { ...templates.prod.Resources, [id]: withoutPolicy },
    });
  });
});

function groupOf(stage: StageName): Readonly<Record<string, unknown>> {
  return propertiesOf(templates[stage], 'AWS::CodeDeploy::DeploymentGroup');
}

function hookOf(stage: StageName): Readonly<Record<string, unknown>> {
  return propertiesOf(templates[stage], 'AWS::Lambda::Function', 'ReleasePreTrafficFunction');
}
