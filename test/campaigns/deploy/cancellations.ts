import assert from 'node:assert/strict';
import { type Example, exampleText, itemOf, requestOf, type Store } from '../../../tools/in-memory/requests.ts';
import { inLanes } from './lanes.ts';
import { cancel, detail } from './merchant.ts';

const orderNo = 'ORD20251224001';
const examples: readonly Example[] = ['full-order', 'item-level', 'partial-amount'];

/** The stores that are needed: one for each example of the specification, one for a storm, one for refunds. */
export const storeIds = [...examples, 'STORM', 'REFUNDS'].map((name) => name.toUpperCase());

/** Sends each example of the specification, word for word, and checks the data of its response. */
export async function sendExamples(url: string, stores: readonly Store[]): Promise<void> {
  for (const [index, example] of examples.entries()) {
    const { status, isReplay, envelope } = await cancel(url, storeAt(stores, index), exampleText(example, 'request'));
    const { data } = JSON.parse(exampleText(example, 'response')) as { readonly data: object };
    const { returnRequestId } = envelope.data ?? {};
    assert.deepEqual({ status, isReplay }, { status: 200, isReplay: false }, JSON.stringify(envelope));
    assert.deepEqual(envelope.data, { ...data, returnRequestId });
    assert.ok(returnRequestId, `${example} has no returnRequestId`);
  }
}

/** Sends the examples again. They are replays of what is stored, whichever version wrote it. */
export async function replayExamples(url: string, stores: readonly Store[]): Promise<void> {
  for (const [index, example] of examples.entries()) {
    const store = storeAt(stores, index);
    const { status, isReplay, envelope } = await cancel(url, store, exampleText(example, 'request'));
    assert.deepEqual({ status, isReplay }, { status: 200, isReplay: true }, JSON.stringify(envelope));

    const listed = await detail(url, store, orderNo);
    assert.equal(listed.status, 200);
    const ids = listed.envelope.data?.cancellations?.map(({ returnRequestId }) => returnRequestId);
    assert.deepEqual(ids, [envelope.data?.returnRequestId]);
  }
}

/** What each signed function says of an order that does not exist, which shows the version that has its traffic. */
export async function sayOfMissingOrder(url: string, store: Store): Promise<Record<'cancel' | 'detail', string>> {
  const canceled = await cancel(url, store, JSON.stringify(requestOf([itemOf()], { orderNo: 'NONE' })));
  const shown = await detail(url, store, 'NONE');
  return { cancel: canceled.envelope.message, detail: shown.envelope.message };
}

/** Each is refused where the contract says so, and cancels nothing: replayExamples finds one cancellation only. */
export async function sendRefusals(url: string, stores: readonly Store[]): Promise<void> {
  const store = storeAt(stores, 0);
  const body = exampleText('full-order', 'request');
  const forged = { 'X-EBP-Signature': '0'.repeat(64) };
  await expectRefusal('401 EBP-A-0001', cancel(url, store, body, forged));
  await expectRefusal('401 EBP-A-0001', cancel(url, { ...store, storeId: 'ANOTHER' }, body));
  await expectRefusal('400 EBP-C-0006', cancel(url, store, '{'));
  await expectRefusal('400 EBP-C-0007', cancel(url, store, '{}'));
  await expectRefusal('404 EBP-Z-0002', cancel(url, store, JSON.stringify(requestOf([itemOf()], { orderNo: 'NONE' }))));
  await expectRefusal('400 EBP-C-0004', cancel(url, store, JSON.stringify(requestOf([itemOf()]))));
}

async function expectRefusal(expected: string, sent: ReturnType<typeof cancel>): Promise<void> {
  const { status, envelope } = await sent;
  assert.equal(`${status} ${envelope.resultCode}`, expected, JSON.stringify(envelope));
  assert.equal(envelope.data, null);
}

const storm = { requests: 60, atOnce: 10 };

/** Many requests with one key at once are one cancellation, and as many equal responses. */
export async function sendStorm(url: string, stores: readonly Store[]): Promise<void> {
  const store = storeAt(stores, examples.length);
  const body = JSON.stringify(requestOf([itemOf({ quantity: 1, amount: 1000 })]));
  const responses = await inLanes(Array.from({ length: storm.requests }), storm.atOnce, async () => {
    return await cancel(url, store, body, { 'X-Idempotency-Key': 'storm' });
  });
  assert.deepEqual(new Set(responses.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(responses.map(({ envelope }) => JSON.stringify(envelope.data))).size, 1);
  assert.equal(responses.filter(({ isReplay }) => !isReplay).length, 1);
  const { envelope } = await detail(url, store, orderNo);
  assert.equal(envelope.data?.cancellations?.length, 1);
}

/** What was left of an order that an earlier version changed can be canceled. */
export async function cancelTheRest(url: string, stores: readonly Store[]): Promise<void> {
  const body = JSON.stringify(requestOf([itemOf({ quantity: 1, amount: 2000 })]));
  const { status, envelope } = await cancel(url, storeAt(stores, examples.length), body);
  assert.equal(status, 200, JSON.stringify(envelope));
  const { envelope: after } = await detail(url, storeAt(stores, examples.length), orderNo);
  assert.equal(after.data?.cancellations?.length, 2);
}

function storeAt(stores: readonly Store[], index: number): Store {
  const store = stores[index];
  if (store === undefined) throw new Error(`There is no store ${index}.`);
  return store;
}
