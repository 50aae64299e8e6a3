import { expect, test } from '@jest/globals';
import openApi from '../../../../../docs/openapi.json' with { type: 'json' };
import { renderPage } from '../../../../../lambda/docs/page/render-page.ts';

const page = renderPage(openApi);
const operations = Object.values(openApi.paths).map(({ post }) => post);

test('every header, status, result code and reason of the document is on the page', () => {
  const refusal = openApi.components.schemas.Refusal.properties;
  const reasons = refusal.errors.items.oneOf.flatMap(({ properties }) => properties.reason.enum);
  const headers = operations.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  const names = [...headers, ...refusal.resultCode.enum, ...reasons];
  expect(names.filter((name) => !page.includes(`<code>${name}</code>`))).toEqual([]);
});

test.each(Object.entries(openApi.paths))(
  '%s has a section with what it takes, returns and refuses',
  (path, { post }) => {
    const { operationId, summary, responses } = post;
    const [, start = ''] = page.split(`<h2 id="${operationId}">`);
    const [section = ''] = start.split('</section>');
    expect(section).toContain(`<code>${path}</code>`);
    for (const part of ['headers', 'body', 'responses', 'examples']) {
      expect(section).toContain(`<h3 id="${operationId}-${part}">`);
      expect(page).toContain(`<a href="#${operationId}-${part}"`);
    }
    for (const status of Object.keys(responses)) expect(section).toMatch(new RegExp(`<(?:h4|a)[^>]*>${status}</`));
    expect(page).toContain(`<legend>${summary}</legend>`);
  },
);

test('a response that two operations share is described once, and one that differs with each of them', () => {
  const counts = ['401', '413', '400', '503'].map(
    (status) => page.split(`<summary>A response with ${status}</summary>`).length - 1,
  );
  expect(counts).toEqual([1, 1, operations.length, operations.length]);
});

test('a body without a named schema is an error, as is a document without examples', () => {
  const [[path, { post }]] = Object.entries(openApi.paths) as [[string, { post: (typeof operations)[number] }]];
  const media = { 'application/json': { schema: {}, examples: {} } };
  const withPost = (changes: object) => ({ ...openApi, paths: { [path]: { post: { ...post, ...changes } } } });
  expect(() => renderPage(withPost({ requestBody: { description: '', content: media } }) as never)).toThrow('example');
  expect(() => renderPage(withPost({ responses: { '200': { description: '', content: media } } }) as never)).toThrow(
    'The OpenAPI document has a body without a named schema.',
  );
});

test('the examples of an operation that the page does not know can be tried', () => {
  const other = { ...operations[1], operationId: 'other', summary: 'Another' };
  const known = { ...openApi, paths: { ...openApi.paths, '/api/v2/payment/other': { post: other } } };
  expect(renderPage(known as never)).toContain('<legend>Another</legend>');
});

test('every field of the body is on the page, below the one that it is in', () => {
  for (const path of ['orderNo', 'refundAccount.bankCode', 'items', 'items[].taxAmount']) {
    expect(page).toContain(`<code>${path}</code>`);
  }
});

test('no id stands twice, and every link within the page leads to one', () => {
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...page.matchAll(/(?:href="#|for="|aria-labelledby="|aria-describedby=")([^"]+)"/g)].map(
    ([, id]) => id,
  );
  expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
});

test('no field can get into a URL: only the choice of an example has a name', () => {
  const names = [...page.matchAll(/ name="([^"]*)"/g)].map(([, name]) => name);
  expect(names.filter((name) => !['example', 'viewport', 'color-scheme'].includes(name ?? ''))).toEqual([]);
});

test('it has no script or style of its own, as its policy demands', () => {
  expect(page).not.toMatch(/<style|<script(?! type="module" src="docs\/try-it\.js">)| style="| on[a-z]+="/);
});
