// ISO 4217 minor units. Withdrawn codes whose orders may still be refunded (BGN, ANG) stay in the list.
const codesByExponent: ReadonlyArray<readonly [exponent: number, codes: string]> = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF ' +
      'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
      'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
      'MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS ' +
      'SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const exponents: ReadonlyMap<string, number> = new Map(
  codesByExponent.flatMap(([exponent, codes]) => codes.split(' ').map((code) => [code, exponent] as const)),
);

/** The most significant digits an amount may have, so that a double holds it exactly (contract, section 2). */
export const maxSignificantDigits = 15;

/** The largest amount in major units: fifteen nines. */
export const maxAmount = 10 ** maxSignificantDigits - 1;

/** Whether a code is one of ISO 4217 with minor units, so that amounts in it are exact. */
export function isCurrencyCode(code: string): boolean {
  return exponents.has(code);
}

/**
 * The number of decimals of a currency: KRW 0, USD 2, KWD 3.
 * @throws RangeError for a code that is not one of ISO 4217
 */
export function exponentOf(currencyCode: string): number {
  const exponent = exponents.get(currencyCode);
  if (exponent === undefined) throw new RangeError('A currency code is not one of ISO 4217.');
  return exponent;
}

export function currencyCodes(): string[] {
  return [...exponents.keys()];
}

/**
 * An amount in major units as whole minor units; undefined when it has more decimals than the currency (contract,
 * section 2: refused, never rounded). Works on the shortest decimal that reads back as the same double, which is the
 * decimal that was sent as long as that had at most 15 significant digits.
 */
export function toMinorUnits(amount: number, exponent: number): bigint | undefined {
  const decimal = decimalOf(amount);
  if (decimal === undefined || decimal.decimals > exponent) return undefined;
  return decimal.digits * 10n ** BigInt(exponent - decimal.decimals);
}

/** The number of decimals of an amount. Below 0 for one that ends in zeros and is written with a power, such as 1e21. */
export function decimalsOf(amount: number): number {
  return decimalOf(amount)?.decimals ?? 0;
}

/** An amount as digits x 10 ^ -decimals. The shortest decimal ends in no 0, so each of its decimals counts. */
function decimalOf(amount: number): { readonly digits: bigint; readonly decimals: number } | undefined {
  // Most amounts are whole, and each of a request is read several times.
  if (Number.isSafeInteger(amount)) return { digits: BigInt(amount), decimals: 0 };
  const decimal = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount));
  if (decimal === null) return undefined;
  const [, whole = '', fraction = '', power = 0] = decimal;
  return { digits: BigInt(whole + fraction), decimals: fraction.length - Number(power) };
}

/**
 * Minor units as a decimal of major units, with exactly the currency's decimals: 1050 USD cents are "10.50".
 * @param scale decimals of the unit that the amount is given in, if that is finer than the minor unit: then the result
 *   has more decimals than the currency where they are not 0
 */
export function formatAmount(amountMinor: bigint, exponent: number, scale = exponent): string {
  const sign = amountMinor < 0n ? '-' : '';
  const digits = String(amountMinor)
    .replace('-', '')
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const decimals = digits.slice(digits.length - scale);
  const shown = decimals.slice(0, exponent) + decimals.slice(exponent).replace(/0+$/, '');
  return shown === '' ? sign + whole : `${sign}${whole}.${shown}`;
}

/**
 * Minor units as a JSON number of major units.
 * @throws RangeError when the amount has more digits than a double holds exactly; an import never lets one in.
 */
export function toMajorUnits(amountMinor: bigint, exponent: number): number {
  const amount = Number(formatAmount(amountMinor, exponent));
  if (toMinorUnits(amount, exponent) !== amountMinor) throw new RangeError('An amount is too large to be exact.');
  return amount;
}
