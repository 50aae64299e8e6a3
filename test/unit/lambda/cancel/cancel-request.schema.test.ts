import { expect, test } from '@jest/globals';
import isCancelRequest from '../../../../lambda/cancel/cancel-request.validator.cjs';
import { acceptedByCancelField } from '../../../../lambda/cancel/cancel-request.ts';
import { maxBodyBytes, maxCount, maxItems } from '../../../../lambda/contract/limits.ts';
import { cancelRequestSchema } from '../../../../lambda/cancel/cancel-request.schema.ts';
import { type Example, exampleRequest } from '../../../../tools/in-memory/requests.ts';

test.each<Example>(['full-order', 'item-level', 'partial-amount'])(
  'the specification’s %s example keeps to the schema',
  (example) => {
    expect(isCancelRequest(exampleRequest(example))).toBe(true);
  },
);

test('the limits are those of the contract', () => {
  expect({ maxBodyBytes, maxItems, maxCount }).toEqual({ maxBodyBytes: 65_536, maxItems: 100, maxCount: 1_000_000 });
});

test('every field has a sentence on what it accepts', () => {
  const { properties } = cancelRequestSchema;
  const fields = [
    ...Object.keys(properties),
    ...Object.keys(properties.refundAccount.properties),
    ...Object.keys(properties.items.items.properties),
  ];
  expect(Object.keys(acceptedByCancelField).sort()).toEqual(fields.sort());
});
