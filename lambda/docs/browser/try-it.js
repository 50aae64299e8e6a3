import { element, sentenceElement } from './elements.js';
import { askLater, isAtRest } from './execution-text.js';
import { followExecutions, statusOf } from './follow-executions.js';
import { showAnswer, showFailure } from './show-answer.js';
import { showExecutions } from './show-order.js';
import { curlOf, signRequest } from './sign-request.js';

/**
 * @typedef {{ accessKey: string, hashKey: string, storeId: string, divisionCode: string, channelCode: string,
 *   ricCode: string, countryCode: string, currencyCode: string }} Store
 * @typedef {{ store: Store }} Demo
 */

const timeoutMs = 30_000;
const fetchOptions = /** @type {const} */ ({ cache: 'no-store', credentials: 'omit', redirect: 'error' });

const form = /** @type {HTMLFormElement} */ (element('request'));
const keys = /** @type {HTMLDetailsElement} */ (element('keys'));
const hashKeyInput = /** @type {HTMLInputElement} */ (element('field-hash-key'));
const bodyText = /** @type {HTMLTextAreaElement} */ (element('body-text'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'));
const followUpButton = /** @type {HTMLButtonElement} */ (element('follow-up'));
const headerInputs = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[data-header]')]);
const choices = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[name=example]')]);
/** The first example of the detail call. */
const detailChoice = choices.find(isDetail);

/** @type {HTMLInputElement | undefined} */
let chosen;
/** @type {object | undefined} */
let followUpBody;
/** @type {string | undefined} */
let lastOrderNo;
/** @type {string | undefined} */
let lastReturnRequestId;
/** Ends with the next request, and when nobody looks at the page. */
let following = new AbortController();

const demo = await loadDemo();
if (demo !== undefined) useDemo(demo);
for (const choice of choices) choice.addEventListener('change', () => choose(choice));
if (choices[0] !== undefined) choose(choices[0]);
// Shows an empty required field, so that the browser can point to it.
form.addEventListener('invalid', () => (keys.open = true), { capture: true });
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
followUpButton.addEventListener('click', () => {
  if (detailChoice === undefined || followUpBody === undefined) return;
  choose(detailChoice);
  bodyText.value = JSON.stringify(followUpBody, null, 2);
  // The button that has the focus is about to be hidden.
  button.focus();
  form.requestSubmit(button);
});
element('use-etag').addEventListener('click', () => {
  const ifMatch = headerInputs.find((input) => input.dataset['header'] === 'If-Match');
  if (ifMatch === undefined) return;
  ifMatch.value = element('etag').textContent ?? '';
  keys.open = true;
  ifMatch.focus();
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) following.abort();
});
form.dataset['ready'] = '';

/**
 * The public keys of the demo store that `npm start` serves. On other hosts there is no request for them.
 * @returns {Promise<Demo | undefined>}
 */
async function loadDemo() {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) return undefined;
  const response = await fetch('docs/demo.json', { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
  return response?.ok ? await response.json() : undefined;
}

/** @param {Demo} demo */
function useDemo({ store }) {
  /** @type {Record<string, string>} */
  const values = {
    'X-Access-Key': store.accessKey,
    'X-Division-Code': store.divisionCode,
    'X-Store-Id': store.storeId,
    'X-Channel-Code': store.channelCode,
    'X-Ric-Code': store.ricCode,
    'X-Country-Code': store.countryCode,
    'X-Currency-Code': store.currencyCode,
  };
  for (const input of headerInputs) input.value = values[input.dataset['header'] ?? ''] ?? '';
  hashKeyInput.value = store.hashKey;
  keys.open = false;
  element('place').textContent =
    'This is localhost: the demo store’s public keys are filled in. Choose an example and send it. Each example cancels its ' +
    'own demo order; sending it again returns the first response. To get fresh orders, restart npm start; with --db-path, ' +
    'name another file.';
}

/** @param {HTMLInputElement} choice */
function choose(choice) {
  const orderNo = chosen?.dataset['orderFixed'] === undefined ? orderNoIn(bodyText.value) : undefined;
  if (orderNo !== undefined) lastOrderNo = orderNo;
  const body = JSON.parse(choice.dataset['body'] ?? '{}');
  const isOfLastOrder = isDetail(choice) && choice.dataset['orderFixed'] === undefined;
  if (isOfLastOrder && lastOrderNo !== undefined) body.orderNo = lastOrderNo;
  choice.checked = true;
  chosen = choice;
  bodyText.value = JSON.stringify(body, null, 2);
  element('route').textContent = new URL(pathOf(choice), location.href).pathname;
}

/** @param {HTMLInputElement} choice */
function isDetail(choice) {
  return pathOf(choice).endsWith('/detail');
}

/** @param {HTMLInputElement | undefined} choice */
function pathOf(choice) {
  return choice?.dataset['path'] ?? '';
}

/**
 * @param {string} text
 * @returns {string | undefined}
 */
function orderNoIn(text) {
  try {
    const { orderNo } = JSON.parse(text);
    return typeof orderNo === 'string' ? orderNo : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes a signed request of what the fields hold. Shows why if that is not possible, and returns undefined.
 * @param {string} text
 */
async function signFields(text) {
  try {
    if (!isSecureContext) throw new Error('signing needs https, or localhost');
    const url = new URL(pathOf(chosen), location.href).href;
    const headers = Object.fromEntries(headerInputs.map((input) => [input.dataset['header'], input.value.trim()]));
    const hashKey = hashKeyInput.value.trim();
    const request = await signRequest(text, hashKey, headers);
    // Throws if a value cannot be sent in a header.
    new Headers(request.headers);
    return { url, request, keys: { headers, hashKey } };
  } catch (error) {
    showFailure(`Nothing was sent: ${error instanceof Error ? error.message : String(error)}.`);
    return undefined;
  }
}

/** Signs what the fields hold, sends it, and shows the response. One request at a time. */
async function send() {
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  const isCancellation = chosen === undefined || pathOf(chosen).endsWith('/cancel');
  const text = bodyText.value;
  offerFollowUp('', undefined);
  following.abort();
  element('executions').replaceChildren();
  try {
    const signed = await signFields(text);
    if (signed === undefined) return;
    const { url, request, keys: usedKeys } = signed;
    const response = await fetch(url, { ...request, ...fetchOptions, signal: AbortSignal.timeout(timeoutMs) });
    const received = {
      status: response.status,
      isReplay: response.headers.get('Idempotent-Replayed') === 'true',
      etag: response.headers.get('ETag'),
      headers: [...response.headers],
      text: await response.text(),
    };
    element('curl').textContent = curlOf(url, request);
    const language = usedKeys.headers['X-System-Language'] === 'ko' ? 'ko' : 'en';
    const { detail, returnRequestId } = showAnswer(received, demo !== undefined, language);
    lastReturnRequestId = returnRequestId ?? lastReturnRequestId;
    const orderNo = orderNoIn(text);
    if (detail !== undefined) {
      const expected = (detail.cancellations ?? []).filter(isExpected);
      const seen = new Map(expected.map((one) => [one.returnRequestId, statusOf(one)]));
      void follow(JSON.parse(text), seen, usedKeys, language);
    } else if (returnRequestId !== undefined && orderNo !== undefined) {
      void follow({ orderNo, limit: 100 }, new Map([[returnRequestId, undefined]]), usedKeys, language);
    }
    if (detail?.nextToken !== undefined) {
      offerFollowUp('The next cancellations', { ...JSON.parse(text), nextToken: detail.nextToken });
    } else if (isCancellation && orderNo !== undefined && ![401, 404].includes(response.status)) {
      offerFollowUp(`What remains of ${orderNo}`, { orderNo });
    }
  } catch (error) {
    const consequence = isCancellation
      ? 'It is not known whether it was canceled. Send the same request again: it is never applied twice.'
      : 'Send the same request again: it changes nothing.';
    showFailure(`There was no response (${error instanceof Error ? error.message : String(error)}). ${consequence}`);
  } finally {
    button.ariaDisabled = 'false';
  }
}

/**
 * Shows what becomes of the money of cancellations, with the keys of the request before.
 * @param {{ orderNo?: string, limit?: number }} body the request that lists them
 * @param {Map<string, string | undefined>} seen what is shown of each already
 * @param {{ headers: Record<string, string>, hashKey: string }} keys
 * @param {import('./execution-text.js').Language} language
 */
async function follow(body, seen, { headers, hashKey }, language) {
  if (seen.size === 0 || document.hidden) return;
  following = new AbortController();
  const { signal } = following;
  const url = new URL(pathOf(detailChoice), location.href).href;
  const deadline = AbortSignal.timeout(timeoutMs);
  const isOpen = await followExecutions({
    body,
    seen,
    signal,
    ask: async (asked) => {
      try {
        const request = await signRequest(JSON.stringify(asked), hashKey, headers);
        const response = await fetch(url, { ...request, ...fetchOptions, signal: AbortSignal.any([signal, deadline]) });
        return response.ok ? (await response.json()).data : undefined;
      } catch {
        return undefined;
      }
    },
    show: (changed) => showExecutions(changed, language),
  });
  if (isOpen) element('executions').append(sentenceElement(askLater[language]));
}

/**
 * Whether something is to become of its money soon: of the last cancellation also if it was not requested yet.
 * @param {import('./execution-text.js').Executed} cancellation
 */
function isExpected(cancellation) {
  const { execution, returnRequestId } = cancellation;
  return execution === undefined ? returnRequestId === lastReturnRequestId : !isAtRest(cancellation);
}

/**
 * Shows the button for the next request, or hides it without a body.
 * @param {string} label
 * @param {object | undefined} body
 */
function offerFollowUp(label, body) {
  followUpButton.textContent = label;
  followUpButton.hidden = body === undefined;
  followUpBody = body;
}
