import { element, textElement } from './elements.js';
import { showOrder } from './show-order.js';

/**
 * @typedef {{ status: number, isReplay: boolean, headers: [string, string][], text: string }} Outcome
 * @typedef {{ field?: string, header?: string, reason: string, message: string }} Mistake
 */

/**
 * Shows an answer, and says what it means in one line that a screen reader tells by itself.
 * @param {Outcome} answer
 * @param {boolean} isDemo
 * @returns {import('./show-order.js').OrderDetail | undefined} the order, where it tells of one
 */
export function showAnswer({ status, isReplay, headers, text }, isDemo) {
  const envelope = parse(text);
  const detail = envelope?.data?.paymentStatus === undefined ? undefined : envelope.data;
  const mistakes = /** @type {Mistake[]} */ (envelope?.errors ?? []);
  const message = envelope?.message ?? 'no answer of this API';
  const meaning = [
    isReplay ? 'Replayed: this very request was answered before, and nothing is canceled again.' : '',
    isReplay && isDemo ? 'Restart npm start for fresh orders.' : '',
    detail === undefined ? '' : `The order is ${detail.paymentStatus}, and told below.`,
    mistakes.length > 0 ? `${mistakes.length} ${mistakes.length === 1 ? 'error' : 'errors'}, listed below.` : '',
  ].filter((part) => part !== '');
  element('outcome').replaceChildren(
    `HTTP ${status}, resultCode ${envelope?.resultCode ?? 'none'}: `,
    messageElement(message.endsWith('.') ? message : `${message}.`),
    ...meaning.map((part) => ` ${part}`),
  );
  element('outcome').dataset['kind'] = status === 200 ? 'success' : 'refusal';
  element('errors').replaceChildren(...mistakes.map(mistakeItem));
  for (const part of [element('errors'), element('errors').previousElementSibling]) {
    part?.toggleAttribute('hidden', mistakes.length === 0);
  }
  element('answer-body').textContent = envelope === undefined ? text : JSON.stringify(envelope, null, 2);
  element('answer-headers').replaceChildren(
    ...headers.flatMap(([name, value]) => [textElement('dt', name), textElement('dd', value)]),
  );
  showOrder(detail);
  element('details').hidden = false;
  return detail;
}

/**
 * Says why there is no answer.
 * @param {string} message
 */
export function showFailure(message) {
  element('outcome').textContent = message;
  element('outcome').dataset['kind'] = 'refusal';
  element('details').hidden = true;
}

/** @param {Mistake} mistake */
function mistakeItem({ field, header, reason, message }) {
  const item = document.createElement('li');
  const place = header ?? (field === '' ? 'the body' : (field ?? ''));
  item.append(textElement('code', place), ' ', textElement('strong', reason), ' ', messageElement(message));
  return item;
}

/**
 * A sentence of the service, which a screen reader is to read in its own language.
 * @param {string} text
 */
function messageElement(text) {
  const span = textElement('span', text);
  if (/\p{Script=Hangul}/u.test(text)) span.lang = 'ko';
  return span;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
