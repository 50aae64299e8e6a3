import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { docsBundling } from './bundling.ts';
import { NodeFunction } from './node-function.ts';
import { docsThrottle, instancesFor } from './reserved-instances.ts';
import type { Stage } from './stages.ts';

interface DocsFunctionProps {
  readonly stage: Stage;
  /** Encrypts its log. */
  readonly key: IKey;
  readonly commit: string;
}

/** Serves the documentation, separate from the money path: its role may only log. */
export class DocsFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { stage, key, commit }: DocsFunctionProps) {
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
      environment: { COMMIT: commit },
      // As for the cancel function: the account of a dev stage has no instances to reserve.
      ...(stage.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: instancesFor(docsThrottle) }),
    });
    this.function = docs.function;
  }
}
