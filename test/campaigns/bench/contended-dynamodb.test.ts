import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { orderWritesPerSecond, TokenBucket } from '../../support/token-bucket.ts';
import { orderWriteOf, startContendedDynamoDb } from './contended-dynamodb.ts';

let engine: Server;
let proxy: Awaited<ReturnType<typeof startContendedDynamoDb>>;
const forwarded: string[] = [];

beforeAll(async () => {
  engine = createServer((request, response) => {
    forwarded.push(String(request.headers['x-amz-target']));
    request.resume().on('end', () => response.end('{}'));
  });
  engine.listen(0, '127.0.0.1');
  await once(engine, 'listening');
  proxy = await startContendedDynamoDb(`http://127.0.0.1:${(engine.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await proxy.close();
  engine.closeAllConnections();
  engine.close();
});

function bodyOf(orderNo: string, versionRead: number): string {
  const ExpressionAttributeValues = {
    ':versionRead': { N: `${versionRead}` },
    ':nextVersion': { N: `${versionRead + 1}` },
  };
  const Update = { Key: { orderKey: { S: orderNo } }, ExpressionAttributeValues };
  return JSON.stringify({ TransactItems: [{ Update }, { Put: {} }] });
}

async function send(body: string): Promise<{ status: number; codes: string[] }> {
  const headers = { 'x-amz-target': 'DynamoDB_20120810.TransactWriteItems' };
  const answer = await fetch(proxy.endpoint, { method: 'POST', headers, body });
  const { CancellationReasons = [] } = (await answer.json()) as { CancellationReasons?: Array<{ Code: string }> };
  return { status: answer.status, codes: CancellationReasons.map(({ Code }) => Code) };
}

test('of writes of one order that overlap, the first one goes on and the others are in conflict', async () => {
  const answers = await Promise.all([send(bodyOf('A', 1)), send(bodyOf('A', 1)), send(bodyOf('B', 1))]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(answers.flatMap(({ codes }) => codes)).toEqual(['TransactionConflict', 'None']);
});

test("writes that have lost their race are in nobody's way, and the engine says so", async () => {
  await send(bodyOf('C', 7));
  const before = forwarded.length;
  const answers = await Promise.all([send(bodyOf('C', 6)), send(bodyOf('C', 6))]);
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
  expect(forwarded.length - before).toBe(2);
});

test('a transaction that is no cancellation is an error', () => {
  expect(() => orderWriteOf(Buffer.from('{"TransactItems":[{}]}'))).toThrow('not the update of an order');
});

test("an order admits a tenth of a second's writes at once, and then as many as time allows", () => {
  const bucket = new TokenBucket(orderWritesPerSecond, 0);
  const admittedAt = (nowMs: number) => Array.from({ length: 1000 }, () => bucket.take(nowMs)).filter(Boolean).length;
  expect(admittedAt(0)).toBe(50);
  expect(admittedAt(10)).toBe(5);
  expect(admittedAt(10_000)).toBe(50);
});
