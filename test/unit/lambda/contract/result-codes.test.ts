import { expect, test } from '@jest/globals';
import {
  gatewayRefusals,
  type RefusalKind,
  refusals,
  type ResponseKind,
  success,
} from '../../../../lambda/contract/result-codes.ts';

const rows: Readonly<Record<RefusalKind, readonly [status: number, resultCode: string]>> = {
  BODY_TOO_LARGE: [413, 'EBP-C-0006'],
  HEADERS_INVALID: [400, 'EBP-A-0001'],
  UNAUTHENTICATED: [401, 'EBP-A-0001'],
  ENCODING_UNSUPPORTED: [415, 'EBP-C-0006'],
  NOT_JSON: [415, 'EBP-C-0006'],
  INVALID_JSON: [400, 'EBP-C-0006'],
  SCHEMA_VIOLATED: [400, 'EBP-C-0007'],
  ORDER_NOT_FOUND: [404, 'EBP-Z-0002'],
  RULES_BROKEN: [400, 'EBP-C-0004'],
  ORDER_CHANGED: [412, 'EBP-C-0004'],
  KEY_REUSED: [422, 'EBP-C-0005'],
  DUPLICATE: [409, 'EBP-C-0005'],
  UNAVAILABLE: [503, 'EBP-C-0011'],
  OUTCOME_UNKNOWN: [503, 'EBP-C-0011'],
  INTERNAL_ERROR: [500, 'EBP-Z-0010'],
};
const names = Object.keys(refusals) as RefusalKind[];

test.each(names)('%s has the status and the code of the contract', (name) => {
  const { status, resultCode } = refusals[name];
  expect([status, resultCode]).toEqual(rows[name]);
});

test.each(names)('%s has a message in both languages', (name) => {
  const { message } = refusals[name];
  expect(message.en).toMatch(/^[ -~]+\.$/);
  expect(message.ko).toMatch(/\p{Script=Hangul}.*\.$/u);
});

test('a success says SUCCESS in both languages', () => {
  expect(success).toEqual({ status: 200, resultCode: '0', message: { en: 'SUCCESS', ko: 'SUCCESS' } });
});

test('only a refusal that may be sent again says when', () => {
  const toRetry = names.filter((name) => (refusals[name] as ResponseKind).retryAfterSeconds !== undefined);
  expect(toRetry).toEqual(['UNAVAILABLE', 'OUTCOME_UNKNOWN']);
});

test('a 503 says whether nothing was canceled, or whether that is not known', () => {
  expect(refusals.UNAVAILABLE.message.en).toMatch(/Nothing was canceled by this request: send the same request again/);
  expect(refusals.OUTCOME_UNKNOWN.message.en).toMatch(/not known whether .*\. Send the same request again/);
  expect(refusals.OUTCOME_UNKNOWN.message.en).not.toMatch(/nothing was canceled/i);
});

test.each(['RULES_BROKEN', 'ORDER_CHANGED'] as const)('%s says that nothing was canceled', (name) => {
  expect(refusals[name].message.en).toContain('Nothing was canceled by this request.');
});

test.each([
  ['MISSING_AUTHENTICATION_TOKEN', 404, 'EBP-Z-0001'],
  ['REQUEST_TOO_LARGE', 413, 'EBP-C-0006'],
  ['THROTTLED', 429, 'EBP-C-0011'],
  ['DEFAULT_5XX', undefined, 'EBP-Z-0010'],
] as const)('the gateway’s own %s has the code of the contract', (name, status, resultCode) => {
  expect(gatewayRefusals[name]).toMatchObject({ status, resultCode });
});
