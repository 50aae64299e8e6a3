import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { localAwsEnvironment } from '../../../tools/local/client.ts';
import { benchFolder } from './install-peers.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How Lambda's own runtime starts Node for a function with 1024 MB. */
const runtimeFlags = [
  '--expose-gc',
  '--max-http-header-size=81920',
  '--max-semi-space-size=51',
  '--max-old-space-size=921',
];

/** What Lambda lets a handler know of its invocation, as far as it is data. */
const context = {
  awsRequestId: 'request-1',
  functionName: 'payment-cancel',
  functionVersion: '1',
  memoryLimitInMB: '1024',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:payment-cancel',
};

const timeoutMs = 120_000;

/** One execution of a bundle: where it is, its environment, and the DynamoDB that it talks to. */
export interface Execution {
  readonly codeFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly endpoint: string;
  /** Of the bus and its queues, where it uses them. */
  readonly eventsEndpoint?: string;
}

/** Milliseconds since the process was started. */
export interface ColdStart {
  readonly startedMs: number;
  readonly loadedMs: number;
  /** What Lambda waits for before the first request: the warm-up, where there is one. */
  readonly readyMs: number;
  readonly answeredMs: number;
  /** CPU time of the process until it answered; other processes disturb it less than the times above. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** Starts Node, loads the bundle, and cancels once. @throws Error when that is not answered with 200 */
export async function invokeOnce(execution: Execution, event: APIGatewayProxyEvent): Promise<ColdStart> {
  const spawnedAt = performance.timeOrigin + performance.now();
  const { report } = await run('invoke-once.cjs', execution, { BENCH_EVENT: JSON.stringify(event) });
  const { startedAt, loadedAt, readyAt, answeredAt, cpuMs, statusCode, body, rssBytes } = report as Record<
    string,
    number
  >;
  if (statusCode !== 200) throw new Error(`A cold start was answered with ${statusCode}: ${body}`);
  return {
    startedMs: (startedAt ?? NaN) - spawnedAt,
    loadedMs: (loadedAt ?? NaN) - spawnedAt,
    readyMs: (readyAt ?? NaN) - spawnedAt,
    answeredMs: (answeredAt ?? NaN) - spawnedAt,
    cpuMs: cpuMs ?? NaN,
    rssBytes: rssBytes ?? NaN,
  };
}

/** Milliseconds from the start of a Node process to its first line. */
export async function startNode(): Promise<number> {
  const spawnedAt = performance.timeOrigin + performance.now();
  const { report } = await run('invoke-once.cjs', { codeFile: '', environment: {}, endpoint: '' }, {});
  return (report as { startedAt: number }).startedAt - spawnedAt;
}

export interface Job {
  readonly events: readonly object[];
  /** Invocations before the measured ones. */
  readonly warmUp: number;
  readonly count: number;
  readonly concurrency: number;
}

export interface WarmRun {
  readonly elapsedMs: number;
  /** Of the whole process, for all measured invocations together. */
  readonly cpuMs: number;
  readonly latenciesMs: readonly number[];
  /** How many responses there were of each HTTP status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What the process wrote to its log, warm-up included. */
  readonly logBytes: number;
}

/** Runs a job in a process of its own, one job at a time. */
export async function invokeOften(execution: Execution, job: Job): Promise<WarmRun> {
  const file = join(temporaryFolder(), 'job.json');
  writeFileSync(file, JSON.stringify({ ...job, events: textsOf(job.events) }));
  const { report, logBytes } = await run('invoke-often.cjs', execution, { BENCH_JOB: file });
  return { ...(report as Omit<WarmRun, 'logBytes'>), logBytes };
}

/** What many warm instances do that begin at the same moment. */
export interface TogetherJob {
  /** Threads of the one process, each with a bundle of its own. */
  readonly threads: number;
  /** How many requests are served at once; the others wait for one of them to end. */
  readonly instances: number;
  readonly warmUpEvents: readonly APIGatewayProxyEvent[];
  readonly events: readonly APIGatewayProxyEvent[];
}

/** Times are epoch milliseconds. */
export interface TogetherRun {
  readonly startedAt: number;
  readonly responses: ReadonlyArray<{ readonly status: number; readonly begunAt: number; readonly endedAt: number }>;
  /** Every HTTP call to DynamoDB after the warm-up; one without a duration was not answered. */
  readonly calls: ReadonlyArray<{ readonly operation: string; readonly ms?: number }>;
}

export async function invokeTogether(execution: Execution, job: TogetherJob): Promise<TogetherRun> {
  const file = join(temporaryFolder(), 'together.json');
  const { warmUpEvents, events } = job;
  writeFileSync(file, JSON.stringify({ ...job, warmUpEvents: textsOf(warmUpEvents), events: textsOf(events) }));
  const { report } = await run('invoke-together.cjs', execution, { BENCH_JOB: file });
  return report as TogetherRun;
}

/** As text, so that each invocation gets an event of its own. */
function textsOf(events: readonly object[]): string[] {
  return events.map((event) => JSON.stringify(event));
}

/** A figure counts only where the work was done. @throws Error naming the other responses */
export function expectAll(statuses: Readonly<Record<string, number>>, status: number, label: string): void {
  const others = Object.keys(statuses).filter((each) => Number(each) !== status);
  if (others.length > 0) throw new Error(`${label}: answered ${others.join(', ')} and not only ${status}.`);
}

/** @throws Error naming the statuses besides these */
export function expectOnly(responses: ReadonlyArray<{ readonly status: number }>, expected: readonly number[]): void {
  const others = new Set(responses.map(({ status }) => status).filter((status) => !expected.includes(status)));
  if (others.size > 0) throw new Error(`Answered ${[...others].join(', ')} and not only ${expected.join(', ')}.`);
}

async function run(
  program: string,
  { codeFile, environment, endpoint, eventsEndpoint }: Execution,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly report: unknown; readonly logBytes: number }> {
  const child = spawn(process.execPath, [...runtimeFlags, `${benchFolder}${program}`], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    env: {
      ...environment,
      ...localAwsEnvironment(endpoint, eventsEndpoint),
      AWS_SESSION_TOKEN: 'local',
      AWS_LAMBDA_FUNCTION_NAME: context.functionName,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: context.memoryLimitInMB,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      // Lambda has no home with settings of somebody's own.
      HOME: temporaryFolder(),
      // Lambda finds its copy of the SDK by this path.
      NODE_PATH: `${benchFolder}node_modules`,
      BENCH_BUNDLE: codeFile,
      BENCH_CONTEXT: JSON.stringify(context),
      ...more,
    },
  });
  const log = gather(child.stdout);
  const errors = gather(child.stderr);
  const reported = gather(child.stdio[3] as Readable);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const [exitCode] = (await once(child, 'close')) as [number | null];
  process.off('exit', kill);
  const text = reported.text();
  if (text === '') {
    const end = exitCode === null ? `was killed, at the latest after ${timeoutMs / 1000} s` : `ended with ${exitCode}`;
    throw new Error(`${program} ${end}, with ${codeFile}: ${errors.text().slice(-500).trim()}`);
  }
  return { report: JSON.parse(text), logBytes: log.bytes() };
}

/** The pipes are asked for above, so they are there. */
function gather(stream: Readable | null) {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    text: () => Buffer.concat(chunks).toString(),
    bytes: () => chunks.reduce((sum, { length }) => sum + length, 0),
  };
}
