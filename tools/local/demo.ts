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

export interface DemoExample {
  readonly title: string;
  readonly request: CancellationRequest;
}

/** The store that localhost knows. Its keys are public and are never put anywhere else. */
export const demoStore = readDemo('store.json') as DemoStore;
export const demoExamples = readDemo('examples.json') as DemoExample[];
export const demoOrdersFile = new URL('./demo/orders.json', import.meta.url);

function readDemo(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./demo/${name}`, import.meta.url), 'utf8'));
}
