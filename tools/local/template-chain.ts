import type { EventPattern } from './events/event-pattern.ts';
import type { DeployedFunction, Resource } from './template.ts';

/** What of the template lets refunds leave and come back: bus, rules, queues, and what reads streams and queues. */
export interface DeployedChain {
  readonly busName: string;
  readonly rules: ReadonlyArray<{ readonly pattern: EventPattern; readonly queues: readonly string[] }>;
  readonly queues: readonly DeployedQueue[];
  readonly mappings: readonly DeployedMapping[];
}

export interface DeployedQueue {
  readonly name: string;
  readonly visibilityMs: number;
  readonly maxReceiveCount: number | undefined;
  /** The name of the queue of its dead letters. */
  readonly deadLetters: string | undefined;
}

export interface DeployedMapping {
  readonly function: DeployedFunction;
  readonly batchSize: number;
  /** How many batches of a queue are worked on at once. */
  readonly concurrency: number;
  /** The stream of this table, or this queue. */
  readonly from: { readonly table: string } | { readonly queue: string };
  readonly filters: readonly EventPattern[];
}

/** How many batches Lambda begins with, where a mapping names no number. */
const usualConcurrency = 5;

/** The URL of a queue as long as it is not known where the queues are served. */
export function queueUrlOf(name: string): string {
  return `queue:${name}`;
}

/** Replaces URLs of queues by those at which they are served. @param base such as http://127.0.0.1:4000 */
export function withQueueUrls(environment: DeployedFunction['environment'], base: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replace(/^queue:/, `${base}/000000000000/`)]),
  );
}

/** @throws Error naming what localhost cannot stand in for */
export function readChain(
  resources: ReadonlyArray<readonly [string, Resource]>,
  functionNamed: (id: string) => DeployedFunction,
  resolve: (value: unknown) => string,
): DeployedChain {
  const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type);
  const queueIn = (arn: unknown): string => {
    const [id] = (arn as { 'Fn::GetAtt'?: readonly string[] } | undefined)?.['Fn::GetAtt'] ?? [];
    if (!ofType('AWS::SQS::Queue').some(([name]) => name === id)) {
      throw new Error(`On localhost an event can only go to a queue, not to ${JSON.stringify(arn)}.`);
    }
    return id ?? '';
  };
  return {
    busName: String(ofType('AWS::Events::EventBus')[0]?.[1].Properties['Name']),
    // Rules of the default bus are about AWS itself.
    rules: ofType('AWS::Events::Rule')
      .filter(([, { Properties }]) => Properties['EventBusName'] !== undefined)
      .map(([, { Properties }]) => ({
        pattern: Properties['EventPattern'] as EventPattern,
        queues: (Properties['Targets'] as ReadonlyArray<{ readonly Arn: unknown }>).map(({ Arn }) => queueIn(Arn)),
      })),
    queues: ofType('AWS::SQS::Queue').map(([name, { Properties }]) => {
      const redrive = Properties['RedrivePolicy'] as
        | { readonly maxReceiveCount: number; readonly deadLetterTargetArn: unknown }
        | undefined;
      return {
        name,
        visibilityMs: Number(Properties['VisibilityTimeout'] ?? 30) * 1000,
        maxReceiveCount: redrive?.maxReceiveCount,
        deadLetters: redrive && queueIn(redrive.deadLetterTargetArn),
      };
    }),
    mappings: ofType('AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => {
      const [id = '', attribute] = (Properties['EventSourceArn']?.['Fn::GetAtt'] ?? []) as readonly string[];
      const filters = (Properties['FilterCriteria']?.Filters ?? []) as ReadonlyArray<{ readonly Pattern: string }>;
      return {
        function: functionNamed(String(Properties['FunctionName']?.Ref)),
        batchSize: Number(Properties['BatchSize']),
        concurrency: Number(Properties['ScalingConfig']?.MaximumConcurrency ?? usualConcurrency),
        from: attribute === 'StreamArn' ? { table: resolve({ Ref: id }) } : { queue: id },
        filters: filters.map(({ Pattern }) => JSON.parse(Pattern) as EventPattern),
      };
    }),
  };
}
