import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { commitOf } from './commit.ts';
import { PaymentCancelStack } from './payment-cancel-stack.ts';
import { isDirectRelease, type Stage } from './stages.ts';

/**
 * The CDK app. Its context: -c stage=NAME, -c commit=HASH, -c release=direct.
 * @throws Error naming what is not understood, and what would be
 */
export function createApp(stageOf: (name: unknown) => Stage): App {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app), new PCIDSS321Checks(app));
  const context = (name: string): unknown => app.node.tryGetContext(name);
  new PaymentCancelStack(app, stageOf(context('stage')), {
    commit: commitOf(context('commit'), import.meta.dirname),
    isDirect: isDirectRelease(context('release')),
  });
  return app;
}
