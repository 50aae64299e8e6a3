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
  const decimal = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount));
  if (decimal === null) return undefined;
  const [, whole = '', fraction = '', power = 0] = decimal;
  const scale = exponent + Number(power) - fraction.length;
  // The shortest decimal ends in no 0, so each of its decimals counts.
  if (scale < 0) return undefined;
  return BigInt(whole + fraction) * 10n ** BigInt(scale);
}

/** Minor units as a decimal of major units, with exactly the currency's decimals: 1050 USD cents are "10.50". */
export function formatAmount(amountMinor: bigint, exponent: number): string {
  const sign = amountMinor < 0n ? '-' : '';
  const digits = String(amountMinor)
    .replace('-', '')
    .padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
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
