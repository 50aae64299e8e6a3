import { join } from 'node:path';
import { describe } from '../deployment.ts';
import type { Operator } from '../operator.ts';
import { step } from '../steps.ts';
import type { Workshop } from '../workshop.ts';
import { fillingsOf } from './fillings.ts';
import { openShop } from './orders.ts';
import type { Runbook } from './runbook.ts';
import { restoreOrder } from './single-orders.ts';
import { cleanUp, deleteStaging, deployStaging, failFirstDeployment } from './staging.ts';
import { restoreTables } from './whole-table.ts';

/** The staging stage, which keeps its data: its first deployment in vain, the clean-up, and what is restored. */
export async function playStaging(
  workshop: Workshop,
  operator: Operator,
  runbook: Runbook,
  probeCode: Uint8Array,
): Promise<void> {
  const fillings = fillingsOf(workshop, 'staging');
  await step('the first deployment of staging fails', async () => await failFirstDeployment(operator));
  await step('runbook: the clean-up', async () => await cleanUp(runbook, operator, fillings));
  await step('runbook: the first deployment of staging', async () => await deployStaging(runbook, operator, fillings));
  const assembly = join(operator.clone.folder, 'cdk.out');
  const deployment = await describe(workshop, operator, 'staging', assembly, probeCode);
  const shop = await step('runbook: store keys and orders', async () => {
    return await openShop(runbook, operator, deployment, fillings);
  });
  await step('runbook: an order is restored', async () => await restoreOrder(shop));
  await step('runbook: both tables are restored', async () => await restoreTables(shop));
  await step('runbook: staging is deleted', async () => await deleteStaging(runbook, operator, fillings));
  deployment.lambda.destroy();
  deployment.dynamodb.destroy();
}
