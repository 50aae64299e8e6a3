import { showAnswer, showFailure } from './show-answer.js';
import { curlOf, signRequest } from './sign-request.js';

/**
 * @typedef {{ accessKey: string, hashKey: string, storeId: string, divisionCode: string, channelCode: string,
 *   ricCode: string, countryCode: string, currencyCode: string }} Store
 * @typedef {{ store: Store, examples: { title: string, request: { orderNo: string } }[] }} Demo
 */

const timeoutMs = 30_000;

const form = /** @type {HTMLFormElement} */ (document.getElementById('request'));
const keys = /** @type {HTMLDetailsElement} */ (document.getElementById('keys'));
const hashKeyInput = /** @type {HTMLInputElement} */ (document.getElementById('field-hash-key'));
const bodyText = /** @type {HTMLTextAreaElement} */ (document.getElementById('body-text'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
const headerInputs = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[data-header]')]);
const choices = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[name=example]')]);

const demo = await loadDemo();
if (demo !== undefined) useDemo(demo);
for (const choice of choices) choice.addEventListener('change', () => choose(choice));
if (choices[0] !== undefined) choose(choices[0]);
// A field that lacks its value is shown, so that the browser can say so.
form.addEventListener('invalid', () => (keys.open = true), { capture: true });
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void send();
});
form.dataset['ready'] = '';

/**
 * The public keys and orders that `npm start` has, and says so. Nobody else is asked.
 * @returns {Promise<Demo | undefined>}
 */
async function loadDemo() {
  if (!['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) return undefined;
  const response = await fetch('docs/demo.json', { signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
  return response?.ok ? await response.json() : undefined;
}

/** @param {Demo} demo */
function useDemo({ store, examples }) {
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
  for (const choice of choices) {
    const example = examples.find(({ title }) => title === choice.dataset['order']);
    const body = JSON.parse(choice.dataset['body'] ?? '{}');
    if (example !== undefined) body.orderNo = example.request.orderNo;
    choice.dataset['body'] = JSON.stringify(body, null, 2);
  }
  keys.open = false;
  const place = document.getElementById('place');
  if (place === null) return;
  place.textContent =
    'This is localhost: the demo store’s public keys are filled in. Choose an example and send it. Each cancels an ' +
    'order of its own once; sent again, it is answered as before. For fresh orders restart npm start, with another file where ' +
    '--db-path is given.';
}

/** @param {HTMLInputElement} choice */
function choose(choice) {
  choice.checked = true;
  bodyText.value = choice.dataset['body'] ?? '';
}

/** Signs what the fields hold, sends it, and shows what comes back. One request at a time. */
async function send() {
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  try {
    const url = new URL(form.dataset['path'] ?? '', location.href).href;
    const headers = headerInputs.map((input) => [input.dataset['header'], input.value.trim()]);
    const request = await signRequest(bodyText.value, hashKeyInput.value, Object.fromEntries(headers));
    const response = await fetch(url, {
      ...request,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const curl = document.getElementById('curl');
    if (curl !== null) curl.textContent = curlOf(url, request);
    showAnswer(
      {
        status: response.status,
        isReplay: response.headers.get('Idempotent-Replayed') === 'true',
        headers: [...response.headers],
        text: await response.text(),
      },
      demo !== undefined,
    );
  } catch (error) {
    showFailure(
      `No answer came (${error instanceof Error ? error.message : String(error)}). Whether it was canceled is not ` +
        'known: send the same request again, it is never applied twice.',
    );
  } finally {
    button.ariaDisabled = 'false';
  }
}
