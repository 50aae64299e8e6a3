import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { cancelSuccessSchema } from '../../../../lambda/cancel/cancel-response.schema.ts';
import { refusalSchema } from '../../../../lambda/contract/envelope.schema.ts';
import { refusalEnvelope } from '../../../../lambda/contract/envelope.ts';
import { gatewayRefusals, type RefusalKind, refusals } from '../../../../lambda/contract/result-codes.ts';
import { type Example, exampleText } from '../../../../tools/in-memory/requests.ts';

const isResponse = new Ajv().compile({ oneOf: [cancelSuccessSchema, refusalSchema] });
const stamp = { requestId: 'request-1', timestamp: '2025-12-31T06:14:13.909+09:00' };
const refusal = (overrides: object = {}) => ({
  resultCode: 'EBP-C-0007',
  message: 'The request body has invalid fields.',
  ...stamp,
  data: null,
  errors: [{ field: '/items/0/a~1b', reason: 'FIELD_UNKNOWN', message: 'a/b is not a field.' }],
  ...overrides,
});
const specified = JSON.parse(exampleText('full-order', 'response')) as { data: { items: object[] } };
const success = {
  ...specified,
  ...stamp,
  data: { ...specified.data, returnRequestId: 'RETREQ01M83ACHPNC4058296CG59ANH6' },
};

describe('a response', () => {
  test.each<Example>(['full-order', 'item-level', 'partial-amount'])("may have the %s example's fields", (example) => {
    const specified = JSON.parse(exampleText(example, 'response')) as { data: object };
    const data = { ...specified.data, returnRequestId: success.data.returnRequestId };
    expect(isResponse({ ...specified, ...stamp, data })).toBe(true);
  });

  test.each(Object.keys(refusals) as RefusalKind[])('may be the refusal %s', (name) => {
    expect(isResponse(refusalEnvelope(name, [], 'ko', stamp))).toBe(true);
  });

  test.each(Object.entries(gatewayRefusals))("may be the gateway's %s", (_name, { resultCode, message }) => {
    const timestamp = '23/Nov/2026:04:24:50 +0000';
    expect(isResponse({ resultCode, message, requestId: 'request-1', timestamp, data: null, errors: [] })).toBe(true);
  });

  test('may say where a request is wrong', () => {
    expect(isResponse(refusal())).toBe(true);
    expect(isResponse(refusal({ errors: [{ header: 'Time-Zone', reason: 'HEADER_MALFORMED', message: 'm' }] }))).toBe(
      true,
    );
  });

  test.each([
    ['a field that the envelope does not have', { ...success, traceId: 'x' }],
    ['a field that the data does not have', { ...success, data: { ...success.data, accountNumber: '1' } }],
    ['success without data', { ...success, data: null }],
    ['success with errors', { ...success, errors: [] }],
    ['success without items', { ...success, data: { ...success.data, items: [] } }],
    ['an item without its quantity', { ...success, data: { ...success.data, items: [{ seq: 1, itemId: 'A' }] } }],
    ['a negative amount', { ...success, data: { ...success.data, totalProductAmount: -1 } }],
    ['a refusal with data', refusal({ data: success.data })],
    ['a refusal without errors', refusal({ errors: undefined })],
    ['a result code that the contract does not have', refusal({ resultCode: 'EBP-C-9999' })],
    ['a reason that the contract does not have', refusal({ errors: [{ field: '', reason: 'NO', message: 'm' }] })],
    ['an error at two places', refusal({ errors: [{ ...refusal().errors[0], header: 'Time-Zone' }] })],
    ['an error at no place', refusal({ errors: [{ reason: 'FIELD_UNKNOWN', message: 'm' }] })],
    ['a field that is no JSON Pointer', refusal({ errors: [{ ...refusal().errors[0], field: 'items' }] })],
    ['a local time without an offset', refusal({ timestamp: '2025-12-31T06:14:13.909' })],
    ['no request id', refusal({ requestId: '' })],
  ])('may not have %s', (_name, response) => {
    expect(isResponse(response)).toBe(false);
  });
});
