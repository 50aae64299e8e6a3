import type { CancellationRequest, RequestedItem } from './cancellation.ts';
import { decimalsOf, exponentOf, toMinorUnits } from './money.ts';
import type { Order, OrderLine } from './order.ts';

/**
 * A request beside its order, all amounts as whole numbers of one unit: the currency's minor unit or, if the request has
 * more decimals than the currency, a finer one. Such a request is refused, but its other errors are exact as well.
 */
export interface MatchedRequest {
  readonly request: CancellationRequest;
  readonly order: Order;
  readonly items: readonly MatchedItem[];
  readonly total: bigint;
  /** Decimals of the currency. */
  readonly exponent: number;
  /** Decimals of the unit; the exponent, unless the request has more. */
  readonly scale: number;
}

/** An item of a request with the order line that its seq names. */
export interface MatchedItem {
  readonly requested: RequestedItem;
  /** Index of the item in the request. */
  readonly index: number;
  /** Index of the line in the order; -1 if the order has no line with this seq. */
  readonly lineIndex: number;
  /** Undefined if the order has no line with this seq. */
  readonly line: OrderLine | undefined;
  /** Per unit. */
  readonly amountMinor: bigint;
  /** Per unit; undefined if the request has no taxAmount. */
  readonly taxMinor: bigint | undefined;
}

export function matchRequest(request: CancellationRequest, order: Order): MatchedRequest {
  const exponent = exponentOf(order.currencyCode);
  const scale = Math.max(exponent, decimalsOfRequest(request));
  const scaled = scale === exponent ? order : scaleOrder(order, 10n ** BigInt(scale - exponent));
  const units = (amount: number) => {
    const whole = toMinorUnits(amount, scale);
    if (whole === undefined) throw new RangeError('An amount is no finite number.');
    return whole;
  };
  const items = request.items.map((requested, index) => {
    const lineIndex = order.lines.findIndex((line) => line.seq === requested.seq);
    return {
      requested,
      index,
      lineIndex,
      line: scaled.lines[lineIndex],
      amountMinor: units(requested.amount),
      taxMinor: requested.taxAmount === undefined ? undefined : units(requested.taxAmount),
    };
  });
  return { request, order: scaled, items, total: units(request.totalCancelAmount), exponent, scale };
}

/** The most decimals that an amount of the request has. */
function decimalsOfRequest({ totalCancelAmount, items }: CancellationRequest): number {
  let most = decimalsOf(totalCancelAmount);
  for (const { amount, taxAmount = 0 } of items) most = Math.max(most, decimalsOf(amount), decimalsOf(taxAmount));
  return most;
}

function scaleOrder(order: Order, factor: bigint): Order {
  return {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      unitAmountMinor: line.unitAmountMinor * factor,
      unitTaxMinor: line.unitTaxMinor * factor,
      canceled: {
        units: line.canceled.units,
        amountMinor: line.canceled.amountMinor * factor,
        taxMinor: line.canceled.taxMinor * factor,
      },
    })),
  };
}
