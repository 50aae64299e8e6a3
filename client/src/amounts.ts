/** No currency has more decimals: ISO 4217 has currencies with 0, 2 and 3, and units of account with 4. */
const decimals = 4;

/** A JSON number holds this many digits exactly. */
export const maxSignificantDigits = 15;

/**
 * An amount in ten-thousandths of its currency, so that sums of amounts are exact in every currency. Undefined for a
 * value that no amount can have: below 0, with more than 4 decimals, or with more than 15 significant digits.
 */
export function exactAmount(amount: unknown): bigint | undefined {
  if (typeof amount !== 'number') return undefined;
  const [, whole, fraction = ''] = /^(\d{1,15})(?:\.(\d{1,4}))?$/.exec(String(amount)) ?? [];
  if (whole === undefined) return undefined;
  const hasTooManyDigits = `${whole}${fraction}`.replace(/^0+/, '').length > maxSignificantDigits;
  return hasTooManyDigits ? undefined : BigInt(whole + fraction.padEnd(decimals, '0'));
}

/** The shortest decimal of an exact amount: 2000, 19.9. */
export function decimalText(exact: bigint): string {
  const digits = String(exact).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return digits.slice(0, -decimals) + (fraction === '' ? '' : `.${fraction}`);
}
