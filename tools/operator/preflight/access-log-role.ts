import { GetAccountCommand } from '@aws-sdk/client-api-gateway';
import type { Check } from './check.ts';

/** The role that API Gateway writes access logs with: one for all APIs of an account in a region. */
export const accessLogRole: Check = {
  name: 'role for access logs',
  async find({ environment: { account }, clients: { apiGateway } }) {
    const { cloudwatchRoleArn } = await apiGateway.send(new GetAccountCommand({}));
    if (cloudwatchRoleArn) return [];
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    const commands = [
      `aws iam create-role --role-name api-gateway-logs --assume-role-policy-document '${trust}'`,
      'aws iam attach-role-policy --role-name api-gateway-logs --policy-arn ' +
        'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
      'aws apigateway update-account --patch-operations ' +
        `op=replace,path=/cloudwatchRoleArn,value=arn:aws:iam::${account}:role/api-gateway-logs`,
    ];
    return [
      {
        what: 'API Gateway has no role to write access logs with, and would refuse the stage of the API.',
        mend: commands.join(' && '),
      },
    ];
  },
};
