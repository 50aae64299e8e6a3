import { describe, expect, test } from '@jest/globals';
import { type Resource, withoutResources } from './leave-out.ts';

const isGroup = ({ Type }: Resource) => Type === 'Unknown::Group';
const group = { Type: 'Unknown::Group', Properties: { Name: 'group' } };

describe('a template without some resources', () => {
  test('has none of their resources, and all others as they were', () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: { Names: ['a', 1, null], Deep: { Ref: 'Other' } } };
    const template = { Resources: { Group: group, Table: table }, Outputs: { Name: { Value: { Ref: 'Table' } } } };
    expect(withoutResources(template, isGroup)).toEqual({ ...template, Resources: { Table: table } });
  });

  test('has a logical id in place of each reference to one, wherever it stands', () => {
    const statements = [{ Resource: { Ref: 'Group' } }, { Resource: { 'Fn::Join': ['', ['a', { Ref: 'Group' }]] } }];
    const policy = { Type: 'AWS::IAM::Policy', Properties: { statements, arn: { 'Fn::GetAtt': ['Group', 'Arn'] } } };
    const { Resources } = withoutResources({ Resources: { Group: group, Policy: policy } }, isGroup);
    expect(Resources['Policy']?.Properties).toEqual({
      statements: [{ Resource: 'Group' }, { Resource: { 'Fn::Join': ['', ['a', 'Group']] } }],
      arn: 'Group',
    });
  });

  test('waits for none of them, and keeps the other dependencies', () => {
    const one = { Type: 'A', DependsOn: ['Group', 'Two'] };
    const two = { Type: 'A', DependsOn: 'Group' };
    const { Resources } = withoutResources({ Resources: { Group: group, One: one, Two: two } }, isGroup);
    expect(Resources).toEqual({ One: { Type: 'A', DependsOn: ['Two'] }, Two: { Type: 'A', DependsOn: [] } });
  });

  test('updates without one of them, and keeps an update policy about something else', () => {
    const moved = { Type: 'A', UpdatePolicy: { CodeDeploy: { Group: { Ref: 'Group' } } } };
    const kept = { Type: 'A', UpdatePolicy: { CodeDeploy: { Group: { Ref: 'Kept' } } } };
    const { Resources } = withoutResources({ Resources: { Group: group, Moved: moved, Kept: kept } }, isGroup);
    expect(Resources).toEqual({ Moved: { Type: 'A' }, Kept: kept });
  });
});
