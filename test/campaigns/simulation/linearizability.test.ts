import { describe, expect, test } from '@jest/globals';
import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { orderOf } from '../../../tools/in-memory/orders.ts';
import { itemOf, requestOf } from '../../../tools/in-memory/requests.ts';
import { linearize } from './linearizability.ts';
import { orderModel } from './order-model.ts';
import { dayMs } from './plan.ts';
import {
  after,
  at,
  canceling,
  captured,
  capturing,
  part,
  refusal,
  refusedOn,
  replay,
  second,
  success,
  third,
  units,
  verdict,
} from './sketches.ts';

describe('a history is sound', () => {
  test('when requests come one after the other', () => {
    const { order, data } = after(captured, ['A', second], ['B', third]);
    const [dataA, dataB] = data as [CancellationData, CancellationData];
    const a = canceling({ request: second, at: [1, 2], id: 'A', key: 'a', response: success(dataA) });
    const b = canceling({ request: third, at: [3, 4], id: 'B', key: 'b', meaning: 1, response: success(dataB, 3) });
    const again = canceling({ request: second, at: [5, 6], key: 'a', response: replay(dataA) });
    expect(verdict([a, b, again], order, ['A', 'B'])).toBe('SOUND');
  });

  test('when twins are answered the wrong way round in time', () => {
    const { order, data } = after(captured, ['A', third]);
    const twin = canceling({ request: third, at: [2, 5], key: 'a', response: replay(data[0]) });
    const own = canceling({ request: third, at: [1, 9], id: 'A', key: 'a', response: success(data[0]) });
    expect(verdict([own, twin], order, ['A'])).toBe('SOUND');
  });

  test('when a refusal says what remained at an instant within it', () => {
    const { order, data } = after(captured, ['A', part]);
    const a = canceling({ request: part, at: [2, 3], id: 'A', key: 'a', response: success(data[0]) });
    const b = canceling({
      request: third,
      at: [1, 4],
      id: 'B',
      key: 'b',
      meaning: 1,
      response: refusedOn(order, third),
    });
    expect(verdict([a, b], order, ['A'])).toBe('SOUND');
  });

  test('when a refusal says what remained before a cancellation that a twin knows of, and the order does not yet', () => {
    const { order, data } = after(captured, ['A', part]);
    const own = canceling({ request: part, at: [1, 20], id: 'A', key: 'a', response: success(data[0]) });
    const twin = canceling({ request: part, at: [2, 5], key: 'a', response: replay(data[0]) });
    const wrong = requestOf([itemOf()], { totalCancelAmount: 1 });
    const other = { request: wrong, key: 'b', meaning: 1, response: refusedOn(captured, wrong) };
    const during = canceling({ ...other, at: [6, 15] });
    expect(verdict([own, twin, during], order, ['A'], captured, 10)).toBe('SOUND');
    expect(verdict([own, twin, during], order, ['A'], captured, 6)).toBe('BROKEN');
    const captureReads = capturing(6, 'CAPTURED');
    expect(verdict([own, twin, captureReads], order, ['A'], captured, 10)).toBe('SOUND');
    expect(verdict([own, twin, captureReads], order, ['A'], captured, 5)).toBe('BROKEN');
  });

  test('when an unknown outcome was applied after its response, or never', () => {
    const { order, data } = after(captured, ['A', second], ['B', third]);
    const unknown = canceling({ request: third, at: [1, Infinity], id: 'B', key: 'b', meaning: 1 });
    const a = canceling({ request: second, at: [5, 6], id: 'A', key: 'a', response: success(data[0]) });
    expect(verdict([unknown, a], order, ['A', 'B'])).toBe('SOUND');
    expect(verdict([unknown, a], after(captured, ['A', second]).order, ['A'])).toBe('SOUND');
  });

  test('when a void was refused before capture and a refund allowed after it', () => {
    const authorized = orderOf({ paymentStatus: 'AUTHORIZED' });
    const { order, data } = after({ ...captured, version: 2 }, ['B', third]);
    const early = canceling({ request: third, at: [1, 2], id: 'A', response: refusedOn(authorized, third) });
    const late = canceling({ request: third, at: [4, 5], id: 'B', response: success(data[0], 3) });
    expect(verdict([early, capturing(3, 'AUTHORIZED'), late], order, ['B'], authorized)).toBe('SOUND');
  });

  test('when clocks may differ on whether a day has passed', () => {
    const { order, data } = after(captured, ['A', third]);
    const own = canceling({ request: third, at: [1, 2], id: 'A', response: success(data[0]) });
    const duplicate = { reason: 'DUPLICATE_CANCELLATION', at, shown: 'A' } as const;
    const about = { request: third, at: [3, 4], atMs: dayMs } as const;
    expect(verdict([own, canceling({ ...about, response: replay(data[0]) })], order, ['A'])).toBe('SOUND');
    expect(verdict([own, canceling({ ...about, response: refusal(409, duplicate) })], order, ['A'])).toBe('SOUND');
  });

  test('of twelve at once, whatever their order', () => {
    const requests = Array.from({ length: 12 }, (_value, index): readonly [string, CancellationRequest] => [
      String(index),
      requestOf([itemOf({ amount: 100 })]),
    ]);
    const { order, data } = after(captured, ...requests);
    const operations = requests.map(([id, request], index) => {
      const response = success(data[index] as CancellationData, index + 2);
      return canceling({ request, at: [1, 100 - index], id, key: id, response });
    });
    expect(
      verdict(
        operations.toReversed(),
        order,
        requests.map(([id]) => id),
      ),
    ).toBe('SOUND');
  });
});

