import { expect, test } from '@jest/globals';
import { readDetailVariables, readVariables } from '../../../../lambda/environment/variables.ts';

const environment = {
  ORDERS_TABLE: 'orders',
  CANCELLATIONS_TABLE: 'cancellations',
  STORE_KEYS_TABLE: 'keys',
  SERVICE_NAME: 'payment-cancel-test',
  COMMIT: 'a1b2c3d4e5f6',
};

test('the tables are named by the environment', () => {
  expect(readVariables(environment)).toEqual({
    ordersTable: 'orders',
    cancellationsTable: 'cancellations',
    storeKeysTable: 'keys',
    service: 'payment-cancel-test',
    version: 'a1b2c3d4e5f6',
  });
});

test('the detail function has a table more', () => {
  const named = { ...readVariables(environment), executionsTable: 'executions' };
  expect(readDetailVariables({ ...environment, EXECUTIONS_TABLE: 'executions' })).toEqual(named);
  expect(() => readDetailVariables(environment)).toThrow('The environment lacks EXECUTIONS_TABLE.');
});

test.each(Object.keys(environment))('without %s it fails and names it', (name) => {
  expect(() => readVariables({ ...environment, [name]: undefined })).toThrow(`The environment lacks ${name}.`);
  expect(() => readVariables({ ...environment, [name]: '' })).toThrow(`The environment lacks ${name}.`);
});

test('all variables that are missing are named together', () => {
  expect(() => readVariables({})).toThrow(
    'The environment lacks ORDERS_TABLE, CANCELLATIONS_TABLE, STORE_KEYS_TABLE, SERVICE_NAME, COMMIT.',
  );
});
