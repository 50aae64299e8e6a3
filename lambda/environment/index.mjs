// What Lambda loads: the bundle beside it. A CommonJS bundle starts faster than an ESM one, but only an ES module can make
// Lambda wait, before the first request, until the warm-up is done. Without imports, which would cost more than they give.
const { handler, ready } = process.getBuiltinModule('node:module').createRequire(import.meta.url)('./bundle.cjs');
await ready;
export { handler };
