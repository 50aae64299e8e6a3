import { element, textElement } from './elements.js';

/**
 * @typedef {{ seq: number, itemId: string, quantity: number, amount: number }} Item
 * @typedef {Item & { canceledQuantity: number, totalCanceledAmount: number, remainingQuantity: number,
 *   totalRemainingAmount: number }} Line
 * @typedef {Item & { canceledQuantity: number }} CanceledItem
 * @typedef {{ returnRequestId: string, idempotencyKey?: string, kind: string, createdAt: string,
 *   totalProductAmount: number, totalDeliveryAmount: number, items: CanceledItem[] }} Cancellation
 * @typedef {{ orderNo: string, currencyCode: string, paymentStatus: string, items: Line[],
 *   cancellations: Cancellation[] | null, nextToken?: string }} OrderDetail
 */

/**
 * Shows an order as tables for people, or hides it if the response describes none.
 * @param {OrderDetail | undefined} detail
 */
export function showOrder(detail) {
  element('order').hidden = detail === undefined;
  if (detail === undefined) return;
  const { orderNo, currencyCode, paymentStatus, items, cancellations, nextToken } = detail;
  element('order-title').textContent = `${orderNo}: ${paymentStatus}, in ${currencyCode}`;
  element('order-lines').replaceChildren(...items.map(lineRow));
  element('order-cancellations').replaceChildren(...(cancellations ?? []).map(cancellationItem));
  element('no-cancellation').textContent = noteOn(cancellations, nextToken);
}

/**
 * @param {Cancellation[] | null} cancellations
 * @param {string | undefined} nextToken
 */
function noteOn(cancellations, nextToken) {
  if (cancellations === null) return 'There are too many to list.';
  if (nextToken !== undefined) return 'There are more of them.';
  return cancellations.length === 0 ? 'None.' : '';
}

/** @param {Line} line */
function lineRow(line) {
  const row = document.createElement('tr');
  row.setAttribute('role', 'row');
  const title = textElement('th', `${line.seq}: ${line.itemId}`);
  title.setAttribute('scope', 'row');
  title.setAttribute('role', 'rowheader');
  row.append(
    title,
    cell('Paid', `${line.quantity} x ${line.amount}`),
    cell('Canceled', `${line.totalCanceledAmount} (${unitsText(line.canceledQuantity)})`),
    cell('Remaining', `${line.totalRemainingAmount} (${unitsText(line.remainingQuantity)})`),
  );
  return row;
}

/**
 * @param {string} title
 * @param {string} text
 */
function cell(title, text) {
  const created = textElement('td', text);
  created.dataset['title'] = title;
  created.setAttribute('role', 'cell');
  return created;
}

/** @param {number} count */
function unitsText(count) {
  return count === 1 ? '1 unit' : `${count} units`;
}

/** @param {Cancellation} cancellation */
function cancellationItem(cancellation) {
  const { returnRequestId, idempotencyKey, kind, createdAt, totalProductAmount, totalDeliveryAmount, items } =
    cancellation;
  const lines = items.map(
    ({ seq, quantity, amount, canceledQuantity }) =>
      `line ${seq}: ${quantity} x ${amount}, ${unitsText(canceledQuantity)} canceled`,
  );
  const totals = [
    `${totalProductAmount} of products`,
    ...(totalDeliveryAmount > 0 ? [`${totalDeliveryAmount} of delivery`] : []),
  ].join(' and ');
  const item = document.createElement('li');
  item.append(
    textElement('strong', `${kind} of ${totals}`),
    textElement('span', lines.join('; ')),
    textElement('span', createdAt),
    textElement('code', returnRequestId),
    ...(idempotencyKey === undefined ? [] : [textElement('span', `idempotency key ${idempotencyKey}`)]),
  );
  return item;
}
