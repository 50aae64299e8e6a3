import { Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * A role that one service of AWS assumes, without any right yet.
 * @param service such as lambda.amazonaws.com
 */
export function serviceRole(scope: Construct, id: string, service: string): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal(service) });
  Validations.of(role).acknowledge({
    id: 'PCI.DSS.321::PCI.DSS.321-IAMNoInlinePolicy',
    reason:
      'The role is assumed by one service of AWS and by no person. Its policy names single actions on single ' +
      'resources, and is part of the role so that it cannot be attached to anything else.',
  });
  return role;
}
