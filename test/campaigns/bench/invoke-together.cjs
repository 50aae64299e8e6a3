// Many warm instances of a function that begin at the same moment. Each takes one request after another, as Lambda's do; those of
// one thread share a bundle and its connections. The job comes in a file: { threads, instances, warmUpEvents, events }.
const { subscribe } = require('node:diagnostics_channel');
const { readFileSync, writeSync } = require('node:fs');
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads');

const job = JSON.parse(readFileSync(process.env.BENCH_JOB, 'utf8'));
const contextOf = JSON.parse(process.env.BENCH_CONTEXT);
const functionTimeoutMs = 10_000;
const now = () => performance.timeOrigin + performance.now();

async function runThreads() {
  const shared = new SharedArrayBuffer(8);
  const reports = Array.from({ length: job.threads }, (_value, thread) => {
    const worker = new Worker(__filename, { workerData: { thread, shared } });
    return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  });
  const threads = await Promise.all(reports);
  const responses = threads.flatMap((each) => each.responses);
  const calls = threads.flatMap((each) => each.calls);
  writeSync(3, JSON.stringify({ startedAt: Math.min(...threads.map((each) => each.startedAt)), responses, calls }));
  process.exit(0);
}

async function runThread({ thread, shared }) {
  // How many threads are ready, and which request is next.
  const [ready, next] = [0, 1];
  const counters = new Int32Array(shared);
  const { handler } = await import(process.env.BENCH_BUNDLE);
  const all = Array.from({ length: job.instances }, (_value, index) => index);
  const ownInstances = all.filter((index) => index % job.threads === thread);

  const ownWarmUp = job.warmUpEvents.filter((_event, index) => index % job.threads === thread);
  await Promise.all(ownInstances.map(() => takeAll(handler, () => ownWarmUp.shift(), [])));

  const calls = countCalls();
  Atomics.add(counters, ready, 1);
  Atomics.notify(counters, ready);
  for (let count = Atomics.load(counters, ready); count < job.threads; count = Atomics.load(counters, ready)) {
    Atomics.wait(counters, ready, count);
  }
  const startedAt = now();
  const responses = [];
  await Promise.all(
    ownInstances.map(() => takeAll(handler, () => job.events[Atomics.add(counters, next, 1)], responses)),
  );
  parentPort.postMessage({ startedAt, responses, calls });
}

async function takeAll(handler, nextEvent, responses) {
  for (let event = nextEvent(); event !== undefined; event = nextEvent()) {
    const parsed = JSON.parse(event);
    const begunAt = now();
    // Whole milliseconds, as on Lambda.
    const getRemainingTimeInMillis = () => Math.floor(begunAt + functionTimeoutMs - now());
    const { statusCode } = await handler(parsed, { ...contextOf, getRemainingTimeInMillis });
    responses.push({ status: statusCode, begunAt, endedAt: now() });
  }
}

/** Every call to DynamoDB from now on, the SDK's own retries included; those that were answered have a duration. */
function countCalls() {
  const calls = [];
  const callOf = new WeakMap();
  subscribe('http.client.request.created', ({ request }) => {
    const call = { operation: request.getHeader('x-amz-target').split('.').at(-1), begunAt: now() };
    callOf.set(request, call);
    calls.push(call);
  });
  subscribe('http.client.response.finish', ({ request }) => {
    const call = callOf.get(request);
    if (call !== undefined) call.ms = now() - call.begunAt;
  });
  return calls;
}

if (isMainThread) void runThreads();
else void runThread(workerData);
