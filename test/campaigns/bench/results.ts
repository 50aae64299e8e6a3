import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { ColdResult } from './cold.ts';
import type { GrowthResult } from './growth.ts';
import type { HotFigures } from './hot-order.ts';
import type { PriceResult } from './price.ts';
import type { BatchFigures } from './chain.ts';
import type { MeteredName, UnitsPerOutcome } from './units.ts';
import type { VariantsResult } from './variants.ts';
import type { WarmResult } from './warm.ts';

/** All that a run measured; what was not asked for is absent. */
export interface Results {
  readonly machine: Machine;
  readonly rounds: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly cold?: ColdResult;
  readonly variants?: VariantsResult;
  readonly warm?: WarmResult;
  readonly units?: Readonly<Record<MeteredName, UnitsPerOutcome>>;
  readonly growth?: GrowthResult;
  readonly price?: PriceResult;
  readonly hotOrder?: readonly HotFigures[] | undefined;
  readonly chain?: readonly BatchFigures[];
}

export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly memoryGb: number;
  /** Processes that wanted a core in the minute before the run. */
  readonly loadBefore: number;
  /** What was measured: abbreviated, with a + where the files differ from it. */
  readonly commit: string;
}

export function describeMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadBefore: loadavg()[0] ?? NaN,
    commit: commitOf(),
  };
}

function commitOf(): string {
  const changed = git(
    'status',
    '--porcelain',
    'lambda',
    'lib',
    'test/campaigns/bench',
    'package.json',
    'package-lock.json',
  );
  return `${git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : '+'}`;
}

/** Nothing where there is no git. */
function git(...args: string[]): string {
  const { stdout } = spawnSync('git', args, { encoding: 'utf8', timeout: 10_000 }) as { stdout: string | null };
  return stdout?.trim() ?? '';
}
