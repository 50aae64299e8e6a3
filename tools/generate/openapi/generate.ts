import { readFileSync } from 'node:fs';
import { openApiDocument, type OpenApiExample } from './document.ts';

export const openApiFile = new URL('../../../docs/openapi.json', import.meta.url);

/** docs/openapi.json, with the examples of the specification. */
export function generatedOpenApi(): string {
  const examples = {
    'full-order': exampleOf('full-order', 'Full order cancellation'),
    'item-level': exampleOf('item-level', 'Item-level cancellation'),
    'partial-amount': exampleOf('partial-amount', 'Partial cancellation by amount'),
  };
  return `${JSON.stringify(openApiDocument(examples), null, 2)}\n`;
}

function exampleOf(name: string, title: string): OpenApiExample {
  const response = readExample(`${name}.response`) as { timestamp: string; data: object };
  return {
    title,
    request: readExample(`${name}.request`),
    // As this service writes them: milliseconds, and an id that sorts by time.
    response: {
      ...response,
      timestamp: response.timestamp.replace(/(\.\d{3})\d*Z$/, '$1Z'),
      data: { ...response.data, returnRequestId: 'RETREQ01KDRKZ1MNWQ4Y6V2S8C5T7HGF' },
    },
  };
}

function readExample(name: string): unknown {
  const file = new URL(`../../../examples/specification/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}
