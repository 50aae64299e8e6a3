// Independent of lambda/events on purpose: written from the description of the events, so that a wrong one shows.

import type { ExecutionRow } from '../../lambda/dynamodb/refund-items.ts';

/** The decimals of the currencies that have not two; no test uses others of them. */
const exponents: Readonly<Record<string, number>> = { KRW: 0, JPY: 0, KWD: 3, BHD: 3, CLF: 4, UYW: 4 };

/** The event that says how an execution stands: as it leaves, read as JSON. */
export function expectedEvent(row: ExecutionRow): object {
  const { orderKey, rid, kind, cur, a, att, seq, st, at, acc, why, psp, how, org } = row;
  const [storeId, orderNo] = orderKey.split('/');
  const isRequest = st === 'REQUESTED';
  return {
    specversion: '1.0',
    id: `${rid}-${att}-${seq}`,
    source: 'payment-cancel',
    type: `payment.${nameOf(row)}.v1`,
    subject: orderKey,
    time: new Date(Number(at)).toISOString(),
    datacontenttype: 'application/json',
    data: {
      storeId,
      orderNo,
      returnRequestId: rid,
      kind,
      attempt: Number(att),
      sequence: Number(seq),
      status: st,
      currencyCode: cur,
      amount: majorUnits(a, cur),
      ...(isRequest && acc ? { accountRef: { orderKey, refundKey: `${rid}#${att}` } } : {}),
      ...(why === undefined ? {} : { failureReason: why }),
      ...(psp === undefined ? {} : { pspReference: psp }),
      ...(how === undefined ? {} : { settlement: how }),
      ...(org === undefined ? {} : { origin: org }),
    },
  };
}

function nameOf({ kind, st, how }: ExecutionRow): string {
  if (st === 'REQUESTED') return kind === 'VOID' ? 'void_requested' : 'refund_requested';
  // A void that was settled by a refund has moved money.
  if (st === 'SUCCEEDED' && kind === 'VOID' && how !== 'REFUNDED') return 'voided';
  return `refund_${st.toLowerCase()}`;
}

export function majorUnits(minor: bigint, currencyCode: string): number {
  const exponent = exponents[currencyCode] ?? 2;
  const digits = String(minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return Number(`${whole}.${digits.slice(digits.length - exponent)}`);
}
