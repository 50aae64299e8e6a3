// A warm function: invokes the handler of a bundle many times, a given number at once, and reports what it took. The job comes
// in a file: { events, warmUp, count, concurrency }; an event is taken again when there are fewer than invocations.
const { readFileSync, writeSync } = require('node:fs');
const { events, warmUp, count, concurrency } = JSON.parse(readFileSync(process.env.BENCH_JOB, 'utf8'));

let handler;
const context = { ...JSON.parse(process.env.BENCH_CONTEXT), getRemainingTimeInMillis: () => 10_000 };

async function run() {
  // Also a bundle that is CommonJS.
  ({ handler } = await import(process.env.BENCH_BUNDLE));
  await invokeAll(0, warmUp);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const { latenciesMs, statuses } = await invokeAll(warmUp, warmUp + count);
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  const report = { elapsedMs, cpuMs: (user + system) / 1000, latenciesMs, statuses };
  writeSync(3, JSON.stringify(report));
  process.exit(0);
}

async function invokeAll(from, to) {
  const latenciesMs = [];
  const statuses = {};
  let next = from;
  const merchant = async () => {
    while (next < to) {
      const text = events[next % events.length];
      next += 1;
      const event = JSON.parse(text);
      const startedAt = performance.now();
      const { statusCode, batchItemFailures } = await handler(event, context);
      latenciesMs.push(performance.now() - startedAt);
      // A batch has no status: it lists what failed of it.
      const status = statusCode ?? (batchItemFailures.length === 0 ? 200 : 500);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, merchant));
  return { latenciesMs, statuses };
}

void run();
