import { readArguments, UsageError } from '../../lib/command-line.ts';

export interface AuditOptions {
  readonly help: boolean;
  readonly orders: number;
}

export const maxOrders = 10_000_000;

/** @throws UsageError naming the argument and what it accepts */
export function readAuditOptions(args: readonly string[]): AuditOptions {
  const { values, positionals } = readArguments('npm run bench:audit', {
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  const [orders = '1000000', ...others] = positionals;
  if (others.length > 0) throw new UsageError(`There is one number of orders, not ${positionals.join(' and ')}.`);
  if (!/^\d{1,8}$/.test(orders) || Number(orders) < 1 || Number(orders) > maxOrders) {
    throw new UsageError(`ORDERS must be a whole number from 1 to ${maxOrders}, not ${orders}.`);
  }
  return { help: values.help, orders: Number(orders) };
}
