/** A block of commands on a page of the documentation. */
export interface Block {
  /** Its section, with its number where that has several: 'Roll back by hand 2'. */
  readonly name: string;
  readonly text: string;
}

/** The blocks of shell commands of a page, word for word, but for the indent of a list. */
export function blocksIn(page: string): Block[] {
  const found: Array<{ readonly section: string; readonly text: string }> = [];
  let section = '';
  for (const [, heading, indent = '', language = '', text = ''] of page.matchAll(headingOrBlock)) {
    if (heading !== undefined) section = heading;
    else if (shells.has(language)) found.push({ section, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') });
  }
  return found.map(({ section: own, text }, index) => {
    const inSection = found.filter((block) => block.section === own);
    const number = found.slice(0, index).filter((block) => block.section === own).length + 1;
    return { name: inSection.length === 1 ? own : `${own} ${number}`, text };
  });
}

const shells = new Set(['sh', 'bash', 'shell', 'console']);
const headingOrBlock = /^#{1,6} +(.+?) *$|^( *)```(\w*)\n([^]*?)^\2```$/gm;
