import { html, type Html } from './html.ts';
import { renderInline, renderMarkdown, renderTable } from './markdown.ts';
import type { OpenApiDocument, Operation } from './openapi-document.ts';
import { renderFields } from './render-fields.ts';
import { renderTryIt } from './render-try-it.ts';

/**
 * The page at /docs: all that the OpenAPI document says, readable without a script, and a panel to try it. Its links are
 * relative, because the gateway puts its stage before each path.
 */
export function renderPage(document: OpenApiDocument): string {
  const { info, paths, components } = document;
  const [[path, { post: operation }] = missing()] = Object.entries(paths);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${info.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/page.css">
<script type="module" src="docs/try-it.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${info.title}</h1>
<p class="route"><strong>POST</strong> <code>${path}</code></p>
<nav aria-label="On this page">
<a href="#try-it">Try it</a> <a href="#overview">Overview</a> <a href="#signing">Keys and signing</a>
<a href="#headers">Headers</a> <a href="#body">Body</a> <a href="#answers">Answers</a>
<a href="#examples">Examples</a> <a href="openapi.json">OpenAPI 3.1</a>
</nav>
</header>
<main id="main" tabindex="-1">
${renderTryIt(path, operation)}
${section('overview', 'Overview', renderMarkdown(`${info.description}\n\n${operation.description}`))}
${section('signing', 'Keys and signing', renderSigning(components.securitySchemes))}
${section('headers', 'Headers', renderHeaders(operation))}
${section('body', 'Body', [
  ...renderMarkdown(operation.requestBody.description),
  renderFields('Fields of the body', components.schemas.CancelPaymentRequest, 'Needed'),
])}
${section('answers', 'Answers', [
  html`<h3>200</h3>`,
  ...renderMarkdown(operation.responses['200']?.description ?? ''),
  renderFields('Fields of a success', components.schemas.CancelPaymentSuccess, 'Always there'),
  ...renderRefusals(operation),
])}
${section('examples', 'Examples', renderExamples(operation))}
</main>
</body>
</html>
`;
  return page.html;
}

function missing(): never {
  throw new Error('The OpenAPI document has no path.');
}

function section(id: string, title: string, content: readonly Html[]): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}</section>`;
}

function renderSigning(schemes: OpenApiDocument['components']['securitySchemes']): Html[] {
  return Object.values(schemes).map(
    ({ name, description }) => html`<h3>${name}</h3>${renderMarkdown(description)}
`,
  );
}

function renderHeaders({ parameters }: Operation): Html[] {
  const rows = parameters.map(({ name, required, description, example }) => [
    html`<code>${name}</code>`,
    html`${required ? 'yes' : 'no'}`,
    renderInline(description),
    example === undefined ? html`` : html`<code>${example}</code>`,
  ]);
  return [renderTable('Headers of a request', ['Header', 'Needed', 'Meaning', 'Example'], rows)];
}

function renderRefusals({ responses }: Operation): Html[] {
  return Object.entries(responses)
    .filter(([status]) => status !== '200')
    .map(([status, { description, content }]) => {
      const [example] = Object.values(content['application/json'].examples);
      return html`<h3>${status}</h3>
${renderMarkdown(description, `${status}, by `)}
<details><summary>An answer with ${status}</summary>${renderJson(example?.value)}</details>
`;
    });
}

function renderExamples({ requestBody, responses }: Operation): Html[] {
  const answers = responses['200']?.content['application/json'].examples;
  return Object.entries(requestBody.content['application/json'].examples).map(
    ([name, { summary, value }]) => html`<h3>${summary}</h3>
<div class="pair"><div><p>Request</p>${renderJson(value)}</div>
<div><p>Answer</p>${renderJson(answers?.[name]?.value)}</div></div>
`,
  );
}

function renderJson(value: unknown): Html {
  return html`<pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>`;
}
