import { describe, expect, test } from '@jest/globals';
import { blocksIn } from './blocks.ts';

const page = `# A page
\`\`\`sh
first # a comment, and no heading
# Neither is this
\`\`\`

## One

1. A step:

   \`\`\`bash
   for X in 1 2; do
     echo $X
   done
   \`\`\`

\`\`\`json
{ "no": "command" }
\`\`\`
### Two \`code\`
\`\`\`sh
second
\`\`\`
\`\`\`
no language
\`\`\`
\`\`\`console
third
\`\`\`
`;

describe('the blocks of a page', () => {
  test('are those of a shell, each named by its section, and by its number where there are several', () => {
    expect(blocksIn(page).map(({ name }) => name)).toEqual(['A page', 'One', 'Two `code` 1', 'Two `code` 2']);
  });

  test('are word for word as they are printed, without the indent of a list', () => {
    expect(blocksIn(page).map(({ text }) => text)).toEqual([
      'first # a comment, and no heading\n# Neither is this\n',
      'for X in 1 2; do\n  echo $X\ndone\n',
      'second\n',
      'third\n',
    ]);
  });
});
