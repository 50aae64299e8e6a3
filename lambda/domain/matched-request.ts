import type { CancellationRequest, RequestedItem } from './cancellation.ts';
import { decimalsOf, exponentOf, toMinorUnits } from './money.ts';
import type { Order, OrderLine } from './order.ts';

/**
 * A request beside its order, all its amounts as whole numbers of one unit: the currency's minor unit or, if the request
 * has more decimals than the currency, a finer one. Such a request is refused, but its other errors are exact as well.
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
  /** One minor unit of the currency, in the unit. */
  readonly minorUnit: bigint;
}

/** An item of a request with the order line that its seq names. */
export interface MatchedItem {
  readonly requested: RequestedItem;
  /** Index of the item in the request. */
  readonly index: number;
  /** Index of the line in the order; -1 if the order has no line with this seq. */
  readonly lineIndex: number;
  /** In minor units, as it is stored: what a message names comes from here. Undefined if the order has no such line. */
  readonly line: OrderLine | undefined;
  /** The same line in the unit of the request's amounts, to compare them with. */
  readonly scaledLine: OrderLine | undefined;
  /** Per unit. */
  readonly amountMinor: bigint;
  /** Per unit; undefined if the request has no taxAmount. */
  readonly taxMinor: bigint | undefined;
}

export function matchRequest(request: CancellationRequest, order: Order): MatchedRequest {
  const exponent = exponentOf(order.currencyCode);
  const scale = Math.max(exponent, decimalsOfRequest(request));
  const minorUnit = 10n ** BigInt(scale - exponent);
  const units = (amount: number) => {
    const whole = toMinorUnits(amount, scale);
    if (whole === undefined) throw new RangeError('An amount is no finite number.');
    return whole;
  };
  const items = request.items.map((requested, index) => {
    const lineIndex = order.lines.findIndex(({ seq }) => seq === requested.seq);
    const line = order.lines[lineIndex];
    return {
      requested,
      index,
      lineIndex,
      line,
      scaledLine: line && scaleLine(line, minorUnit),
      amountMinor: units(requested.amount),
      taxMinor: requested.taxAmount === undefined ? undefined : units(requested.taxAmount),
    };
  });
  return { request, order, items, total: units(request.totalCancelAmount), exponent, scale, minorUnit };
}

/** The most decimals that an amount of the request has. */
function decimalsOfRequest({ totalCancelAmount, items }: CancellationRequest): number {
  let most = decimalsOf(totalCancelAmount);
  for (const { amount, taxAmount = 0 } of items) most = Math.max(most, decimalsOf(amount), decimalsOf(taxAmount));
  return most;
}

function scaleLine(line: OrderLine, minorUnit: bigint): OrderLine {
  if (minorUnit === 1n) return line;
  const { units, amountMinor, taxMinor } = line.canceled;
  return {
    ...line,
    unitAmountMinor: line.unitAmountMinor * minorUnit,
    unitTaxMinor: line.unitTaxMinor * minorUnit,
    canceled: { units, amountMinor: amountMinor * minorUnit, taxMinor: taxMinor * minorUnit },
  };
}
