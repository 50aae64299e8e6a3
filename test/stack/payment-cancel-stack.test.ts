import { describe, expect, test } from '@jest/globals';
import { cycleOf } from '../support/template-cycles.ts';
import { stageNames } from '../support/assemblies.ts';
import { resourcesOf, templatesByStage } from '../support/templates.ts';

const templates = templatesByStage();

describe('the template', () => {
  test.each(stageNames)('of %s has no cycle that CloudFormation would refuse', (stage) => {
    expect(cycleOf(templates[stage])).toEqual([]);
  });

  test.each(stageNames)('of %s stays below half of what CloudFormation takes', (stage) => {
    const template = templates[stage];
    expect(Object.keys(template.Resources).length).toBeLessThan(500 / 2);
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(1_000_000 / 2);
  });

  test.each(stageNames)('of %s tags what costs money with the service and the stage', (stage) => {
    const types = ['AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Lambda::Function', 'AWS::ApiGateway::Stage'];
    const tagged = [...types, 'AWS::Logs::LogGroup', 'AWS::WAFv2::WebACL'].flatMap((type) => {
      const found = resourcesOf(templates[stage], type);
      expect(found).not.toEqual([]);
      return found;
    });
    for (const [, { Properties }] of tagged) {
      expect(Properties['Tags']).toEqual([
        { Key: 'service', Value: 'payment-cancel' },
        { Key: 'stage', Value: stage },
      ]);
    }
  });
});

describe('a cycle', () => {
  test.each([
    ['Ref', { A: { Properties: { of: { Ref: 'B' } } }, B: { Properties: { of: [{ Ref: 'A' }] } } }],
    ['Fn::GetAtt', { A: { Properties: { 'Fn::GetAtt': ['B', 'Arn'] } }, B: { DependsOn: ['A'] } }],
    ['a dotted Fn::GetAtt', { A: { Properties: { 'Fn::GetAtt': 'B.Arn' } }, B: { DependsOn: 'A' } }],
    ['Fn::Sub', { A: { Properties: { 'Fn::Sub': 'x-${B}' } }, B: { Properties: { 'Fn::Sub': 'x-${A.Arn}' } } }],
    ['values of Fn::Sub', { A: { of: { 'Fn::Sub': ['x-${V}', { V: { Ref: 'B' } }] } }, B: { DependsOn: 'A' } }],
    ['UpdatePolicy', { A: { UpdatePolicy: { Hook: { Name: { Ref: 'B' } } } }, B: { DependsOn: 'A' } }],
  ])('through %s is found', (_way, Resources) => {
    expect(cycleOf({ Resources })).toEqual(['A', 'B', 'A']);
  });

  test('is returned without what leads to it', () => {
    const Resources = { A: { DependsOn: 'B' }, B: { DependsOn: 'C' }, C: { DependsOn: ['D', 'B'] }, D: {} };
    expect(cycleOf({ Resources })).toEqual(['B', 'C', 'B']);
  });

  test('is not found where two ways lead to the same resource', () => {
    const Resources = { A: { DependsOn: ['B', 'C'] }, B: { DependsOn: 'D' }, C: { of: { Ref: 'D' } }, D: {} };
    expect(cycleOf({ Resources })).toEqual([]);
  });
});
