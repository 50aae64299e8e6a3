import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { signaturesOf } from '../../../../lambda/webhook-sender/sign.ts';
import { demoStore } from '../../../../tools/local/demo.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../../../tools/local/webhook-receiver.ts';

const body = '{"type":"payment.refund_succeeded.v1","timestamp":"2026-11-23T04:24:50.153Z","data":{"orderNo":"ORD-1"}}';
const id = 'RETREQ0-1-1';
const timestampS = 1_795_407_890;

let printed: string[];
let receiver: WebhookReceiver;
beforeEach(async () => {
  printed = [];
  receiver = await startWebhookReceiver(demoStore.webhookSecret, (line: string) => printed.push(line));
});
afterEach(async () => {
  await receiver.stop();
});

const send = async (signatures: string, sent = body) => {
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    'webhook-signature': signatures,
  };
  const { status } = await fetch(receiver.url, { method: 'POST', headers, body: sent });
  return status;
};
const signed = (secrets: readonly string[]) => signaturesOf(id, timestampS, body, secrets);
const otherSecret = `whsec_${Buffer.alloc(32).toString('base64')}`;

test('a webhook is printed in one line, with its id', async () => {
  expect(await send(signed([demoStore.webhookSecret]))).toBe(204);
  expect(printed.map((line) => JSON.parse(line) as object)).toEqual([
    { level: 'INFO', message: 'webhook-received', webhookId: id, isSigned: true, ...(JSON.parse(body) as object) },
  ]);
});

test('one signature of several is enough, while a secret is rotated', async () => {
  expect(await send(signed([otherSecret, demoStore.webhookSecret]))).toBe(204);
});

test.each([
  ['with another secret', signed([otherSecret]), body],
  ['for another body', signed([demoStore.webhookSecret]), body.replace('ORD-1', 'ORD-2')],
  ['not at all', '', body],
])('what is signed %s is refused, and nothing of it is printed', async (_how, signatures, sent) => {
  expect(await send(signatures, sent)).toBe(401);
  expect(printed.map((line) => JSON.parse(line) as object)).toEqual([
    { level: 'WARN', message: 'webhook-received', webhookId: id, isSigned: false },
  ]);
});
