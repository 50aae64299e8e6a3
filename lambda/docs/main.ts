import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openApi from '../../docs/openapi.json' with { type: 'json' };
import { pageHeaders } from './page/page-headers.ts';
import { renderPage } from './page/render-page.ts';
import { createDocsHandler, type StaticDocument } from './handler.ts';

// The entry of the docs function: it serves what is in its bundle and in the folder beside it.
export const handler = createDocsHandler({
  '/openapi.json': { contentType: 'application/json; charset=utf-8', text: JSON.stringify(openApi) },
  '/docs': { contentType: 'text/html; charset=utf-8', text: renderPage(openApi), headers: pageHeaders },
  '/docs/page.css': browserFile('page.css', 'text/css'),
  '/docs/try-it.js': browserFile('try-it.js', 'text/javascript'),
  '/docs/sign-request.js': browserFile('sign-request.js', 'text/javascript'),
  '/docs/show-answer.js': browserFile('show-answer.js', 'text/javascript'),
  '/docs/show-order.js': browserFile('show-order.js', 'text/javascript'),
  '/docs/elements.js': browserFile('elements.js', 'text/javascript'),
});

/** A file that the page loads, served as it is: lib/docs-function.ts puts the folder beside the bundle. */
function browserFile(name: string, mediaType: string): StaticDocument {
  const text = readFileSync(join(import.meta.dirname, 'browser', name), 'utf8');
  return { contentType: `${mediaType}; charset=utf-8`, text, headers: pageHeaders };
}
