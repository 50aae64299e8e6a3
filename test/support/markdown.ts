// What a test reads from a page of Markdown.

const withoutBlocks = (text: string) => text.replaceAll(/^( *)```.*\n[^]*?^\1```$/gm, '');

/** What stands between backticks, but for blocks of code. */
export function codeSpansIn(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** Targets of links and of images. */
export function linksIn(text: string): string[] {
  const prose = withoutBlocks(text).replaceAll(/`[^`\n]+`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|\b(?:href|src)="([^"]+)"/g)].map(([, link, ofTag]) => link ?? ofTag ?? '');
}

/**
 * The anchors that GitHub gives to the headings of a page.
 * @param levels how deep the headings are that count, 1 to 6
 */
export function anchorsIn(text: string, levels = 6): string[] {
  const counts = new Map<string, number>();
  return [...withoutBlocks(text).matchAll(/^(#{1,6}) +(.+?) *$/gm)].flatMap(([, { length } = '', heading = '']) => {
    const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = shown.replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replaceAll(' ', '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    if (length > levels) return [];
    return [count === 0 ? slug : `${slug}-${count}`];
  });
}

/** The text below a heading up to the next one, without blocks of code. @throws Error where there is no such heading */
export function sectionOf(text: string, heading: string): string {
  const sections = withoutBlocks(text).split(/^#{1,6} /m);
  const section = sections.find((one) => one.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`There is no section "${heading}".`);
  return section.slice(heading.length + 1);
}

/** The cells of every row of the tables of a text, heads included. */
export function rowsOf(text: string): string[][] {
  const rows = text.match(/^\|.*\|$/gm) ?? [];
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
