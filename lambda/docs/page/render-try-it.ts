import type { FreeHeaderName } from '../../contract/header-rules.ts';
import { html, type Html } from './html.ts';
import type { Parameter, Route } from './openapi-document.ts';
import { type Choice, choicesOf } from './try-it-choices.ts';

/** Headers without effect, or with a single value: the panel has no field for them. */
const withoutField: ReadonlySet<string> = new Set<FreeHeaderName | 'Content-Encoding'>([
  'X-Language-Code',
  'Accept-Language',
  'Content-Encoding',
]);

/**
 * The panel that browser/try-it.js brings to life. No text field has a name, so that no form can ever put its value
 * into a URL.
 */
export function renderTryIt(routes: readonly Route[]): Html {
  const parameters = (routes[0]?.parameters ?? []).filter(({ name }) => !withoutField.has(name));
  return html`<section aria-labelledby="try-it"><h2 id="try-it">Try it</h2>
<noscript><p>Signing a request in the browser needs JavaScript.</p></noscript>
<p id="place">This page signs in the browser, makes no third-party requests and stores nothing: the access key is sent as a
header, the hash key never leaves the browser. A cancellation that succeeds is real: it cancels an order of your store.</p>
<form id="request" class="panel" autocomplete="off">
${routes.map(renderChoices)}
<div>
<details id="keys" open><summary>Keys and headers</summary>
<div class="fields">
${renderInput('X-Access-Key', { required: true })}
${renderInput('Hash key', { type: 'password', required: true })}
${parameters.map(({ name, example = '' }: Parameter) => renderInput(name, { example }))}</div></details>
<p class="route"><strong>POST</strong> <code id="route"></code></p>
<label for="body-text">Body: these very bytes are signed and sent</label>
<textarea id="body-text" rows="12" spellcheck="false" autocomplete="off" autocapitalize="off"></textarea>
<button type="submit">Sign and send</button>
</div>
<div id="response">
<p id="outcome" role="status">The response is shown here.</p>
<p id="executions" aria-live="polite"></p>
<button id="follow-up" type="button" hidden></button>
<div id="details" hidden>
<p id="state" hidden>The state of the order: ETag <code id="etag"></code> <button id="use-etag" type="button">Use as If-Match</button></p>
${renderOrder()}
<h3>Errors</h3><ul id="errors"></ul>
<h3>Response</h3><pre id="response-body" tabindex="0" aria-label="Body of the response"></pre>
<h3>Response headers</h3><dl id="response-headers"></dl>
<h3>The request as a curl command</h3>
<p>It signs the body with the hash key in HASH_KEY. It has no signature in it: whoever gets a signed request can send it
again.</p>
<pre id="curl" tabindex="0" aria-label="The request as a curl command"></pre>
</div></div></form></section>`;
}

/** Where browser/show-order.js shows an order. */
function renderOrder(): Html {
  const titles = ['Line', 'Paid', 'Canceled', 'Remaining'];
  return html`<div id="order" hidden><h3 id="order-title">Order</h3>
<div class="table compact" role="region" aria-label="Lines of the order" tabindex="0"><table role="table">
<thead role="rowgroup"><tr role="row">${titles.map((title) => html`<th scope="col" role="columnheader">${title}</th>`)}</tr></thead>
<tbody id="order-lines" role="rowgroup"></tbody></table></div>
<h3>Cancellations</h3><p id="no-cancellation"></p><ol id="order-cancellations"></ol></div>`;
}

function renderChoices(route: Route): Html {
  const renderOne = (choice: Choice, index: number) => renderChoice(choice, route, `${route.operationId}-try-${index}`);
  return html`<fieldset class="examples"><legend>${route.summary}</legend>
${choicesOf(route).map(renderOne)}</fieldset>
`;
}

function renderChoice({ title, hint, body, isOrderFixed }: Choice, { path }: Route, id: string): Html {
  const fixed = isOrderFixed ? html` data-order-fixed` : html``;
  return html`<div class="choice"><input type="radio" name="example" id="${id}" aria-describedby="${id}-hint"
 data-path="${path.slice(1)}"${fixed} data-body="${JSON.stringify(body, null, 2)}">
<label for="${id}">${title}</label><p id="${id}-hint">${hint}</p></div>
`;
}

interface InputOptions {
  readonly type?: string;
  readonly required?: boolean;
  readonly example?: string;
}

function renderInput(name: string, { type = 'text', required = false, example = '' }: InputOptions): Html {
  const id = `field-${name.toLowerCase().replaceAll(/\W/g, '-')}`;
  const attributes = required ? html` required` : html``;
  const header = type === 'password' ? html`` : html` data-header="${name}"`;
  return html`<div><label for="${id}">${name}</label>
<input id="${id}" type="${type}"${header}${attributes} placeholder="${example}" autocomplete="off"
 autocapitalize="off" spellcheck="false"></div>
`;
}
