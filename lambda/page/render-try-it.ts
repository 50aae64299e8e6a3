import { html, type Html } from './html.ts';
import type { Example, Operation, Parameter } from './openapi-document.ts';

/** The panel that browser/try-it.js brings to life. No field has a name, so that no form could ever put one into a URL. */
export function renderTryIt(path: string, operation: Operation): Html {
  const parameters = operation.parameters.filter(({ description }) => !description.includes('without effect'));
  const examples = examplesOf(Object.values(operation.requestBody.content['application/json'].examples));
  return html`<section aria-labelledby="try-it"><h2 id="try-it">Try it</h2>
<noscript><p>Signing a request in the browser needs JavaScript.</p></noscript>
<p id="place">Keys that you put in here are used to sign in this page, and are forgotten when it is closed: the access key
is sent as its header, the hash key never. A success cancels for real, an order of your store.</p>
<form id="request" class="panel" data-path="${path.slice(1)}" autocomplete="off">
<fieldset class="examples"><legend>Example</legend>
${examples.map(renderChoice)}</fieldset>
<div>
<details id="keys" open><summary>Keys and headers</summary>
<div class="fields">
${renderInput('X-Access-Key', { required: true })}
${renderInput('Hash key', { type: 'password', required: true })}
${parameters.map(({ name, example = '' }: Parameter) => renderInput(name, { example }))}</div></details>
<label for="body-text">Body: these very bytes are signed and sent</label>
<textarea id="body-text" rows="12" spellcheck="false" autocomplete="off" autocapitalize="off"></textarea>
<button type="submit">Sign and send</button>
</div>
<div id="answer">
<p id="outcome" role="status">The answer comes here.</p>
<div id="details" hidden>
<h3>Errors</h3><ul id="errors"></ul>
<h3>Answer</h3><pre id="answer-body" tabindex="0" aria-label="Body of the answer"></pre>
<h3>Headers of the answer</h3><dl id="answer-headers"></dl>
<h3>The signed request</h3><pre id="curl" tabindex="0" aria-label="The signed request as a curl command"></pre>
</div></div></form></section>`;
}

interface Choice {
  readonly title: string;
  readonly hint: string;
  /** Of the specification's examples, the one whose order this is made of. */
  readonly order: string;
  readonly body: unknown;
}

const hints = ['All lines, all units.', 'Two lines, a unit each.', 'Part of what a unit cost; the unit stays.'];

function examplesOf(specified: readonly Example[]): Choice[] {
  const choices = specified.map(({ summary, value }, index) => ({
    title: summary,
    hint: hints[index] ?? '',
    order: summary,
    body: value,
  }));
  const [first, last] = [choices.at(0), choices.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The OpenAPI document has no example.');
  const replay = { ...first, title: 'Replay', hint: 'The first one again: answered again, canceled once.' };
  const refusal = {
    ...last,
    title: 'Refusal',
    hint: 'More units than there are, and a wrong total.',
    body: mistaken(last.body),
  };
  return [...choices, replay, refusal];
}

/** More units than there are, for more than they cost, and a total that forgets the quantity. */
function mistaken(body: unknown): unknown {
  const items = [{ seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 3, amount: 60_000, taxAmount: 5000 }];
  return { ...(body as object), totalCancelAmount: 60_000, items };
}

function renderChoice({ title, hint, order, body }: Choice, index: number): Html {
  const id = `example-${index}`;
  return html`<div class="choice"><input type="radio" name="example" id="${id}" aria-describedby="${id}-hint"
 data-order="${order}" data-body="${JSON.stringify(body, null, 2)}">
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
