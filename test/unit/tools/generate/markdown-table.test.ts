import { expect, test } from '@jest/globals';
import { markdownTable } from '../../../../tools/generate/markdown-table.ts';

test('a table is aligned: its first column to the left, the others to the right', () => {
  expect(
    markdownTable(
      ['name', 'ms'],
      [
        ['a', '5'],
        ['longer', '12.5'],
      ],
    ),
  ).toBe(['| name   |   ms |', '| ------ | ---: |', '| a      |    5 |', '| longer | 12.5 |'].join('\n'));
});

test('a table fills the cells that a row lacks', () => {
  expect(
    markdownTable(['a', 'b'], [['x']])
      .split('\n')
      .at(-1),
  ).toBe('| x   |     |');
});
