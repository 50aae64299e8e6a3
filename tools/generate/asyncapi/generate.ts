import { asyncApiDocument } from './document.ts';
import { eventExamples, reportExamples } from './examples.ts';
import { platformExamples } from './platform-examples.ts';

export const asyncApiFile = new URL('../../../docs/asyncapi.json', import.meta.url);

/** docs/asyncapi.json */
export function generatedAsyncApi(): string {
  return `${JSON.stringify(asyncApiDocument(eventExamples(), platformExamples(), reportExamples()), null, 2)}\n`;
}
