import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openApi from '../../docs/openapi.json' with { type: 'json' };
import type { DocumentPath } from './document-paths.ts';
import type { StaticDocument } from './handler.ts';
import { pageHeaders } from './page/page-headers.ts';
import { renderPage } from './page/render-page.ts';

/**
 * What the docs function serves.
 * @param commit what is deployed. It is added here, because docs/openapi.json is the same whatever commit it is in.
 */
export function documentsOf(commit: string): Readonly<Record<DocumentPath, StaticDocument>> {
  const deployed = { ...openApi, info: { ...openApi.info, 'x-commit': commit } };
  return {
    '/openapi.json': { contentType: 'application/json; charset=utf-8', text: JSON.stringify(deployed) },
    '/docs': { contentType: 'text/html; charset=utf-8', text: renderPage(openApi), headers: pageHeaders },
    '/docs/page.css': browserFile('page.css', 'text/css'),
    '/docs/try-it.js': browserFile('try-it.js', 'text/javascript'),
    '/docs/sign-request.js': browserFile('sign-request.js', 'text/javascript'),
    '/docs/show-answer.js': browserFile('show-answer.js', 'text/javascript'),
    '/docs/show-order.js': browserFile('show-order.js', 'text/javascript'),
    '/docs/follow-executions.js': browserFile('follow-executions.js', 'text/javascript'),
    '/docs/execution-text.js': browserFile('execution-text.js', 'text/javascript'),
    '/docs/elements.js': browserFile('elements.js', 'text/javascript'),
  };
}

/** A file that the page loads, served as it is: lib/docs-function.ts puts the folder beside the bundle. */
function browserFile(name: string, mediaType: string): StaticDocument {
  const text = readFileSync(join(import.meta.dirname, 'browser', name), 'utf8');
  return { contentType: `${mediaType}; charset=utf-8`, text, headers: pageHeaders };
}
