import { html, type Html } from './html.ts';
import { renderInline, renderMarkdown, renderTable } from './markdown.ts';
import { type OpenApiDocument, type Response, type Route, schemaOf } from './openapi-document.ts';
import { renderFields } from './render-fields.ts';

export const operationParts = ['Headers', 'Body', 'Responses', 'Examples'] as const;
type Part = (typeof operationParts)[number];

/** The id of a part of an operation on the page. */
export function partId({ operationId }: Route, part: Part): string {
  return `${operationId}-${part.toLowerCase()}`;
}

/**
 * An operation: what it takes, and its responses.
 * @param earlier the operations above it: a response that one of them has too is not repeated
 */
export function renderOperation(route: Route, earlier: readonly Route[], document: OpenApiDocument): Html {
  const { operationId, summary, path, description, requestBody, responses } = route;
  const part = (name: Part) => html`<h3 id="${partId(route, name)}">${name}</h3>
`;
  const success = responses['200'];
  return html`<section aria-labelledby="${operationId}"><h2 id="${operationId}">${summary}</h2>
<p class="route"><strong>POST</strong> <code>${path}</code> <a href="#try-it" aria-label="Try it: ${summary}">Try it</a></p>
${renderMarkdown(description)}
${part('Headers')}${renderHeaders(route)}
${part('Body')}${renderMarkdown(requestBody.description)}
${renderFields(`Fields of the body of ${summary}`, schemaOf(requestBody, document), 'Required')}
${part('Responses')}<h4>200</h4>
${success ? renderMarkdown(success.description) : []}
${success ? renderFields(`Fields of a success of ${summary}`, schemaOf(success, document), 'Always present') : []}
${renderRefusals(route, earlier)}
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
  return renderTable(`Headers of ${summary}`, ['Header', 'Required', 'Meaning', 'Example'], rows);
}

function renderRefusals(route: Route, earlier: readonly Route[]): Html[] {
  const refusals = Object.entries(route.responses)
    .filter(([status]) => status !== '200')
    .map(([status, response]) => ({
      status,
      response,
      sameAs: earlier.find((other) => isSame(other, status, response)),
    }));
  const own = refusals.filter(({ sameAs }) => sameAs === undefined);
  return [
    ...own.map(({ status, response }) => renderRefusal(status, response, route)),
    ...earlier.flatMap((other) =>
      renderReference(
        refusals.filter(({ sameAs }) => sameAs === other).map(({ status }) => status),
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
<details><summary>A response with ${status}</summary>${renderJson(example?.value)}</details>
`;
}

function renderReference(statuses: readonly string[], other: Route): Html[] {
  if (statuses.length === 0) return [];
  const links = statuses.map(
    (status, index) => html`${index === 0 ? '' : ', '}<a href="#${refusalId(other, status)}">${status}</a>`,
  );
  return [
    html`<h4>Other statuses</h4>
<p>The same as those of ${other.summary}: ${links}.</p>
`,
  ];
}

function refusalId({ operationId }: Route, status: string): string {
  return `${operationId}-${status}`;
}

function renderExamples({ requestBody, responses }: Route): Html[] {
  const successes = responses['200']?.content['application/json'].examples;
  return Object.entries(requestBody.content['application/json'].examples).map(
    ([name, { summary, value }]) => html`<h4>${summary}</h4>
<div class="pair"><div><p>Request</p>${renderJson(value)}</div>
<div><p>Response</p>${renderJson(successes?.[name]?.value)}</div></div>
`,
  );
}

function renderJson(value: unknown): Html {
  return html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;
}
