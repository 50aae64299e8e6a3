import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { type Check, isNamed } from './check.ts';

/** What the synthesized stack asks of the bootstrap stack. */
export const neededBootstrapVersion = 6;

/** What `cdk deploy` uploads code to, and deploys with. */
export const bootstrap: Check = {
  name: 'bootstrap',
  async find({ environment: { account, region }, clients: { ssm } }) {
    const mend = `npx cdk bootstrap aws://${account}/${region}`;
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
      const version = Number(Parameter?.Value);
      if (version >= neededBootstrapVersion) return [];
      const what = `The bootstrap stack has version ${Parameter?.Value}, and at least ${neededBootstrapVersion} is needed.`;
      return [{ what, mend }];
    } catch (error) {
      if (!isNamed(error, 'ParameterNotFound')) throw error;
      return [{ what: `Nothing was ever deployed with CDK to ${account} in ${region}.`, mend }];
    }
  },
};
