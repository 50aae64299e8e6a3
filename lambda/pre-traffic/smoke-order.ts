import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { zeroAmounts } from '../domain/line-amounts.ts';
import type { Order } from '../domain/order.ts';
import { orderRow, type CredentialRow } from '../dynamodb/items.ts';
import { accessKeyHashOf } from '../dynamodb/credential-repository.ts';

/**
 * The reserved store that deployments are tested with. Its access key is no secret: nothing can be signed without the
 * hash key, which is new for each test and valid for a quarter of an hour.
 */
export const smokeStore = {
  storeId: 'SMOKE-TEST',
  divisionCode: 'SMOKE-TEST',
  channelCode: 'SMOKE-TEST',
  accessKey: 'smoke-test',
};

export const smokeAccessKeyHash = accessKeyHashOf(smokeStore.accessKey);

export interface SmokeOrder {
  readonly orderNo: string;
  readonly hashKey: string;
}

const validityMs = 15 * 60 * 1000;

/**
 * Puts a credential of the reserved store and a captured order of one line, 1 x 3000 KRW, to test a deployment with.
 */
export async function putSmokeOrder(
  client: DynamoDBDocumentClient,
  tables: { readonly orders: string; readonly storeKeys: string },
  nowMs: number,
): Promise<SmokeOrder> {
  const hashKey = randomBytes(32).toString('hex');
  const credential: CredentialRow = {
    accessKeyHash: smokeAccessKeyHash,
    storeId: smokeStore.storeId,
    divisionCode: smokeStore.divisionCode,
    channelCode: smokeStore.channelCode,
    hashKey,
    issuedAt: BigInt(nowMs),
    expiresAt: BigInt(nowMs + validityMs),
  };
  const order: Order = {
    storeId: smokeStore.storeId,
    orderNo: `SMOKE-${ulid(nowMs)}`,
    currencyCode: 'KRW',
    paymentStatus: 'CAPTURED',
    refundMethod: 'ORIGINAL',
    version: 1,
    lines: [
      {
        seq: 1,
        itemType: 'PHYSICAL',
        itemId: 'SMOKE',
        quantity: 1,
        unitAmountMinor: 3000n,
        unitTaxMinor: 0n,
        canceled: zeroAmounts,
      },
    ],
  };
  await client.send(new PutCommand({ TableName: tables.storeKeys, Item: credential }));
  await client.send(new PutCommand({ TableName: tables.orders, Item: orderRow(order) }));
  return { orderNo: order.orderNo, hashKey };
}
