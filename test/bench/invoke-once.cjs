// One cold start: loads a bundle, invokes its handler once, and tells when each was done. CommonJS and without imports of
// its own, so that nothing but the bundle is measured. Times are epoch milliseconds.
const now = () => performance.timeOrigin + performance.now();
const startedAt = now();
const { BENCH_BUNDLE, BENCH_EVENT } = process.env;
const tell = (report) => require('node:fs').writeSync(3, JSON.stringify(report));

if (BENCH_BUNDLE === '') tell({ startedAt });
else {
  const { handler } = require(BENCH_BUNDLE);
  const loadedAt = now();
  const context = {
    awsRequestId: 'request-1',
    functionName: 'payment-cancel',
    functionVersion: '1',
    memoryLimitInMB: '1024',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:payment-cancel',
    getRemainingTimeInMillis: () => 10_000,
  };
  handler(JSON.parse(BENCH_EVENT), context).then(({ statusCode, body }) => {
    const answeredAt = now();
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1000;
    tell({ startedAt, loadedAt, answeredAt, cpuMs, statusCode, body, rssBytes: process.memoryUsage.rss() });
    process.exit(0);
  });
}
