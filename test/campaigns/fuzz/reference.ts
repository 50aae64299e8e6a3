// Independent of the service on purpose, and so not to be merged with its rules: of those it shares the types alone.
// What the service reads wrongly, this has to read rightly. Sections of the contract: 1 is in reference-headers.ts, 3 in
// reference-rules.ts and reference-account.ts, 4 in reference-identity.ts, 6 in reference-schema.ts and
// reference-json.ts, 7 in detail-reference.ts and detail-oracles.ts, 8 in fuzz-rows.ts.

import type { Order, OrderLine } from '../../../lambda/domain/order.ts';
import { type WellFormedHeaders, readHeaders } from './reference-headers.ts';
import { differences, keyOf, type Past, saysAccount } from './reference-identity.ts';
import { type Json, readJson } from './reference-json.ts';
import { brokenRules, isVoid, minorOf, type Taking, takingsOf } from './reference-rules.ts';
import { type Asked, readAsked } from './reference-schema.ts';
import { type FuzzRequest, signedBytesOf } from './request.ts';
import { accepted, type ExpectedError, possible, refused, sure, type Verdict } from './verdict.ts';
import { orders as firstOrders } from './world.ts';

/** How long a request without a key may be sent again. */
const retryMs = 24 * 60 * 60 * 1000;

/**
 * The contract, read a second time and in another way than the service does: the orders of the sender as its
 * cancellations leave them, and what has to come of a request.
 */
export class Reference {
  readonly #orders: Map<string, Order>;
  readonly #past = new Map<string, Past>();

  constructor(orders: readonly Order[] = firstOrders) {
    this.#orders = new Map(orders.map((order) => [order.orderNo, order]));
  }

  /** The order as it has to be now. */
  orderOf(orderNo: string): Order | undefined {
    return this.#orders.get(orderNo);
  }

  /** What has to come of a request at a time. The sequence of its checks is that of section 5. */
  verdictOn(request: FuzzRequest, nowMs: number): Verdict {
    const body = readBody(request);
    if ('verdict' in body) return body.verdict;
    const read = readAsked(body.json);
    if ('broken' in read) return refused('400 EBP-C-0007', ...read.broken);
    const { asked } = read;
    const order = this.#orders.get(asked.orderNo);
    if (order === undefined) return refused('404 EBP-Z-0002', sure('/orderNo', 'ORDER_NOT_FOUND'));

    const past = this.#past.get(keyOf(asked, body.key));
    if (past !== undefined) return verdictOnRepetition(past, asked, order, body, nowMs);
    const etag = etagOf(order);
    if (body.ifMatch !== undefined && body.ifMatch !== '*' && body.ifMatch !== etag) {
      return { ...refused('412 EBP-C-0004', sure('If-Match', 'ORDER_CHANGED')), etag };
    }
    const broken = brokenRules(order, asked, body.currencyCode);
    if (broken.length > 0) return refused('400 EBP-C-0004', ...broken);
    return this.#acceptance(order, asked, body.key, nowMs);
  }

  #acceptance(order: Order, asked: Asked, key: string | undefined, nowMs: number): Verdict {
    const takings = takingsOf(order, asked);
    const after = canceled(order, takings);
    const taxOf = (isDelivery: boolean) =>
      takings
        .filter(({ seq }) => isDelivery === asked.items.some((one) => one.seq === seq && one.itemType === 'DELIVERY'))
        .reduce((sum, { tax }) => sum + tax, 0n);
    return {
      responses: [accepted],
      errors: [],
      etag: etagOf(after),
      taxes: { product: taxOf(false), delivery: taxOf(true) },
      apply: (data) => {
        this.#orders.set(order.orderNo, after);
        this.#past.set(keyOf(asked, key), {
          asked,
          hasAccount: saysAccount(order),
          atMs: nowMs,
          etag: etagOf(after),
          returnRequestId: data.returnRequestId,
          dataText: JSON.stringify(data),
        });
      },
    };
  }
}

/** What has to come of a request as the first one of its orders. */
export function allowedResponses(request: FuzzRequest): readonly string[] {
  return new Reference().verdictOn(request, 0).responses;
}

export function etagOf({ orderNo, version }: Pick<Order, 'orderNo' | 'version'>): string {
  return `"${orderNo}.${version}"`;
}

type Body = { readonly verdict: Verdict } | (WellFormedHeaders & { readonly json: Json });

/** What every call reads in the same way: the answer to a wrong size, header or text, or what is asked for. */
export function readBody(request: FuzzRequest): Body {
  const bytes = signedBytesOf(request);
  if (bytes.length > 65_536) return { verdict: refused('413 EBP-C-0006', sure('', 'BODY_TOO_LARGE')) };
  const read = readHeaders(request);
  if ('verdict' in read) return read;
  if (!read.isJson) return { verdict: refused('415 EBP-C-0006', sure('Content-Type', 'NOT_JSON')) };
  const text = textOf(request, bytes);
  const json = text === undefined ? undefined : readJson(text);
  return json === undefined ? { verdict: refused('400 EBP-C-0006', sure('', 'INVALID_JSON')) } : { ...read, json };
}

/** The text that was signed; undefined for bytes that are not UTF-8. */
function textOf({ body, isBase64Encoded }: FuzzRequest, bytes: Buffer): string | undefined {
  if (!isBase64Encoded) return body ?? '';
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Section 4 of the contract: 422, 409, another currency, a replay, in this sequence. */
function verdictOnRepetition(
  past: Past,
  asked: Asked,
  order: Order,
  { key, keyNames, currencyCode }: WellFormedHeaders,
  nowMs: number,
): Verdict {
  const different = differences(past, asked, order);
  const isSame = different?.length === 0;
  if (key !== undefined && !isSame) {
    const reused = keyNames.map((name) => (keyNames.length > 1 ? possible : sure)(name, 'IDEMPOTENCY_KEY_REUSED'));
    return refused('422 EBP-C-0005', ...reused);
  }
  const duplicate = (errors: readonly ExpectedError[]): Verdict => {
    return { ...refused('409 EBP-C-0005', ...errors), namedId: past.returnRequestId };
  };
  if (key === undefined && different !== undefined && !isSame) return duplicate(different);
  if (key === undefined && nowMs - past.atMs > retryMs) {
    return duplicate([sure('X-Idempotency-Key', 'DUPLICATE_CANCELLATION')]);
  }
  if (currencyCode !== order.currencyCode) {
    return refused('400 EBP-C-0004', sure('X-Currency-Code', 'CURRENCY_MISMATCH'));
  }
  return { responses: [accepted], errors: [], etag: past.etag, replayed: past.dataText };
}

function canceled(order: Order, takings: readonly Taking[]): Order {
  const minor = minorOf(order.currencyCode);
  const lines = order.lines.map((line): OrderLine => {
    const taking = takings.find(({ seq }) => seq === line.seq);
    if (taking === undefined) return line;
    return {
      ...line,
      canceled: {
        units: line.canceled.units + Number(taking.units),
        amountMinor: line.canceled.amountMinor + taking.amount / minor,
        taxMinor: line.canceled.taxMinor + taking.tax / minor,
      },
    };
  });
  const isDone = lines.every((line) => line.canceled.units === line.quantity);
  const paymentStatus = isVoid(order) ? 'VOIDED' : isDone ? 'CANCELED' : 'PARTIALLY_CANCELED';
  return { ...order, lines, paymentStatus, version: order.version + 1 };
}
