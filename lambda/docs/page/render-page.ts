import { html, type Html } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import { type OpenApiDocument, type Route, routesOf } from './openapi-document.ts';
import { operationParts, partId, renderOperation } from './render-operation.ts';
import { renderTryIt } from './render-try-it.ts';

/**
 * The page at /docs: all that the OpenAPI document says, readable without scripts, and a panel to try it. Its links are
 * relative, because the gateway puts the stage before each path.
 */
export function renderPage(document: OpenApiDocument): string {
  const { info, components } = document;
  const routes = routesOf(document);
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
<nav aria-label="On this page">
<ul>
<li><a href="#try-it">Try it</a> <a href="#overview">Overview</a> <a href="#signing">Keys and signing</a>
<a href="openapi.json">OpenAPI 3.1</a></li>
${routes.map(renderLinks)}</ul>
</nav>
</header>
<main id="main" tabindex="-1">
${renderTryIt(routes)}
${section('overview', 'Overview', renderMarkdown(info.description))}
${section('signing', 'Keys and signing', renderSigning(components.securitySchemes))}
${routes.map((route, index) => renderOperation(route, routes.slice(0, index), document))}
</main>
</body>
</html>
`;
  return page.html;
}

/** Each link has a full name, for people who hear a list of links without its context. */
function renderLinks(route: Route): Html {
  const { operationId, summary } = route;
  const links = operationParts.map(
    (part) => html` <a href="#${partId(route, part)}" aria-label="${part} of ${summary}">${part}</a>`,
  );
  return html`<li><a href="#${operationId}"><strong>${summary}</strong></a>${links}</li>
`;
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
