import { expect, test } from '@jest/globals';
import openApi from '../../../docs/openapi.json' with { type: 'json' };
import { renderPage } from '../../../lambda/page/render-page.ts';

const page = renderPage(openApi);
const { parameters, responses } = openApi.paths['/api/v2/payment/cancel'].post;

test('every header, status, result code and reason of the document is on the page', () => {
  const refusal = openApi.components.schemas.CancelPaymentRefusal.properties;
  const reasons = refusal.errors.items.oneOf.flatMap(({ properties }) => properties.reason.enum);
  const told = [...parameters.map(({ name }) => name), ...refusal.resultCode.enum, ...reasons];
  expect(told.filter((name) => !page.includes(`<code>${name}</code>`))).toEqual([]);
  expect(Object.keys(responses).filter((status) => !page.includes(`<h3>${status}</h3>`))).toEqual([]);
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

test('no field could get into a URL: none but the choice of an example has a name', () => {
  const names = [...page.matchAll(/ name="([^"]*)"/g)].map(([, name]) => name);
  expect(names.filter((name) => !['example', 'viewport', 'color-scheme'].includes(name ?? ''))).toEqual([]);
});

test('it has no script or style of its own, as its policy demands', () => {
  expect(page).not.toMatch(/<style|<script(?! type="module" src="docs\/try-it\.js">)| style="| on[a-z]+="/);
});
