import { describe, expect, test } from '@jest/globals';
import type { CancellationData } from '../../../../lambda/contract/cancellation-data.ts';
import { refusalEnvelope, successEnvelope } from '../../../../lambda/contract/envelope.ts';
import type { Violation } from '../../../../lambda/contract/violations.ts';

const stamp = { requestId: 'request-1', timestamp: '2025-12-30T21:14:13.909Z' };

test('a success has exactly the five fields of the specification', () => {
  const data = { orderNo: 'ORD-1' } as CancellationData;
  expect(JSON.stringify(successEnvelope(data, stamp))).toBe(
    '{"resultCode":"0","message":"SUCCESS","requestId":"request-1","timestamp":"2025-12-30T21:14:13.909Z",' +
      '"data":{"orderNo":"ORD-1"}}',
  );
});

describe('a refusal', () => {
  const violations: Violation[] = [
    { reason: 'HEADER_REPEATED', at: { header: 'X-Store-Id' } },
    { reason: 'FIELD_REPEATED', at: { field: '/items/0/seq' } },
  ];

  test('has the same envelope with no data and a list of errors', () => {
    expect(refusalEnvelope('INVALID_JSON', violations, 'en', stamp)).toEqual({
      resultCode: 'EBP-C-0006',
      message: 'The request body cannot be parsed.',
      ...stamp,
      data: null,
      errors: [
        {
          header: 'X-Store-Id',
          reason: 'HEADER_REPEATED',
          message: 'The header X-Store-Id is sent more than once: send it once.',
        },
        {
          field: '/items/0/seq',
          reason: 'FIELD_REPEATED',
          message: 'seq stands more than once in the same object: send it once.',
        },
      ],
    });
  });

  test('speaks one language throughout', () => {
    const { message, errors = [] } = refusalEnvelope('INVALID_JSON', violations, 'ko', stamp);
    expect(
      [message, ...errors.map((error) => error.message)].filter((text) => !/\p{Script=Hangul}/u.test(text)),
    ).toEqual([]);
  });

  test('lists at most 1000 places', () => {
    const many = Array.from(
      { length: 1001 },
      (): Violation => ({ reason: 'FIELD_UNKNOWN', at: { field: '/x' }, shown: 'y' }),
    );
    expect(refusalEnvelope('SCHEMA_VIOLATED', many.slice(1), 'en', stamp).errors).toHaveLength(1000);
    expect(refusalEnvelope('SCHEMA_VIOLATED', many, 'en', stamp).errors).toHaveLength(1000);
  });

  test('without violations has an empty list', () => {
    expect(refusalEnvelope('UNAVAILABLE', [], 'en', stamp)).toMatchObject({ data: null, errors: [] });
  });
});
