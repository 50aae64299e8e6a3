// Independent of the service on purpose: of its rules nothing is shared but the shape of the stored items, so that a wrong
// decision shows as well as a wrong write.

import type { RequestedItem } from '../../../lambda/domain/cancellation.ts';
import type { CancellationRow, LineRow, OrderRow } from '../../../lambda/dynamodb/items.ts';
import type { RefundAccountRow } from '../../../lambda/dynamodb/refund-items.ts';
import { exponents } from './draw-request.ts';
import type { Change } from './dynamodb.ts';
import { type CancelOperation, BrokenPromise } from './history.ts';

/** What one transaction has done. */
interface Commit {
  readonly before: OrderRow;
  readonly record: CancellationRow;
  readonly account: RefundAccountRow | undefined;
}

/**
 * What must hold of every transaction of a request at the instant at which it is applied: it changes one order and creates
 * one record, the two agree, and they do what the request asked for, once. By induction the records of an order add up to what is
 * canceled of it, no line ever has more canceled of it than was paid or keeps a tax that no request can reach, and no two
 * cancellations made the same version of it.
 * @param requests by the id of the cancellation that each would make
 * @throws BrokenPromise
 */
export function checkCommit(changes: readonly Change[], requests: ReadonlyMap<string, CancelOperation>): void {
  const { before, record, account } = checkTransaction(changes);
  const operation = requests.get(record.rid);
  if (operation === undefined) throw new BrokenPromise(`The cancellation ${record.rid} is nobody's.`);
  checkRequest(operation, before, record);
  checkAccount(operation, before, record, account);
}

/** The part of it that holds for whoever cancels. @throws BrokenPromise */
export function checkTransaction(changes: readonly Change[]): Commit {
  const ofOrder = changes.find(({ table }) => table === 'Orders');
  const ofRecord = changes.find(({ table }) => table === 'Cancellations');
  const ofAccount = changes.find(({ table }) => table === 'RefundAccounts');
  if (changes.length !== (ofAccount ? 3 : 2) || ofOrder === undefined || ofRecord === undefined) {
    throw new BrokenPromise('A transaction is not of one order, one record and at most one account.');
  }
  if (ofRecord.before !== undefined) throw new BrokenPromise('A record was written over.');
  if (ofOrder.before === undefined) throw new BrokenPromise('An order was made of nothing.');
  const before = ofOrder.before as unknown as OrderRow;
  const after = ofOrder.after as unknown as OrderRow;
  const record = ofRecord.after as unknown as CancellationRow;
  if (record.orderKey !== after.orderKey) throw new BrokenPromise('A record stands with another order.');
  if (after.v !== before.v + 1n) throw new BrokenPromise(`A version went from ${before.v} to ${after.v}.`);
  if (record.v !== after.v) throw new BrokenPromise(`A record says version ${record.v} of version ${after.v}.`);

  checkLines(before, after, record);
  checkStatus(before, after, record);
  return { before, record, account: ofAccount?.after as unknown as RefundAccountRow | undefined };
}

function checkLines(before: OrderRow, after: OrderRow, { lines: taken }: CancellationRow): void {
  const isSameOrder = after.cur === before.cur && after.rm === before.rm && after.lines.length === before.lines.length;
  if (!isSameOrder) throw new BrokenPromise('What never changes of an order has changed.');
  for (const [index, line] of after.lines.entries()) {
    const lineBefore = before.lines[index];
    const isSameLine = (['s', 'ty', 'id', 'q', 'a', 't'] as const).every((name) => line[name] === lineBefore?.[name]);
    if (!isSameLine) throw new BrokenPromise(`Line ${line.s}: what never changes of it has changed.`);
    const was = lineBefore?.c ?? none;
    const is = line.c ?? none;
    const ofRecord = taken.find(({ s }) => s === line.s) ?? none;
    const isExplained = is.q === was.q + ofRecord.q && is.a === was.a + ofRecord.a && is.t === was.t + ofRecord.t;
    if (!isExplained) throw new BrokenPromise(`Line ${line.s}: what is canceled of it is not what the record says.`);

    const isWithinPaid = is.q <= line.q && is.a <= line.q * line.a && is.t <= line.q * line.t;
    if (!isWithinPaid) throw new BrokenPromise(`Line ${line.s}: more is canceled of it than was paid.`);
    const isForward = ofRecord.q >= 0n && ofRecord.a >= 0n && ofRecord.t >= 0n;
    if (!isForward) throw new BrokenPromise(`Line ${line.s}: less than nothing was canceled of it.`);
    // The whole amount gone means all units gone, and no line has more units gone than its amount accounts for.
    const isAmountGone = line.a > 0n && is.a === line.q * line.a;
    if (isAmountGone !== (line.a > 0n && is.q === line.q)) {
      throw new BrokenPromise(`Line ${line.s}: its units and its amount do not end together.`);
    }
    const isTaxWithinAmount = line.q * line.t - is.t <= line.q * line.a - is.a;
    if (!isTaxWithinAmount) throw new BrokenPromise(`Line ${line.s}: more tax than amount is left of it.`);
  }
  const seqs = new Set(after.lines.map(({ s }) => s));
  if (taken.some(({ s }) => !seqs.has(s)))
    throw new BrokenPromise('A record is of a line that the order does not have.');
}

