import { expect, test } from '@jest/globals';
import { html } from '../../../../../lambda/docs/page/html.ts';

test('a value in a template is escaped, unless it is HTML', () => {
  expect(html`<p title="${'"><script>'}">${html`<b>`}${[html`1`, html`2`]}</p>`.html).toBe(
    '<p title="&#34;&#62;&#60;script&#62;"><b>12</p>',
  );
});
