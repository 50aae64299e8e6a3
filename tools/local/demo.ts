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
  /** What its webhooks are signed with. */
  readonly webhookSecret: string;
}

/** A cancel request. Each example has a demo order of its own. */
export interface DemoExample {
  /** Letters and hyphens: the name of the specification's example in examples/specification. */
  readonly name: string;
  readonly title: string;
  readonly request: CancellationRequest;
}

/** The store that npm start creates on localhost. Its keys are public, so they must never be put anywhere else. */
export const demoStore = readExample('store.json') as DemoStore;
/** README.md, npm start, the page and docs/openapi.json all show these same requests. */
export const demoExamples = readExample('requests.json') as DemoExample[];
export const demoOrdersFile = new URL('../../examples/orders.json', import.meta.url);

function readExample(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8'));
}
