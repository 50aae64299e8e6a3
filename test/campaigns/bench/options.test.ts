import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../../tools/command-line.ts';
import { readOptions } from './options.ts';

const needsFullRun =
  '--write-docs needs all figures of a full run: leave out --quick, and --only unless it is hot-order or chain.';

describe('the options of the benchmark', () => {
  test('may all be left out: everything is measured, and nothing written', () => {
    expect(readOptions([])).toEqual({
      help: false,
      quick: false,
      parts: ['cold', 'variants', 'warm', 'growth', 'price', 'hot-order', 'chain'],
      json: undefined,
      writesDocs: false,
    });
  });

  test.each(['cold', 'variants', 'warm', 'growth', 'price', 'hot-order', 'chain'])('choose %s alone', (part) => {
    expect(readOptions(['--only', part]).parts).toEqual([part]);
  });

  test.each([
    [['--only', 'hot'], '--only must be one of cold, variants, warm, growth, price, hot-order, chain, not hot.'],
    [['--write-docs', '--quick'], needsFullRun],
    [['--write-docs', '--only', 'cold'], needsFullRun],
    [['--json', 'test'], '--json must be a file in a folder that exists, not test.'],
    [['--json', 'nowhere/results.json'], '--json must be a file in a folder that exists, not nowhere/results.json.'],
    [['--json', ''], '--json has no value. See npm run bench -- --help.'],
  ])('%j are refused in one line', (args, message) => {
    expect(() => readOptions(args)).toThrow(new UsageError(message));
  });

  test.each(['hot-order', 'chain'])('let %s be measured alone for the page', (part) => {
    expect(readOptions(['--write-docs', '--only', part])).toMatchObject({ writesDocs: true });
  });

  test('that do not exist are refused by name', () => {
    expect(() => readOptions(['--fast'])).toThrow(/'--fast'.*See npm run bench -- --help\.$/);
  });
});
