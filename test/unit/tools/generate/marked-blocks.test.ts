import { describe, expect, test } from '@jest/globals';
import { blockOf, withBlocks } from '../../../../tools/generate/marked-blocks.ts';

describe('a page', () => {
  const page = 'Before.\n<!-- bench:cold -->\nold\n<!-- /bench:cold -->\nAfter.\n';

  test('gets a block where its name is, and keeps all else', () => {
    expect(withBlocks(page, 'bench', new Map([['cold', 'new']]))).toBe(
      'Before.\n<!-- bench:cold -->\n\nnew\n\n<!-- /bench:cold -->\nAfter.\n',
    );
  });

  test('gives the block of a name', () => {
    expect(blockOf(page, 'bench', 'cold')).toBe('old');
  });

  test('is the same when it gets the same block again', () => {
    const blocks = new Map([['cold', 'new']]);
    const once = withBlocks(page, 'bench', blocks);
    expect(withBlocks(once, 'bench', blocks)).toBe(once);
  });

  test('without a place for a block is an error', () => {
    expect(() => withBlocks(page, 'bench', new Map([['warm', 'new']]))).toThrow('The page has no place for warm');
  });
});
