/**
 * What the docs function serves, without a signature: the gateway has a route for each of them (lib/cancel-api.ts), and
 * lambda/docs.ts its content. A path that lacks it does not compile.
 */
export const documentPaths = [
  '/openapi.json',
  '/docs',
  '/docs/page.css',
  '/docs/try-it.js',
  '/docs/sign-request.js',
  '/docs/show-answer.js',
  '/docs/show-order.js',
  '/docs/elements.js',
] as const;
export type DocumentPath = (typeof documentPaths)[number];
