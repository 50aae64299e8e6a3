import type { Resource, Template } from './leave-out.ts';

// The resources that the emulator cannot make. When a newer version can, the run fails.

/** Resource types that it does not know. They are left out of the template that is deployed. */
export const unknownTypes = [
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Events::Archive',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
];

/** What is left out of the template that is deployed. */
export function isUnknown({ Type, Properties = {} }: Resource): boolean {
  return unknownTypes.includes(Type) || (Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties);
}

/**
 * A template with one more resource, which the emulator refuses after it has made all others: an alarm of metric math.
 * So a deployment fails where this is wanted. When that is supported, it is the deployment of staging that does not fail.
 */
export function withRefusedResource({ Resources, ...template }: Template): Template {
  const Refused = {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      Threshold: 1,
      Metrics: [{ Id: 'sum', Expression: '1 + 1', ReturnData: true }],
    },
    DependsOn: Object.keys(Resources),
  };
  return { ...template, Resources: { ...Resources, Refused } };
}

/** What the emulator says of that resource. */
export const refusal = /Properties\.Metrics \(metric math\) is not supported/;
