import { readFileSync } from 'node:fs';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';

export interface DemoStore {
  readonly storeId: string;
  readonly divisionCode: string;
  readonly channelCode: string;
  readonly ricCode: string;
  readonly countryCode: string;
  readonly currencyCode: string;
  readonly accessKey: string;
  readonly hashKey: string;
}

/** A request to cancel, of a demo order of its own. */
export interface DemoExample {
  /** Of letters and hyphens, as the specification's example is called in examples/specification. */
  readonly name: string;
  readonly title: string;
  readonly request: CancellationRequest;
}

/** The store that localhost knows. Its keys are public and are never put anywhere else. */
export const demoStore = readExample('store.json') as DemoStore;
/** The same bodies everywhere: in README.md, in what npm start prints, on the page, in docs/openapi.json. */
export const demoExamples = readExample('requests.json') as DemoExample[];
export const demoOrdersFile = new URL('../../examples/orders.json', import.meta.url);

function readExample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8'));
}