function checkStatus(before: OrderRow, after: OrderRow, { kind }: CancellationRow): void {
  const isAllGone = after.lines.every((line) => line.c?.q === line.q);
  const isVoid = before.st === 'REQUESTED' || before.st === 'AUTHORIZED';
  const expected = isVoid ? 'VOIDED' : isAllGone ? 'CANCELED' : 'PARTIALLY_CANCELED';
  const wasCancelable = isVoid || before.st === 'CAPTURED' || before.st === 'PARTIALLY_CANCELED';
  if (!wasCancelable || after.st !== expected || (expected === 'VOIDED' && !isAllGone)) {
    throw new BrokenPromise(`A payment went from ${before.st} to ${after.st}.`);
  }
  if (kind !== (isVoid ? 'VOID' : 'REFUND')) throw new BrokenPromise(`A ${kind} of ${before.st}.`);
}

/**
 * The request may have been wrong, or of another order or another state of it; then it must not have been applied.
 * @param order as it was before
 */
function checkRequest(
  { send, request, storeId, name, ifMatch = '*' }: CancelOperation,
  order: OrderRow,
  record: CancellationRow,
): void {
  const isItsOrder = record.orderKey === `${storeId}/${request.orderNo}`;
  if (!isItsOrder || send.flaw !== undefined || send.currencyCode !== order.cur) {
    throw new BrokenPromise(`${name} was applied, and must not be.`);
  }
  const isItsState = ifMatch === '*' || ifMatch.endsWith(`"${request.orderNo}.${order.v}"`);
  if (!isItsState) throw new BrokenPromise(`${name} was applied to another state than it was meant for.`);
  let sum = 0;
  for (const item of request.items) {
    const taken = record.lines.find(({ s }) => s === BigInt(item.seq));
    const line = order.lines.find(({ s }) => s === BigInt(item.seq));
    const isLines = line !== undefined && line.id === item.itemId && line.ty === item.itemType;
    if (taken === undefined || !isLines) throw new BrokenPromise(`${name} was applied to another line than it named.`);
    const asked = amountsOf(item, line, 10 ** (exponents[order.cur] ?? 0));
    if (taken.a !== asked.amount || taken.t !== asked.tax) {
      throw new BrokenPromise(`${name} was applied to line ${item.seq} for another amount than it asked for.`);
    }
    const flaw = flawOf(item, line, asked);
    if (flaw !== undefined) throw new BrokenPromise(`${name} was applied to line ${item.seq}: ${flaw}.`);
    sum += Number(taken.a);
  }
  const isTotal = sum === Math.round(request.totalCancelAmount * 10 ** (exponents[order.cur] ?? 0));
  if (!isTotal || record.lines.length !== request.items.length) {
    throw new BrokenPromise(`${name} was applied, and its total is not the sum of its items.`);
  }
}

interface Asked {
  readonly amount: bigint;
  readonly tax: bigint;
}

/** What an item asks for: where it says no tax, the share of its amount in what is left. */
function amountsOf({ quantity, amount, taxAmount }: RequestedItem, line: LineRow, scale: number): Asked {
  const units = BigInt(quantity);
  const asked = units * BigInt(Math.round(amount * scale));
  if (taxAmount !== undefined) return { amount: asked, tax: units * BigInt(Math.round(taxAmount * scale)) };
  const left = amountLeft(line);
  return { amount: asked, tax: left.amount === 0n ? 0n : (left.tax * asked) / left.amount };
}

export function amountLeft({ q, a, t, c = none }: LineRow): Asked {
  return { amount: q * a - c.a, tax: q * t - c.t };
}

/** Why an item must not be applied, of what its order's line does not show afterwards. */
function flawOf({ quantity, taxAmount }: RequestedItem, line: LineRow, { amount, tax }: Asked): string | undefined {
  const units = BigInt(quantity);
  if (tax > amount) return 'more tax than amount';
  if (taxAmount === undefined) return undefined;
  if (tax > units * line.t) return 'more tax than its units have';
  const left = amountLeft(line);
  const wouldLessTaxDo = left.tax - (tax - units) <= left.amount - amount;
  const isNet = tax > 0n && tax === units * line.t && amount === units * (line.a - line.t);
  return isNet && wouldLessTaxDo ? 'a price without its tax' : undefined;
}

/**
 * An account is kept where a refund goes to it, or may once a deposit comes late, beside the record and not in it; and
 * only a refund compares accounts.
 */
function checkAccount(
  { request: { refundAccount: sent }, name }: CancelOperation,
  order: OrderRow,
  record: CancellationRow,
  kept: RefundAccountRow | undefined,
): void {
  const { kind, rid, orderKey, acc, tag } = record;
  const isOfBank = order.rm === 'BANK_ACCOUNT';
  if (isOfBank && kind === 'REFUND' && (kept?.n === undefined || kept.b === undefined || kept.h === undefined)) {
    throw new BrokenPromise(`${name} was applied without an account to refund to.`);
  }
  const isAsSent =
    kept?.n === sent?.accountNumber?.toString() && kept?.b === sent?.bankCode && kept?.h === sent?.accountHolderName;
  if (isOfBank ? !isAsSent : kept !== undefined) throw new BrokenPromise(`${name}: another account is kept.`);
  if ((acc === true) !== (kept !== undefined))
    throw new BrokenPromise(`${name}: the record is wrong about an account.`);
  if (kept && (kept.orderKey !== orderKey || kept.refundKey !== `${rid}#1` || kept.until * 1000n <= record.at)) {
    throw new BrokenPromise(`${name}: an account is kept for another refund, or ends at once.`);
  }
  if ('acct' in record) throw new BrokenPromise(`${name}: an account is in the record.`);
  if ((tag !== undefined) !== (isOfBank && kind === 'REFUND')) {
    throw new BrokenPromise(`${name}: accounts are compared where they make no difference, or are not where they do.`);
  }
}

const none = { q: 0n, a: 0n, t: 0n };
