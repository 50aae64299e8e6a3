import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { reservedInstancesOf } from '../../../lib/reserved-instances.ts';
import { type Check, isNamed, type Place } from './check.ts';

/** Instances that Lambda wants to stay unreserved. */
const unreservable = 100;

/** The quota of concurrent executions, out of which the stage reserves instances. */
export const concurrency: Check = {
  name: "Lambda's quota",
  async find(place) {
    const needed = reservedInstancesOf(place.stage);
    if (needed === 0) return [];
    const { AccountLimit } = await place.clients.lambda.send(new GetAccountSettingsCommand({}));
    const { ConcurrentExecutions: quota = 0, UnreservedConcurrentExecutions: unreserved = 0 } = AccountLimit ?? {};
    const reservable = unreserved + (await reservedNow(place)) - unreservable;
    if (needed <= reservable) return [];
    return [
      {
        what:
          `${place.stage.name} reserves ${needed} instances, but of the quota of ${quota} only ${Math.max(reservable, 0)} ` +
          `can be reserved: ${unreservable} have to stay unreserved.`,
        mend:
          'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 ' +
          `--desired-value ${quota + needed - reservable} --region ${place.environment.region}`,
      },
    ];
  },
};

/** Instances that the functions of the stack have reserved already. */
async function reservedNow({ stack, clients: { cloudFormation, lambda } }: Place): Promise<number> {
  if (stack === undefined) return 0;
  let sum = 0;
  for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName: stack.name })) {
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ResourceType !== 'AWS::Lambda::Function' || !PhysicalResourceId) continue;
      try {
        const command = new GetFunctionConcurrencyCommand({ FunctionName: PhysicalResourceId });
        sum += (await lambda.send(command)).ReservedConcurrentExecutions ?? 0;
      } catch (error) {
        // It was deleted, with what it had reserved.
        if (!isNamed(error, 'ResourceNotFoundException')) throw error;
      }
    }
  }
  return sum;
}
