import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Order, OrderLine } from '../../lambda/domain/order.ts';
import { type CancellationRow, cancellationRow } from '../../lambda/dynamodb/items.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { eventOf, exampleRequest, headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';

/** The specification's order under another number. */
export function exampleOrder(orderNo: string): Order {
  return orderOf({ orderNo });
}

/** Cancels the whole of that order. The idempotency key is the order number, here and below. */
export function exampleEvent(orderNo: string): APIGatewayProxyEvent {
  return signedEvent({ ...exampleRequest('full-order'), orderNo }, orderNo);
}

/** Cancels one of the two units of its first line. The rules alone would allow it a second time. */
export function partialEvent(orderNo: string): APIGatewayProxyEvent {
  const item = itemOf({ seq: 1, itemId: 'P001', amount: 50_000, taxAmount: 5000 });
  return signedEvent(requestOf([item], { orderNo }), orderNo);
}

/** Asks for more units than the order has, which the rules refuse. */
export function refusedEvent(orderNo: string): APIGatewayProxyEvent {
  return signedEvent(requestOf([itemOf({ quantity: 9 })], { orderNo }), orderNo);
}

const unitAmount = 1000;

/** An order of equal lines, each with so many units that it never runs out of them. */
export function orderOfLines(orderNo: string, lines: number): Order {
  return orderOf({
    orderNo,
    lines: Array.from({ length: lines }, (_value, index) =>
      lineOf({
        seq: index + 1,
        itemId: `P${index + 1}`,
        quantity: 1_000_000,
        unitAmountMinor: BigInt(unitAmount),
        unitTaxMinor: 0n,
      }),
    ),
  });
}

/** Cancels one unit of each of the first lines of such an order. */
export function eventOfItems(orderNo: string, items: number, key: string): APIGatewayProxyEvent {
  const requested = Array.from({ length: items }, (_value, index) =>
    itemOf({ seq: index + 1, itemId: `P${index + 1}`, amount: unitAmount }),
  );
  return signedEvent(requestOf(requested, { orderNo }), key);
}

/** The record of an earlier cancellation of one unit of a line, in a currency without minor units. */
export function earlierCancellationRow(order: Order, line: OrderLine, id: string): CancellationRow {
  const { seq, itemType, itemId, unitAmountMinor: amountMinor, unitTaxMinor: taxMinor } = line;
  const [amount, returnRequestId] = [Number(amountMinor), `RETREQ-${id}`];
  const taken = { units: 1, amountMinor, taxMinor };
  const record = {
    cancellationKey: `K#${id}`,
    requestDigest: '',
    kind: 'REFUND',
    createdAtMs: 0,
    returnRequestId,
    orderVersion: order.version,
    accountTag: undefined,
    dataJson: JSON.stringify({
      orderNo: order.orderNo,
      totalProductAmount: amount,
      totalProductTaxAmount: Number(taxMinor),
      totalDeliveryAmount: 0,
      totalDeliveryTaxAmount: 0,
      processedCount: 1,
      returnRequestId,
      items: [{ seq, itemId, quantity: 1, amount }],
    }),
  } as const;
  const lineIndex = order.lines.indexOf(line);
  const canceledAfter = line.canceled;
  const item = { seq, itemType, itemId, quantity: 1, amountMinor, taxMinor, lineIndex, taken, canceledAfter };
  return cancellationRow(order, record, [item], false);
}

function signedEvent(request: object, key: string): APIGatewayProxyEvent {
  const body = JSON.stringify(request);
  return eventOf(body, headersOf(body, { 'X-Idempotency-Key': key }));
}
