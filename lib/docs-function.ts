import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { docsBundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import type { Stage } from './stages.ts';

/**
 * Requests per second, and at once, for each route of documentation. A page with its files stays well below it; a
 * stranger who asks for more gets 429, and costs no more than that.
 */
export const docsThrottle = { rate: 10, burst: 20 };

/**
 * Enough for what the throttle lets through of a route while each request takes a second: so the gateway answers 429
 * before Lambda has no instance left, which would be a 5XX.
 */
const instances = docsThrottle.burst + docsThrottle.rate;

/** Serves documentation, apart from the money path: its role may do nothing but log. */
export class DocsFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const docs = new NodeFunction(this, 'Docs', {
      stage,
      name: 'docs',
      bundling: docsBundling,
      assets: 'browser',
      description: 'GET of documentation, without a signature',
      memorySize: 256,
      timeout: Duration.seconds(5),
      // As for the cancel function: an account of its own in dev has no instances to reserve.
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: instances }),
    });
    this.function = docs.function;
  }
}
