import { describe, expect, test } from '@jest/globals';
import { canceledFor, conditionFailed, Invalid, onWire } from '../../support/dynamodb-errors.ts';
import { unitsOf } from './dynamodb-proxy.ts';
import { checkReplay, checkStatuses } from './units.ts';

const refusedWrite = canceledFor([{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }]);

test.each([
  ['GetItem', { ConsumedCapacity: { CapacityUnits: 1 } }, [0, 1, 0]],
  ['BatchGetItem', { ConsumedCapacity: [{ CapacityUnits: 1 }, { CapacityUnits: 2 }] }, [0, 3, 0]],
  ['TransactGetItems', { ConsumedCapacity: [{ CapacityUnits: 2 }] }, [1, 2, 0]],
  ['TransactWriteItems', { ConsumedCapacity: [{ CapacityUnits: 2 }, { CapacityUnits: 2 }] }, [1, 0, 4]],
  ['PutItem', onWire(conditionFailed()).body, [0, 0, 1]],
  ['TransactWriteItems', onWire(refusedWrite).body, [1, 0, 4]],
  ['PutItem', onWire(new Invalid('No.')).body, [0, 0, 0]],
])('%s answered with %j is billed as transactions, reads and writes of %j', (operation, output, units) => {
  const [transactions, reads, writes] = units;
  expect(unitsOf(operation, { TransactItems: [{}, {}] }, output)).toEqual({ transactions, reads, writes });
});

describe('units count only of', () => {
  test('the responses that they are published for', () => {
    expect(() => checkStatuses({ 200: 1, 409: 1 }, [200, 409], 'peer b')).not.toThrow();
  });

  test.each([
    ['another status', { 200: 1, 500: 1 }, '{"200":1,"500":1}'],
    ['a refusal in place of a conflict', { 200: 1, 400: 1 }, '{"200":1,"400":1}'],
    ['a conflict that was none', { 200: 2 }, '{"200":2}'],
    ['a response too few', { 409: 1 }, '{"409":1}'],
  ])('those, and not of %s', (_name, statuses, got) => {
    expect(() => checkStatuses(statuses, [200, 409], 'peer b')).toThrow(
      `peer b: answered ${got} and not {"200":1,"409":1}.`,
    );
  });

  test('a replay that makes no transaction', () => {
    const units = { requests: 1, transactions: 0, reads: 2, writes: 0 };
    expect(() => checkReplay(units, 200, 'ours')).not.toThrow();
    expect(() => checkReplay({ ...units, transactions: 1 }, 200, 'ours')).toThrow('ours: canceled a repeated request');
    expect(() => checkReplay({ ...units, transactions: 1 }, 409, 'peer b')).not.toThrow();
  });
});
