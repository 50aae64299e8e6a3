import { escapeHtml, html, type Html } from './html.ts';

/**
 * HTML of the CommonMark in the OpenAPI document: paragraphs, tables, fenced code without empty lines, and within them
 * **strong** and `code`.
 * @param subject comes first in the names of its tables, for people who do not see what is above a table
 */
export function renderMarkdown(text: string, subject = ''): Html[] {
  return text.split(/\n{2,}/).map((block) => renderBlock(block, subject));
}

/** One line of CommonMark as HTML. */
export function renderInline(text: string): Html {
  const escaped = escapeHtml(text);
  return {
    html: escaped
      .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
      .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
      // A result code or a reason is shown as code too: it does not break after a hyphen.
      .replaceAll(/(?<![\w>])(EBP-[A-Z]-\d{4}|[A-Z]+(?:_[A-Z]+)+)(?![\w<])/g, '<code>$1</code>'),
  };
}

/**
 * A table that scrolls by itself if it is wider than the screen. On a phone each row is a block with the column titles
 * repeated; the roles make it a table for screen readers then.
 */
export function renderTable(name: string, titles: readonly string[], rows: ReadonlyArray<readonly Html[]>): Html {
  const renderRow = (row: readonly Html[]) =>
    html`<tr role="row">${row.map((cell, index) => renderCell(cell, index, titles[index] ?? ''))}</tr>
`;
  return html`<div class="table" role="region" aria-label="${name}" tabindex="0"><table role="table">
<thead role="rowgroup"><tr role="row">${titles.map(renderTitle)}</tr></thead>
<tbody role="rowgroup">${rows.map(renderRow)}</tbody>
</table></div>
`;
}

function renderBlock(block: string, subject: string): Html {
  const lines = block.split('\n');
  if (block.startsWith('```')) return html`<pre tabindex="0"><code>${lines.slice(1, -1).join('\n')}</code></pre>`;
  if (block.startsWith('|')) {
    const [titles = [], , ...rows] = lines.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    return renderTable(
      `${subject}${titles[0]}`,
      titles,
      rows.map((row) => row.map(renderInline)),
    );
  }
  return html`<p>${renderInline(lines.join(' '))}</p>
`;
}

function renderTitle(title: string): Html {
  return html`<th scope="col" role="columnheader">${title}</th>`;
}

/** A cell. Korean is marked, so that it is read out as Korean. */
function renderCell(cell: Html, index: number, title: string): Html {
  if (index === 0) return html`<th scope="row" role="rowheader">${cell}</th>`;
  if (cell.html === '') return html`<td role="cell"></td>`;
  const language = /\p{Script=Hangul}/u.test(cell.html) ? html` lang="ko"` : html``;
  return html`<td role="cell" data-title="${title}"${language}>${cell}</td>`;
}
