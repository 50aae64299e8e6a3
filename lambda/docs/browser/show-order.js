import { element, sentenceElement, textElement } from './elements.js';
import { executionSentence, refundedElsewhere } from './execution-text.js';

/**
 * @typedef {{ seq: number, itemId: string, quantity: number, amount: number }} Item
 * @typedef {Item & { canceledQuantity: number, totalCanceledAmount: number, remainingQuantity: number,
 *   totalRemainingAmount: number }} Line
 * @typedef {Item & { canceledQuantity: number }} CanceledItem
 * @typedef {import('./execution-text.js').Executed & { origin: string, idempotencyKey?: string, createdAt: string,
 *   totalProductAmount: number, totalDeliveryAmount: number, items: CanceledItem[] }} Cancellation
 * @typedef {import('./execution-text.js').Executed} Executed
 * @typedef {import('./execution-text.js').Language} Language
 * @typedef {{ orderNo: string, currencyCode: string, paymentStatus: string, items: Line[],
 *   cancellations: Cancellation[] | null, nextToken?: string }} OrderDetail
 */

/**
 * Shows an order as tables for people, or hides it if the response describes none.
 * @param {OrderDetail | undefined} detail
 * @param {Language} language
 */
export function showOrder(detail, language) {
  element('order').hidden = detail === undefined;
  if (detail === undefined) return;
  const { orderNo, currencyCode, paymentStatus, items, cancellations, nextToken } = detail;
  element('order-title').textContent = `${orderNo}: ${paymentStatus}, in ${currencyCode}`;
  element('order-lines').replaceChildren(...items.map(lineRow));
  element('order-cancellations').replaceChildren(
    ...(cancellations ?? []).map((one) => cancellationItem(one, language)),
  );
  element('no-cancellation').textContent = noteOn(cancellations, nextToken);
}

/**
 * Shows what has become of the money, in the order if it is there, and in a line that a screen reader reads out.
 * @param {Executed[]} changed
 * @param {Language} language
 */
export function showExecutions(changed, language) {
  for (const one of changed) {
    document.querySelector(`[data-execution="${one.returnRequestId}"]`)?.replaceWith(executionElement(one, language));
  }
  const sentences = changed.map((one) => sentenceElement(executionSentence(one, language)));
  const ids = changed.map(({ returnRequestId }) => textElement('code', returnRequestId));
  element('executions').replaceChildren(
    ...sentences.flatMap((sentence, index) => [sentence, ' ', ids[index] ?? '', ' ']),
  );
}

/**
 * @param {Executed} executed
 * @param {Language} language
 */
function executionElement(executed, language) {
  const line = document.createElement('span');
  line.dataset['execution'] = executed.returnRequestId;
  line.append(sentenceElement(executionSentence(executed, language)));
  if (executed.execution === undefined) return line;
  const { status, attempt, updatedAt, failureReason } = executed.execution;
  const reason = failureReason === undefined ? '' : ` (${failureReason})`;
  line.append(' ', textElement('strong', status), `${reason} since ${updatedAt}, attempt ${attempt}`);
  return line;
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

/**
 * @param {Cancellation} cancellation
 * @param {Language} language
 */
function cancellationItem(cancellation, language) {
  const { returnRequestId, idempotencyKey, kind, origin, createdAt, totalProductAmount, totalDeliveryAmount, items } =
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
    ...(origin === 'PLATFORM' ? [sentenceElement(refundedElsewhere[language])] : []),
    executionElement(cancellation, language),
    textElement('code', returnRequestId),
    ...(idempotencyKey === undefined ? [] : [textElement('span', `idempotency key ${idempotencyKey}`)]),
  );
  return item;
}
