import { createApp } from '../lib/app.ts';
import { stageNamed } from '../lib/stages.ts';

// The entry of the CDK app: cdk synth, cdk deploy.
try {
  createApp(stageNamed);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
