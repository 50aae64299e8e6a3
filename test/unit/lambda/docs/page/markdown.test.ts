import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, property, string } from 'fast-check';
import { renderInline, renderMarkdown } from '../../../../../lambda/docs/page/markdown.ts';

const rendered = (text: string) => renderMarkdown(text).map((block) => block.html.trim());

describe('a text of the OpenAPI document', () => {
  test('becomes paragraphs, the lines of each joined', () => {
    expect(rendered('one\ntwo\n\nthree')).toEqual(['<p>one two</p>', '<p>three</p>']);
  });

  test('has strong words and code', () => {
    expect(renderInline('**Sign** the `body`.').html).toBe('<strong>Sign</strong> the <code>body</code>.');
  });

  test.each(['EBP-C-0004', 'TOTAL_MISMATCH'])('has %s as code, also where it is not marked', (code) => {
    expect(renderInline(`a ${code}: b`).html).toBe(`a <code>${code}</code>: b`);
    expect(renderInline(`\`${code}\``).html).toBe(`<code>${code}</code>`);
  });

  test('keeps fenced code as it is', () => {
    expect(rendered('```sh\nprintf "$A" | b\n  c\n```')).toEqual([
      '<pre tabindex="0"><code>printf &#34;$A&#34; | b\n  c</code></pre>',
    ]);
  });

  test('has tables with titles, and Korean marked as such', () => {
    const [table = ''] = rendered('| code | in Korean |\n|---|---|\n| A | 취소 |\n| B |  |');
    expect(table).toContain('<th scope="col" role="columnheader">code</th>');
    expect(table).toContain('<th scope="row" role="rowheader">A</th>');
    expect(table).toContain('<td role="cell" data-title="in Korean" lang="ko">취소</td>');
    expect(table.match(/<tr/g)).toHaveLength(3);
  });

  test('never becomes a tag or an attribute of the page', () => {
    assert(
      property(string({ unit: constantFrom('<', '>', '"', "'", '&', '`', '*', '|', 'a', '\n') }), (text) => {
        const tags = renderMarkdown(text, text).flatMap((block) => block.html.match(/<[^>]*>/g) ?? []);
        const known = /^<\/?(?:p|code|strong|pre|div|table|thead|tbody|tr|th|td)(?: [a-z-]+="[^"<>]*")*>$/;
        expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
      }),
    );
  });
});
