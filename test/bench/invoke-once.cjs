// One cold start: loads a bundle, waits for what Lambda would wait for before the first request, invokes the handler once,
// and tells when each was done. CommonJS and without imports of
// its own, so that nothing but the bundle is measured. Times are epoch milliseconds.
const now = () => performance.timeOrigin + performance.now();
const startedAt = now();
const { BENCH_BUNDLE, BENCH_EVENT } = process.env;
const tell = (report) => require('node:fs').writeSync(3, JSON.stringify(report));

if (BENCH_BUNDLE === '') tell({ startedAt });
else {
  const isModule = BENCH_BUNDLE.endsWith('.mjs');
  // The module waits for the warm-up of the bundle beside it.
  const { handler } = require(isModule ? BENCH_BUNDLE.replace('index.mjs', 'bundle.cjs') : BENCH_BUNDLE);
  const loadedAt = now();
  const context = {
    awsRequestId: 'request-1',
    functionName: 'payment-cancel',
    functionVersion: '1',
    memoryLimitInMB: '1024',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:payment-cancel',
    getRemainingTimeInMillis: () => 10_000,
  };
  const waiting = isModule ? import(BENCH_BUNDLE) : Promise.resolve();
  void waiting.then(async () => {
    const readyAt = now();
    const { statusCode, body } = await handler(JSON.parse(BENCH_EVENT), context);
    const answeredAt = now();
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1000;
    tell({ startedAt, loadedAt, readyAt, answeredAt, cpuMs, statusCode, body, rssBytes: process.memoryUsage.rss() });
    process.exit(0);
  });
}
