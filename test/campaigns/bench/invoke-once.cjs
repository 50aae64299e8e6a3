// One cold start: loads a bundle, waits for what Lambda would wait for before the first request, invokes the handler once,
// and reports when each was done. CommonJS and without imports of its own, so that nothing but the bundle is measured. Times
// are epoch milliseconds.
const now = () => performance.timeOrigin + performance.now();
const startedAt = now();
const { existsSync, writeSync } = process.getBuiltinModule('node:fs');
const { BENCH_BUNDLE, BENCH_EVENT, BENCH_CONTEXT } = process.env;
const tell = (report) => writeSync(3, JSON.stringify(report));

const context = { ...JSON.parse(BENCH_CONTEXT), getRemainingTimeInMillis: () => 10_000 };

// As Lambda's runtime does.
const load = async (file) => (file.endsWith('.mjs') ? await import(file) : require(file));

async function run() {
  // The service's module waits for the warm-up of a bundle beside it, which is loaded first so as to time the two apart.
  const beside = BENCH_BUNDLE.replace(/index\.mjs$/, 'bundle.cjs');
  const { handler } = await load(existsSync(beside) ? beside : BENCH_BUNDLE);
  const loadedAt = now();
  await load(BENCH_BUNDLE);
  const readyAt = now();
  const { statusCode, body } = await handler(JSON.parse(BENCH_EVENT), context);
  const answeredAt = now();
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / 1000;
  tell({ startedAt, loadedAt, readyAt, answeredAt, cpuMs, statusCode, body, rssBytes: process.memoryUsage.rss() });
  process.exit(0);
}

if (BENCH_BUNDLE === '') tell({ startedAt });
else void run();
