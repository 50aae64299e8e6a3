import { describe, expect, test } from '@jest/globals';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import {
  endpointOf,
  type EndpointRow,
  impossibleAttributesOfEndpoint,
} from '../../../../lambda/dynamodb/endpoint-items.ts';
import { endpointWith, secretOf } from '../../../support/webhooks.ts';

const row: EndpointRow = {
  storeId: 'STORE-1',
  url: 'https://shop.example/webhooks',
  secrets: [{ secret: secretOf(1) }],
  createdAt: 0n,
};

describe('the row of an endpoint', () => {
  test('is read with what it lacks', () => {
    expect(endpointOf(row)).toEqual(endpointWith());
  });

  test('is read with all that it may have', () => {
    const secrets = [{ secret: secretOf(2) }, { secret: secretOf(1), until: 5n }];
    const full = { ...row, types: ['payment.voided.v1'], secrets, failingSince: 1n, busyUntil: 2n, goneAt: 3n };
    expect(endpointOf(full)).toEqual(
      endpointWith({
        types: ['payment.voided.v1'],
        secrets: [
          { secret: secretOf(2), untilMs: undefined },
          { secret: secretOf(1), untilMs: 5 },
        ],
        failingSinceMs: 1,
        busyUntilMs: 2,
        goneAtMs: 3,
      }),
    );
  });

  test.each<[keyof EndpointRow, unknown]>([
    ['storeId', ''],
    ['url', undefined],
    ['types', []],
    ['types', 'payment.voided.v1'],
    ['types', ['']],
    ['secrets', []],
    ['secrets', [null]],
    ['secrets', [{ secret: 'whsec_short' }]],
    ['secrets', [{ secret: secretOf(1), until: 5n }]],
    ['secrets', [{ secret: secretOf(2) }, { secret: secretOf(1), until: 'soon' }]],
    ['createdAt', 'yesterday'],
    ['failingSince', -1n],
    ['busyUntil', 1.5],
    ['goneAt', true],
  ])('cannot be with %s %p', (name, value) => {
    const broken = { ...row, [name]: value } as EndpointRow;
    expect(impossibleAttributesOfEndpoint(broken)).toEqual([name]);
    expect(() => endpointOf(broken)).toThrow(new InvariantViolated(`An endpoint has an impossible ${name}.`));
  });
});
