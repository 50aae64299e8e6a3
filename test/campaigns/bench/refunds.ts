import type { DeployedFunction } from '../../../tools/local/template.ts';
import type { Field } from './contenders.ts';
import { startServer } from './dynamodb-proxy.ts';
import { expectAll, invokeOften } from './function-process.ts';
import { type BatchKind, batchKinds, batchOf, requestedItem } from './refund-batches.ts';
import { shuffled } from './rounds.ts';

/** Events in one invocation: those that come alone, and those that wait for each other. */
export const batchSizes = [1, 10] as const;
export type BatchSize = (typeof batchSizes)[number];

/** What an invocation took, round by round. */
export interface BatchFigures {
  readonly kind: BatchKind;
  readonly size: BatchSize;
  /** Of a whole core. */
  readonly cpuMs: readonly number[];
  /** With answers after the times that are assumed. */
  readonly elapsedMs: readonly number[];
  /** Bytes that the function logs of each event. */
  readonly logBytes: number;
}

/** What only AWS knows: how long a call waits for its answer. */
export const answersAfterMs = { bus: 15, table: 4 } as const;

const answers: Readonly<Record<string, { readonly afterMs: number; readonly output: object }>> = {
  PutEvents: { afterMs: answersAfterMs.bus, output: { FailedEntryCount: 0, Entries: [{ EventId: 'event-1' }] } },
  PutItem: { afterMs: answersAfterMs.table, output: {} },
  UpdateItem: { afterMs: answersAfterMs.table, output: { Attributes: requestedItem } },
};

/** The bundles of the publisher and the result taker, with answers of AWS that always come, and after the same time. */
export async function measureRefunds({ refunds }: Pick<Field, 'refunds'>, rounds: number): Promise<BatchFigures[]> {
  const aws = await startServer(async (operation) => {
    const answer = answers[operation];
    // A dead letter, for example: then what is measured is not what is meant.
    if (answer === undefined) throw new Error(`Nobody should call ${operation}.`);
    await new Promise((resolve) => setTimeout(resolve, answer.afterMs));
    return { status: 200, output: answer.output };
  });
  const all = batchKinds.flatMap((kind) =>
    batchSizes.map((size) => ({ kind, size, cpuMs: [] as number[], elapsedMs: [] as number[], logBytes: 0 })),
  );
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const figures of shuffled(all, round)) {
        const { codeFile, environment } = functionFor(figures.kind, refunds);
        const load = { warmUp: 50, count: 100, concurrency: 1 };
        const execution = { codeFile, environment, endpoint: aws.endpoint, eventsEndpoint: aws.endpoint };
        const run = await invokeOften(execution, { ...load, events: [batchOf(figures.kind, figures.size)] });
        expectAll(run.statuses, 200, `a batch of ${figures.size} ${figures.kind}`);
        figures.cpuMs.push(run.cpuMs / load.count);
        figures.elapsedMs.push(run.elapsedMs / load.count);
        figures.logBytes = run.logBytes / (load.warmUp + load.count) / figures.size;
      }
    }
    return all;
  } finally {
    await aws.close();
  }
}

function functionFor(kind: BatchKind, { publisher, resultTaker }: Field['refunds']): DeployedFunction {
  return kind === 'reports' ? resultTaker : publisher;
}
