/**
 * The paths that the docs function serves, without a signature: lib/gateway.ts makes a route for each, and
 * lambda/docs/documents.ts has its content. A path without content does not compile.
 */
export const documentPaths = [
  '/openapi.json',
  '/docs',
  '/docs/page.css',
  '/docs/try-it.js',
  '/docs/sign-request.js',
  '/docs/show-answer.js',
  '/docs/show-order.js',
  '/docs/follow-executions.js',
  '/docs/execution-text.js',
  '/docs/elements.js',
] as const;
export type DocumentPath = (typeof documentPaths)[number];
