import { identifierPattern, identifierText } from '../../lambda/contract/limits.ts';
import { readArguments, UsageError } from '../command-line.ts';
import type { Target } from './target.ts';

export type Options = ReturnType<typeof readCommandLine>['values'];

export interface Command {
  /** The options that it takes besides --stage and --help. */
  readonly takes: ReadonlyArray<keyof Options>;
  readonly run: (target: Target, options: Options, operands: string[]) => Promise<void>;
}

export function readCommandLine() {
  return readArguments('npm run admin', {
    allowPositionals: true,
    options: {
      store: { type: 'string' },
      division: { type: 'string' },
      channel: { type: 'string' },
      order: { type: 'string' },
      refund: { type: 'string' },
      account: { type: 'string' },
      note: { type: 'string' },
      url: { type: 'string' },
      types: { type: 'string' },
      'although-pending': { type: 'boolean' },
      status: { type: 'string' },
      'older-than': { type: 'string' },
      limit: { type: 'string' },
      stage: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
}

/** @throws UsageError naming the option and what it accepts */
export function identifier(option: string, value: string | undefined): string {
  if (value === undefined || !new RegExp(identifierPattern).test(value)) {
    throw new UsageError(`--${option} must be ${identifierText.en}.`);
  }
  return value;
}

/** @throws UsageError when there is none, or another one */
export function onlyOperand(name: string, operands: readonly string[]): string {
  const [operand, ...others] = operands;
  if (operand === undefined || operand === '') throw new UsageError(`${name} is missing. See npm run admin -- --help.`);
  refuseExtra(others);
  return operand;
}

/** @throws UsageError naming what is not understood */
export function refuseExtra(operands: readonly string[]): void {
  if (operands.length > 0) throw new UsageError(`${operands.join(' ')} is not understood here.`);
}
