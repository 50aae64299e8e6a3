import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { PaymentCancelStack } from '../lib/payment-cancel-stack.ts';
import { stageNamed } from '../lib/stages.ts';

// The entry of the CDK app: cdk synth, cdk deploy. The stage is chosen with -c stage=NAME.
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app), new PCIDSS321Checks(app));
try {
  new PaymentCancelStack(app, stageNamed(app.node.tryGetContext('stage')));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
