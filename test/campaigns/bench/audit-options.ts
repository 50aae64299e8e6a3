import { readArguments, wholeNumberOption } from '../../../tools/command-line.ts';

export interface AuditOptions {
  readonly help: boolean;
  readonly orders: number;
}

export const maxOrders = 10_000_000;

/** @throws UsageError naming the option and what it accepts */
export function readAuditOptions(args: readonly string[]): AuditOptions {
  const { help, orders } = readArguments('npm run bench:audit', {
    args: [...args],
    options: { orders: { type: 'string', default: '1000000' }, help: { type: 'boolean', default: false } },
  }).values;
  return { help, orders: wholeNumberOption('orders', orders, 1, maxOrders) };
}
