import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation, InvocationEnd } from './function-host.ts';

// The thread that stands in for a Lambda execution environment. See function-host.ts.
const { codeFile, name, export: exportName } = workerData as { codeFile: string; name: string; export: string };
type Exports = Readonly<Record<string, (event: unknown, context: unknown) => Promise<unknown>>>;
const { [exportName]: handler } = (await import(pathToFileURL(codeFile).href)) as Exports;
if (handler === undefined) throw new Error(`The bundle does not export ${exportName}.`);

parentPort?.on('message', ({ id, event, deadlineMs }: Invocation) => {
  const context = {
    awsRequestId: id,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'localhost',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
  // With Promise.try, a handler that throws instead of returning a promise fails the invocation, not the thread.
  Promise.try(handler, event, context).then(
    (result) => reply({ id, result }),
    (error: unknown) => reply({ id, error: error instanceof Error ? error.name : 'Error' }),
  );
});
reply({ id: 'loaded', result: undefined });

function reply(end: InvocationEnd): void {
  parentPort?.postMessage(end);
}
