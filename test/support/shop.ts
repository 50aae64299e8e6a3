import { exponentOf, formatAmount, toMinorUnits } from '../../lambda/domain/money.ts';
import type { CancellationRequest, RequestedItem } from '../../lambda/domain/cancellation.ts';
import { type Order, type OrderLine, remainingOf } from '../../lambda/domain/order.ts';
import { type MemoryDetail, memoryDetail } from '../../tools/in-memory/memory-detail.ts';
import { type MemoryService, memoryService } from '../../tools/in-memory/memory-service.ts';
import { lineOf, orderOf } from '../../tools/in-memory/orders.ts';
import { sumOf } from './decimals.ts';
import { askDetail, type CancelResponse, type DetailResponse, send } from './send.ts';

export type Headers = Readonly<Record<string, string | undefined>>;

/** A shop with one order, over the real handlers of the cancel and the detail call. */
export interface Shop {
  readonly service: MemoryService;
  readonly detail: MemoryDetail;
  /** Cancels items, one for each line: `1 x 5000 (454)`, or `1 x 5000` without a tax. */
  readonly cancel: (
    items: string | readonly string[],
    more?: Partial<CancellationRequest>,
    headers?: Headers,
  ) => Promise<CancelResponse>;
  readonly ask: (more?: object) => Promise<DetailResponse>;
  /** What is left of each line: `2 units, 25000 (2273)`. */
  readonly left: () => string[];
  readonly order: () => Order;
}

/** @param lines what was paid, `3 x 10000 (909)` for each line: 3 units at 10000, with a tax of 909 in each */
export function shopWith(lines: string | readonly string[], more: Partial<Order> = {}): Shop {
  const paid = orderOf({ currencyCode: 'KRW', ...more });
  const exponent = exponentOf(paid.currencyCode);
  const service = memoryService([
    { ...paid, lines: [lines].flat().map((line, index) => lineIn(line, index, exponent)) },
  ]);
  const detail = memoryDetail(service);
  const order = () => {
    const [present] = service.orders.values();
    if (present === undefined) throw new Error('The order is gone.');
    return present;
  };
  return {
    service,
    detail,
    order,
    cancel: async (items, overrides = {}, headers = {}) => {
      const request = requestIn([items].flat(), order(), overrides);
      return await send(service, request, { headers: { 'X-Currency-Code': paid.currencyCode, ...headers } });
    },
    ask: async (overrides = {}) => await askDetail(detail, { orderNo: paid.orderNo, ...overrides }),
    left: () =>
      order().lines.map((line) => {
        const { units, amountMinor, taxMinor } = remainingOf(line);
        return `${units} units, ${formatAmount(amountMinor, exponent)} (${formatAmount(taxMinor, exponent)})`;
      }),
  };
}

function read(text: string): { quantity: number; amount: number; tax: number | undefined } {
  const [, quantity, amount, tax] = /^(\d+) x ([\d.]+)(?: \(([\d.]+)\))?$/.exec(text) ?? [];
  if (quantity === undefined) throw new Error(`This is not quantity x amount (tax): ${text}`);
  return { quantity: Number(quantity), amount: Number(amount), tax: tax === undefined ? undefined : Number(tax) };
}

function lineIn(text: string, index: number, exponent: number): OrderLine {
  const { quantity, amount, tax = 0 } = read(text);
  const minor = (major: number) => toMinorUnits(major, exponent) ?? 0n;
  const [seq, itemId] = [index + 1, `P${index + 1}`];
  return lineOf({ seq, itemId, quantity, unitAmountMinor: minor(amount), unitTaxMinor: minor(tax) });
}

function requestIn(
  texts: readonly string[],
  { orderNo, lines }: Order,
  overrides: Partial<CancellationRequest>,
): CancellationRequest {
  const items = texts.map((text, index): RequestedItem => {
    const { itemType = 'PHYSICAL', itemId = 'P1' } = lines[index] ?? {};
    const { quantity, amount, tax } = read(text);
    return { seq: index + 1, itemType, itemId, quantity, amount, ...(tax === undefined ? {} : { taxAmount: tax }) };
  });
  return { orderNo, totalCancelAmount: sumOf(items), items, ...overrides };
}

/** The statuses of responses, and whether each was a replay: `200`, `200 replay`, `409`. */
export function statusesOf(responses: readonly CancelResponse[]): string[] {
  return responses.map(
    ({ status, headers }) => `${status}${headers['Idempotent-Replayed'] === 'true' ? ' replay' : ''}`,
  );
}

/** The messages of a refusal, in one text. */
export function messagesOf({ envelope }: CancelResponse): string {
  return (envelope.errors ?? []).map(({ message }) => message).join('\n');
}
