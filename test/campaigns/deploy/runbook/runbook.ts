import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../support/run-node.ts';
import type { Operator } from '../operator.ts';
import { type Block, blocksIn } from './blocks.ts';
import { fillIn, type Fillings } from './fill-in.ts';
import { type BlockName, cannotRun, schedule } from './schedule.ts';

const pages = ['docs/releases.md', 'docs/operations.md', 'docs/refunds.md', 'docs/orders.md', 'docs/webhooks.md'];

/** The commands of the documentation, to be run as they are printed there. */
export interface Runbook {
  /**
   * Runs blocks, one after the other in one shell.
   * @returns what they printed
   * @throws Error if a command fails
   */
  readonly play: (
    operator: Operator,
    names: readonly BlockName[],
    fillings: Fillings,
    env?: Readonly<Record<string, string>>,
  ) => Promise<string>;
  /** Tries the blocks that the emulator cannot run. @throws AssertionError for one that does not fail as expected */
  readonly tryTheOthers: (operator: Operator, fillings: Fillings) => Promise<void>;
  /** @throws AssertionError naming the blocks of the schedule that were not run */
  readonly checkAllPlayed: () => void;
}

/** @throws AssertionError unless the schedule and the list of what cannot be run have each block of the pages once */
export function openRunbook(): Runbook {
  const blocks = new Map(blocksOfPages().map(({ name, text }) => [name, text]));
  const played = new Set<string>();
  const textOf = (name: string) => {
    const text = blocks.get(name);
    if (text === undefined) throw new Error(`There is no block "${name}".`);
    return text;
  };
  return {
    async play(operator, names, fillings, env) {
      for (const name of names) played.add(name);
      return await operator.shell(names.map((name) => fillIn(textOf(name), fillings)).join(''), env);
    },
    async tryTheOthers(operator, fillings) {
      for (const { block, why, after = [], setUp = '', fillings: own, fails } of cannotRun) {
        const filled = (name: string) => fillIn(textOf(name), { ...fillings, ...own });
        const before = after.map(filled).join('');
        const output = await operator.shellInVain(before + setUp + filled(block));
        assert.match(output, fails, `schedule.ts says of "${block}": ${why} It failed otherwise:\n${output}`);
      }
    },
    checkAllPlayed() {
      const missing = Object.keys(schedule).filter((name) => !played.has(name));
      assert.deepEqual(missing, [], 'these blocks are in the schedule, and were not run');
    },
  };
}

function blocksOfPages(): Block[] {
  const blocks = pages.flatMap((page) => blocksIn(readFileSync(join(projectRoot, page), 'utf8')));
  const names = blocks.map(({ name }) => name);
  const known = [...Object.keys(schedule), ...cannotRun.map(({ block }) => block)];
  assert.deepEqual(
    names.toSorted(),
    known.toSorted(),
    `schedule.ts has to have each block of ${pages.join(', ')} once`,
  );
  return blocks;
}
