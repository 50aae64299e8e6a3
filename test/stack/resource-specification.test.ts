import { describe, expect, test } from '@jest/globals';
import { stageNames } from '../support/assemblies.ts';
import { violationsOf } from '../support/resource-specification.ts';
import { type Template, templatesByStage } from '../support/templates.ts';

const templates = templatesByStage();

test.each(stageNames)("the template of %s is as CloudFormation's specification has it", (stage) => {
  expect(violationsOf(templates[stage])).toEqual([]);
});

const templateOf = (Type: string, Properties: object): Template => ({
  Resources: { It: { Type, Properties: Properties as Readonly<Record<string, unknown>> } },
});

describe('a violation', () => {
  const table = {
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
  };
  test('is not found in a table that is right', () => {
    expect(violationsOf(templateOf('AWS::DynamoDB::Table', table))).toEqual([]);
  });

  test.each([
    ['a type', 'AWS::DynamoDB::Tabel', {}, 'It: there is no type AWS::DynamoDB::Tabel'],
    ['a property', 'AWS::DynamoDB::Table', { ...table, Names: [] }, 'It.Names: is unknown'],
    ['an inherited property', 'AWS::DynamoDB::Table', { ...table, constructor: 1 }, 'It.constructor: is unknown'],
    [
      'a property within',
      'AWS::DynamoDB::Table',
      { ...table, SSESpecification: { SSEEnabled: true, Key: 'one' } },
      'It.SSESpecification.Key: is unknown',
    ],
    ['a missing property', 'AWS::DynamoDB::Table', { AttributeDefinitions: [] }, 'It.KeySchema: is missing'],
    [
      'a missing property within',
      'AWS::DynamoDB::Table',
      { ...table, KeySchema: [{ AttributeName: 'key' }] },
      'It.KeySchema[0].KeyType: is missing',
    ],
    [
      'a text for a boolean',
      'AWS::KMS::Key',
      { EnableKeyRotation: 'true' },
      'It.EnableKeyRotation: "true" is no boolean',
    ],
    [
      'a fraction',
      'AWS::Lambda::Version',
      { FunctionName: 'one', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1.5 } },
      'It.ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions: 1.5 is no integer',
    ],
    ['an object for a list', 'AWS::DynamoDB::Table', { ...table, Tags: {} }, 'It.Tags: {} is no array'],
    ['a reference', 'AWS::KMS::Key', { Description: { Ref: 'Other' } }, 'It.Description: there is no Other'],
    [
      'an attribute',
      'AWS::KMS::Key',
      { Description: { 'Fn::GetAtt': ['It', 'Name'] } },
      'It.Description: there is no It.Name',
    ],
  ])('is found: %s', (_what, type, properties, violation) => {
    expect(violationsOf(templateOf(type, properties))).toEqual([violation]);
  });
});
