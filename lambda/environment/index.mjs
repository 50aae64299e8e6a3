// The entry that Lambda loads: it loads the bundle beside it. A CommonJS bundle starts faster than an ESM one, but only
// an ES module can make Lambda wait, before the first request, until the warm-up is done. It has no import declarations,
// because they would cost more time than they are worth.
const { handler, ready } = process.getBuiltinModule('node:module').createRequire(import.meta.url)('./bundle.cjs');
await ready;
export { handler };
