/**
 * A page with the text between `<!-- KIND:NAME -->` and `<!-- /KIND:NAME -->` replaced by the block of that name.
 * @param kind what writes the blocks, such as bench
 * @throws Error naming a block that the page has no place for
 */
export function withBlocks(text: string, kind: string, blocks: ReadonlyMap<string, string>): string {
  let written = text;
  for (const [name, block] of blocks) {
    const { from, to } = placeOf(written, kind, name);
    written = `${written.slice(0, from)}\n\n${block}\n\n${written.slice(to)}`;
  }
  return written;
}

/** The block of that name. @throws Error if the page has none */
export function blockOf(text: string, kind: string, name: string): string {
  const { from, to } = placeOf(text, kind, name);
  return text.slice(from, to).trim();
}

function placeOf(text: string, kind: string, name: string): { readonly from: number; readonly to: number } {
  const [begin, end] = [`<!-- ${kind}:${name} -->`, `<!-- /${kind}:${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for ${name}: ${begin} and ${end}.`);
  return { from: from + begin.length, to };
}
