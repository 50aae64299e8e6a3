import { describe, expect, test } from '@jest/globals';
import { readDocsVariables } from '../../lambda/environment/variables.ts';
import { commitOfAssemblies, stageNames } from '../support/assemblies.ts';
import { propertiesOf, resourcesOf, templatesByStage, textOf } from '../support/templates.ts';
import { variablesOf } from '../support/variables.ts';

const templates = templatesByStage();
const functionOf = (stage: (typeof stageNames)[number]) =>
  propertiesOf(templates[stage], 'AWS::Lambda::Function', 'DocumentationDocsFunction');

describe('the function that serves documentation', () => {
  test.each(stageNames)('of %s knows no table: its environment is what it reads, the commit', (stage) => {
    expect(functionOf(stage)['Environment']).toEqual({ Variables: { COMMIT: commitOfAssemblies } });
    expect(variablesOf(readDocsVariables)).toEqual(['COMMIT']);
  });

  test.each(stageNames)('of %s may be invoked by the whole API, with one permission for its 16 routes', (stage) => {
    const sources = resourcesOf(templates[stage], 'AWS::Lambda::Permission')
      .filter(([, { Properties }]) => textOf(Properties['FunctionName']).startsWith('<DocumentationDocsFunction'))
      .map(([, { Properties }]) => textOf(Properties['SourceArn']));
    expect(sources).toEqual(['arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<GatewayApi>/*/*/*']);
  });

  test.each(stageNames)('of %s logs into a log group of its own', (stage) => {
    const { LogGroup } = functionOf(stage)['LoggingConfig'] as Record<string, unknown>;
    expect(textOf(LogGroup)).toBe('<DocumentationDocsLogs>');
  });

  test.each([
    { stage: 'dev', instances: undefined },
    { stage: 'staging', instances: 30 },
    { stage: 'prod', instances: 30 },
  ] as const)('of $stage takes no instance from the cancel function: $instances of its own', ({ stage, instances }) => {
    expect(functionOf(stage)['ReservedConcurrentExecutions']).toBe(instances);
  });

  test.each(stageNames)('of %s has more instances than the gateway lets requests through in a second', (stage) => {
    const settings = propertiesOf(templates[stage], 'AWS::ApiGateway::Stage')['MethodSettings'] as ReadonlyArray<{
      readonly ResourcePath: string;
      readonly HttpMethod: string;
      readonly ThrottlingRateLimit: number;
      readonly ThrottlingBurstLimit: number;
    }>;
    const ofDocs = settings.filter(({ HttpMethod }) => ['GET', 'HEAD'].includes(HttpMethod));
    expect(ofDocs.length).toBeGreaterThan(0);
    const instances = Number(functionOf(stage)['ReservedConcurrentExecutions'] ?? Infinity);
    for (const { ThrottlingRateLimit, ThrottlingBurstLimit } of ofDocs) {
      expect(ThrottlingRateLimit + ThrottlingBurstLimit).toBeLessThanOrEqual(instances);
    }
  });
});
