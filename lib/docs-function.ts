import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { docsBundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';

/**
 * Requests per second (rate) and at once (burst) for each route of the documentation. A page with its files stays well
 * below this. The gateway responds to more with 429, which costs little.
 */
export const docsThrottle = { rate: 10, burst: 20 };

/**
 * Function instances: enough for what the throttle lets through if each request takes a second. So the gateway responds
 * with 429 before Lambda runs out of instances, which would be a 5XX.
 */
const instances = docsThrottle.burst + docsThrottle.rate;

/** Serves the documentation, separate from the money path: its role may only log. */
export class DocsFunction extends Construct {
  readonly function: IFunction;

  /** @param key encrypts its log */
  constructor(scope: Construct, id: string, { stage, key }: { readonly stage: Stage; readonly key: IKey }) {
    super(scope, id);
    const docs = new NodeFunction(this, 'Docs', {
      stage,
      key,
      name: 'docs',
      bundling: docsBundling,
      assets: 'browser',
      description: 'GET of documentation, without a signature',
      memorySize: 256,
      timeout: Duration.seconds(5),
      // As for the cancel function: the account of a dev stage has no instances to reserve.
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: instances }),
    });
    this.function = docs.function;
  }
}