describe('a history is broken', () => {
  const {
    order: afterThird,
    data: [dataOfThird],
  } = after(captured, ['A', third]);
  const own = canceling({ request: third, at: [1, 2], id: 'A', key: 'a', response: success(dataOfThird) });

  test('when an update is lost', () => {
    const { order, data } = after(captured, ['A', third]);
    const b = canceling({ request: second, at: [1, 2], id: 'B', key: 'b', meaning: 1, response: success(data[0]) });
    expect(verdict([own, b], order, ['A', 'B'])).toBe('BROKEN');
  });

  test('when a success left no record', () => {
    expect(verdict([own], captured, [])).toBe('BROKEN');
    expect(verdict([own], afterThird, ['A'])).toBe('SOUND');
  });

  test('when one request was applied twice', () => {
    const { order, data } = after(captured, ['A', part], ['B', requestOf([itemOf({ amount: 1000 })])]);
    const one = canceling({ request: part, at: [1, 2], id: 'A', key: 'a', response: success(data[0]) });
    const twin = canceling({
      request: part,
      at: [1, 3],
      id: 'B',
      key: 'a',
      response: success({ ...data[0], returnRequestId: 'B' }, 3),
    });
    expect(verdict([one, twin], order, ['A', 'B'])).toBe('BROKEN');
  });

  test('when more was applied than was asked for', () => {
    expect(verdict([own], after(captured, ['A', third], ['B', second]).order, ['A'])).toBe('BROKEN');
  });

  test("when an effect is nobody's", () => {
    expect(verdict([], afterThird, ['A'])).toBe('BROKEN');
  });

  test('when a refusal contradicts what remained all the time', () => {
    const refusedThough = canceling({ request: third, at: [1, 2], id: 'A', response: refusedOn(afterThird, third) });
    expect(verdict([refusedThough], captured, [])).toBe('BROKEN');
  });

  test('when a refusal says what remained before an earlier response', () => {
    const { order, data } = after(captured, ['A', part]);
    const a = canceling({ request: part, at: [1, 2], id: 'A', key: 'a', response: success(data[0]) });
    const wrong = requestOf([itemOf()], { totalCancelAmount: 1 });
    const stale = { request: wrong, id: 'B', key: 'b', meaning: 1, response: refusedOn(captured, wrong) };
    expect(verdict([a, canceling({ ...stale, at: [3, 4] })], order, ['A'])).toBe('BROKEN');
    expect(verdict([a, canceling({ ...stale, at: [1, 4] })], order, ['A'])).toBe('SOUND');
  });

  test('when a refused request was applied', () => {
    const refusedThough = canceling({ request: third, at: [1, 2], id: 'A', response: refusedOn(afterThird, third) });
    expect(verdict([refusedThough], afterThird, ['A'])).toBe('BROKEN');
  });

  test('when a replay gives other data', () => {
    const other = { ...dataOfThird, returnRequestId: 'B' };
    const again = canceling({ request: third, at: [3, 4], key: 'a', response: replay(other) });
    expect(verdict([own, again], afterThird, ['A'])).toBe('BROKEN');
  });

  test('when a replay is not distinguished from a first response, or the other way round', () => {
    const again = canceling({ request: third, at: [3, 4], key: 'a', response: success(dataOfThird) });
    expect(verdict([own, again], afterThird, ['A'])).toBe('BROKEN');
    const alone = canceling({ request: third, at: [1, 2], id: 'A', key: 'a', response: replay(dataOfThird) });
    expect(verdict([alone], afterThird, ['A'])).toBe('BROKEN');
  });

  test('when a repeated request is decided on again', () => {
    const again = canceling({ request: third, at: [3, 4], key: 'a', response: refusedOn(afterThird, third) });
    expect(verdict([own, again], afterThird, ['A'])).toBe('BROKEN');
  });

  test('when another request under the key is replayed', () => {
    const other = canceling({ request: second, at: [3, 4], key: 'a', meaning: 1, response: replay(dataOfThird) });
    expect(verdict([own, other], afterThird, ['A'])).toBe('BROKEN');
    const reused = refusal(422, { reason: 'IDEMPOTENCY_KEY_REUSED', at });
    expect(
      verdict([own, canceling({ request: second, at: [3, 4], key: 'a', meaning: 1, response: reused })], afterThird, [
        'A',
      ]),
    ).toBe('SOUND');
  });

  test('when a response shows an effect before its request was sent', () => {
    const early = canceling({ request: third, at: [1, 2], key: 'a', response: replay(dataOfThird) });
    const late = canceling({ request: third, at: [3, 4], id: 'A', key: 'a', response: success(dataOfThird) });
    expect(verdict([early, late], afterThird, ['A'])).toBe('BROKEN');
  });

  test('when an order that exists is not found, or one that does not is', () => {
    const notFound = refusal(404, { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });
    const operation = canceling({ request: units, at: [1, 2], response: notFound });
    expect(verdict([operation], captured, [])).toBe('BROKEN');
    const model = orderModel(undefined, { order: undefined, cancellations: new Map() });
    expect(linearize([operation], model)).toMatchObject({ ok: true });
    expect(linearize([own], model)).toMatchObject({ ok: false });
  });

  test('when a day is counted wrong by more than clocks differ', () => {
    const { order, data } = after(captured, ['A', third]);
    const unkeyed = canceling({ request: third, at: [1, 2], id: 'A', response: success(data[0]) });
    const duplicate = refusal(409, { reason: 'DUPLICATE_CANCELLATION', at, shown: 'A' });
    const early = canceling({ request: third, at: [3, 4], atMs: dayMs - 60_000, response: duplicate });
    const late = canceling({ request: third, at: [3, 4], atMs: dayMs + 60_000, response: replay(data[0]) });
    expect(verdict([unkeyed, early], order, ['A'])).toBe('BROKEN');
    expect(verdict([unkeyed, late], order, ['A'])).toBe('BROKEN');
  });

  test('when an order was captured that could not be', () => {
    expect(verdict([capturing(1, 'AUTHORIZED')], captured, [])).toBe('BROKEN');
  });
});
