import { element, sentenceElement, textElement } from './elements.js';
import { showOrder } from './show-order.js';

/**
 * @typedef {{ status: number, isReplay: boolean, etag: string | null, headers: [string, string][],
 *   text: string }} ServiceResponse
 * @typedef {{ field?: string, header?: string, reason: string, message: string }} ErrorEntry
 */

/**
 * Shows a response, and what it means in one line that a screen reader reads out by itself.
 * @param {ServiceResponse} response
 * @param {boolean} isDemo
 * @param {import('./execution-text.js').Language} language
 * @returns {{ detail?: import('./show-order.js').OrderDetail, returnRequestId?: string }} what the response describes: an
 *   order, or a cancellation
 */
export function showAnswer({ status, isReplay, etag, headers, text }, isDemo, language) {
  const envelope = parse(text);
  const detail = envelope?.data?.paymentStatus === undefined ? undefined : envelope.data;
  const errors = /** @type {ErrorEntry[]} */ (envelope?.errors ?? []);
  const message = envelope?.message ?? 'this is not a response of this API';
  const meaning = [
    isReplay ? 'Replayed: the response to the first, identical request. Nothing was canceled again.' : '',
    isReplay && isDemo ? 'Restart npm start for fresh orders.' : '',
    detail === undefined ? '' : `The order is ${detail.paymentStatus}: see below.`,
    errors.length > 0 ? `${errors.length} ${errors.length === 1 ? 'error' : 'errors'}, listed below.` : '',
  ].filter((part) => part !== '');
  element('outcome').replaceChildren(
    `HTTP ${status}, resultCode ${envelope?.resultCode ?? 'none'}: `,
    sentenceElement(message.endsWith('.') ? message : `${message}.`),
    ...meaning.map((part) => ` ${part}`),
  );
  element('outcome').dataset['kind'] = status === 200 ? 'success' : 'refusal';
  element('errors').replaceChildren(...errors.map(errorItem));
  for (const part of [element('errors'), element('errors').previousElementSibling]) {
    part?.toggleAttribute('hidden', errors.length === 0);
  }
  element('response-body').textContent = envelope === undefined ? text : JSON.stringify(envelope, null, 2);
  element('response-headers').replaceChildren(
    ...headers.flatMap(([name, value]) => [textElement('dt', name), textElement('dd', value)]),
  );
  element('etag').textContent = etag;
  element('state').hidden = etag === null;
  showOrder(detail, language);
  element('details').hidden = false;
  return { detail, returnRequestId: envelope?.data?.returnRequestId };
}

/**
 * Shows why there is no response.
 * @param {string} message
 */
export function showFailure(message) {
  element('outcome').textContent = message;
  element('outcome').dataset['kind'] = 'refusal';
  element('details').hidden = true;
}

/** @param {ErrorEntry} entry */
function errorItem({ field, header, reason, message }) {
  const item = document.createElement('li');
  const place = header ?? (field === '' ? 'the body' : (field ?? ''));
  item.append(textElement('code', place), ' ', textElement('strong', reason), ' ', sentenceElement(message));
  return item;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
