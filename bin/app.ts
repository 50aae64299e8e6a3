import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { commitOf } from '../lib/commit.ts';
import { PaymentCancelStack } from '../lib/payment-cancel-stack.ts';
import { isDirectRelease, stageNamed } from '../lib/stages.ts';

// The entry of the CDK app: cdk synth, cdk deploy. Its context: -c stage=NAME, -c commit=HASH, -c release=direct.
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
const context = (name: string): unknown => app.node.tryGetContext(name);
try {
  new PaymentCancelStack(app, stageNamed(context('stage')), {
    commit: commitOf(context('commit'), import.meta.dirname),
    isDirect: isDirectRelease(context('release')),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
