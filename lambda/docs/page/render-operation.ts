import { html, type Html } from './html.ts';
import { renderInline, renderMarkdown, renderTable } from './markdown.ts';
import { type OpenApiDocument, type Response, type Route, schemaOf } from './openapi-document.ts';
import { renderFields } from './render-fields.ts';

export const operationParts = ['Headers', 'Body', 'Answers', 'Examples'] as const;
type Part = (typeof operationParts)[number];

/** Where a part of an operation stands on the page. */
export function partId({ operationId }: Route, part: Part): string {
  return `${operationId}-${part.toLowerCase()}`;
}

/**
 * What an operation takes, answers and refuses.
 * @param told the operations before it: what they answer in the very same way is not told again
 */
export function renderOperation(route: Route, told: readonly Route[], document: OpenApiDocument): Html {
  const { operationId, summary, path, description, requestBody, responses } = route;
  const part = (name: Part) => html`<h3 id="${partId(route, name)}">${name}</h3>
`;
  const success = responses['200'];
  return html`<section aria-labelledby="${operationId}"><h2 id="${operationId}">${summary}</h2>
<p class="route"><strong>POST</strong> <code>${path}</code> <a href="#try-it" aria-label="Try it: ${summary}">Try it</a></p>
${renderMarkdown(description)}
${part('Headers')}${renderHeaders(route)}
${part('Body')}${renderMarkdown(requestBody.description)}
${renderFields(`Fields of the body of ${summary}`, schemaOf(requestBody, document), 'Needed')}
${part('Answers')}<h4>200</h4>
${success ? renderMarkdown(success.description) : []}
${success ? renderFields(`Fields of a success of ${summary}`, schemaOf(success, document), 'Always there') : []}
${renderRefusals(route, told)}
${part('Examples')}${renderExamples(route)}</section>
`;
}

function renderHeaders({ summary, parameters }: Route): Html {
  const rows = parameters.map(({ name, required, description, example }) => [
    html`<code>${name}</code>`,
    html`${required ? 'yes' : 'no'}`,
    renderInline(description),
    example === undefined ? html`` : html`<code>${example}</code>`,
  ]);
  return renderTable(`Headers of ${summary}`, ['Header', 'Needed', 'Meaning', 'Example'], rows);
}

function renderRefusals(route: Route, told: readonly Route[]): Html[] {
  const refusals = Object.entries(route.responses)
    .filter(([status]) => status !== '200')
    .map(([status, response]) => ({ status, response, known: told.find((other) => isSame(other, status, response)) }));
  const own = refusals.filter(({ known }) => known === undefined);
  return [
    ...own.map(({ status, response }) => renderRefusal(status, response, route)),
    ...told.flatMap((other) =>
      renderReference(
        refusals.filter(({ known }) => known === other).map(({ status }) => status),
        other,
      ),
    ),
  ];
}

function isSame(other: Route, status: string, response: Response): boolean {
  return JSON.stringify(other.responses[status]) === JSON.stringify(response);
}

function renderRefusal(status: string, { description, content }: Response, route: Route): Html {
  const [example] = Object.values(content['application/json'].examples);
  return html`<h4 id="${refusalId(route, status)}">${status}</h4>
${renderMarkdown(description, `${route.summary}, ${status}, by `)}
<details><summary>An answer with ${status}</summary>${renderJson(example?.value)}</details>
`;
}

function renderReference(statuses: readonly string[], other: Route): Html[] {
  if (statuses.length === 0) return [];
  const links = statuses.map(
    (status, index) => html`${index === 0 ? '' : ', '}<a href="#${refusalId(other, status)}">${status}</a>`,
  );
  return [
    html`<h4>The others</h4>
<p>As those of ${other.summary}: ${links}.</p>
`,
  ];
}

function refusalId({ operationId }: Route, status: string): string {
  return `${operationId}-${status}`;
}

function renderExamples({ requestBody, responses }: Route): Html[] {
  const answers = responses['200']?.content['application/json'].examples;
  return Object.entries(requestBody.content['application/json'].examples).map(
    ([name, { summary, value }]) => html`<h4>${summary}</h4>
<div class="pair"><div><p>Request</p>${renderJson(value)}</div>
<div><p>Outcome</p>${renderJson(answers?.[name]?.value)}</div></div>
`,
  );
}

function renderJson(value: unknown): Html {
  return html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;
}
