import { describe, expect, test } from '@jest/globals';
import { createCredentialRepository } from '../../../lambda/dynamodb/credential-repository.ts';
import { type OrderRow, orderOf as orderOfRow, orderRow } from '../../../lambda/dynamodb/items.ts';
import { startOfTest } from '../../../tools/in-memory/memory-service.ts';
import { store } from '../../../tools/in-memory/requests.ts';
import { type Headers, shopWith } from '../../support/shop.ts';
import { errorsOf } from '../../support/send.ts';
import { stubClient } from '../../support/stub-client.ts';

// Rows that nothing of this service can have written: an import by hand, a half-finished restore. They fail closed.

const keyRow = {
  storeId: store.storeId,
  divisionCode: store.divisionCode,
  channelCode: store.channelCode,
  hashKey: store.hashKey,
  issuedAt: BigInt(startOfTest),
  expiresAt: BigInt(startOfTest) + 1_000_000_000n,
};

/** Sends a request while the store's key is stored as this row. */
async function sendWithKey(row: object, headers: Headers = {}) {
  const shop = shopWith('1 x 3000');
  const { client } = stubClient({ Item: row }, { Item: row });
  shop.service.credentials.find = createCredentialRepository(client, 'keys', () => startOfTest).find;
  return { response: await shop.cancel('1 x 3000', {}, headers), left: shop.left() };
}

describe('a store key', () => {
  test('that can be is accepted', async () => {
    expect((await sendWithKey(keyRow)).response.status).toBe(200);
  });

  test.each<[string, object, Headers]>([
    ['no hash key, and a signature of zeros', { hashKey: undefined }, { 'X-EBP-Signature': '0'.repeat(64) }],
    ['no hash key', { hashKey: undefined }, {}],
    ['an empty hash key, and a signature made with it', { hashKey: '' }, { 'X-EBP-Signature': 'e'.repeat(64) }],
    ['a hash key that is a number', { hashKey: 5n }, {}],
    ['no expiry', { expiresAt: undefined }, {}],
    ['a text for an expiry', { expiresAt: 'never' }, {}],
    ['an expiry below 0', { expiresAt: -1n }, {}],
    ['no store', { storeId: undefined }, {}],
    ['an empty channel', { channelCode: '' }, {}],
  ])('with %s is answered like an unknown one', async (_what, wrong, headers) => {
    const unknown = await shopWith('1 x 3000').cancel('1 x 3000', {}, { 'X-Access-Key': 'unknown' });
    const { response, left } = await sendWithKey({ ...keyRow, ...wrong }, headers);
    expect([response.status, response.envelope]).toEqual([401, unknown.envelope]);
    expect(left).toEqual(['1 units, 3000 (0)']);
  });
});

/** Sends a request while the order is stored as this row, by the way that the real repositories read it. */
async function sendWithOrder(change: (row: OrderRow) => object) {
  const shop = shopWith('1 x 3000 (200)');
  const row = change(orderRow(shop.order())) as OrderRow;
  shop.service.repository.load = async () => ({ kind: 'LOADED', order: orderOfRow(row), record: undefined });
  shop.detail.history.findOrder = async () => orderOfRow(row);
  return { canceled: await shop.cancel('1 x 3000'), asked: await shop.ask(), reports: shop.service.reports };
}

describe('an order', () => {
  test('that can be is canceled', async () => {
    expect((await sendWithOrder((row) => row)).canceled.status).toBe(200);
  });

  test.each<[string, (row: OrderRow) => object]>([
    ['no refund method', (row) => ({ ...row, rm: undefined })],
    ['a refund method in other letters', (row) => ({ ...row, rm: 'bank' })],
    ['no version', (row) => ({ ...row, v: undefined })],
    ['a text for a version', (row) => ({ ...row, v: '1' })],
    ['the version 0', (row) => ({ ...row, v: 0n })],
    ['a version of 1.5', (row) => ({ ...row, v: 1.5 })],
    ['an unknown status', (row) => ({ ...row, st: 'PAID' })],
    ['no currency', (row) => ({ ...row, cur: undefined })],
    ['an unknown currency', (row) => ({ ...row, cur: 'XXX' })],
    [
      'a line with more tax than amount',
      (row) => ({ ...row, lines: row.lines.map((line) => ({ ...line, t: 3001n })) }),
    ],
    ['a line of no units', (row) => ({ ...row, lines: row.lines.map((line) => ({ ...line, q: 0n })) })],
    ['no lines', (row) => ({ ...row, lines: [] })],
  ])('with %s is a 500 in both calls, and never one to be sent again', async (_what, change) => {
    const { canceled, asked, reports } = await sendWithOrder(change);
    for (const { status, envelope, headers } of [canceled, asked]) {
      expect([status, envelope.resultCode, headers['Retry-After']]).toEqual([500, 'EBP-Z-0010', undefined]);
      expect(envelope.errors).toEqual([]);
    }
    expect(errorsOf(canceled)).toEqual([]);
    expect(reports.map(({ error }) => (error as Error).name)).toEqual(['InvariantViolated']);
  });
});
