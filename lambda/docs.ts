import openApi from '../docs/openapi.json' with { type: 'json' };
import { createDocsHandler } from './serve-documents.ts';

// The entry of the function that serves documentation: what the bundle holds, and nothing else.
export const handler = createDocsHandler({
  '/openapi.json': { contentType: 'application/json; charset=utf-8', text: JSON.stringify(openApi) },
});
