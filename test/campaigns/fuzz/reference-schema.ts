// Independent of the service on purpose, as reference.ts is: section 6 of the contract, without the service's schema.

import { type Account, type AccountField, accountFields, isPayable, textOfAccountField } from './reference-account.ts';
import { type Json, losesDigits, partsOf, partsOfOne } from './reference-json.ts';
import { type ExpectedError, possible, sure } from './verdict.ts';

/** A request as the contract reads it: amounts in exact parts (reference-json.ts). */
export interface Asked {
  readonly orderNo: string;
  readonly total: bigint;
  readonly account: Account;
  readonly items: readonly AskedItem[];
}

export interface AskedItem {
  readonly seq: number;
  readonly itemType: string;
  readonly itemId: string;
  readonly quantity: bigint;
  readonly amount: bigint;
  /** Undefined where it was left out. */
  readonly tax: bigint | undefined;
}

/** Every place of a body that breaks the schema, or what it asks for. */
export function readAsked(body: Json): { readonly broken: readonly ExpectedError[] } | { readonly asked: Asked } {
  const broken = brokenPlaces(body, cancelShape, '');
  return broken.length > 0 ? { broken } : { asked: askedOf(body) };
}

/** What a value has to be. */
export type Shape =
  | { readonly members: Readonly<Record<string, Shape>>; readonly optional: readonly string[] }
  | { readonly items: Shape }
  | {
      readonly isValue: (value: Json) => boolean;
      /** An account number of too many digits is one to be sent as text, not one to be shortened (contract, section 3). */
      readonly isAccount?: boolean;
    };

const text = (isGood: (value: string) => boolean): Shape => ({
  isValue: (value) => value.kind === 'string' && isGood(value.text),
});
const number = (isGood: (value: number) => boolean): Shape => ({
  isValue: (value) => value.kind === 'number' && isGood(Number(value.source)),
});
export const identifier = text((value) => /^[A-Za-z0-9._-]{1,64}$/.test(value));
export const wholeUpTo = (most: number) => number((value) => Number.isInteger(value) && value >= 1 && value <= most);
const amount = number((value) => value >= 0 && value <= 999_999_999_999_999);
const itemTypes = new Set(['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE']);
const accountShape = (field: AccountField): Shape => ({
  isValue: (value) => isPayable(field, value),
  isAccount: field === 'accountNumber',
});

const cancelShape: Shape = {
  members: {
    orderNo: identifier,
    totalCancelAmount: amount,
    refundAccount: {
      members: Object.fromEntries(accountFields.map((field) => [field, accountShape(field)])),
      optional: accountFields,
    },
    items: {
      items: {
        members: {
          seq: wholeUpTo(1_000_000),
          itemType: text((value) => itemTypes.has(value)),
          itemId: identifier,
          quantity: wholeUpTo(1_000_000),
          amount,
          taxAmount: amount,
        },
        optional: ['taxAmount'],
      },
    },
  },
  optional: ['refundAccount'],
};

/** Every place of a value that is not of a shape. */
export function brokenPlaces(value: Json, shape: Shape, place: string): ExpectedError[] {
  const isLossy = value.kind === 'number' && losesDigits(value.source);
  if (isLossy && !('isValue' in shape && shape.isAccount)) return [sure(place, 'TOO_MANY_DIGITS', 'FIELD_INVALID')];
  if ('members' in shape) return value.kind === 'object' ? brokenMembers(value.members, shape, place) : invalid(place);
  if ('isValue' in shape) return shape.isValue(value) ? [] : invalid(place);
  if (value.kind !== 'array') return invalid(place);
  const inside = value.items.flatMap((item, index) => brokenPlaces(item, shape.items, `${place}/${index}`));
  // Of too long a list only its length is reported.
  if (value.items.length > 100) return [...invalid(place), ...inside.map(unsure)];
  return value.items.length === 0 ? invalid(place) : inside;
}

/** What is inside of a wrong value may be reported too. */
const invalid = (place: string) => [
  sure(place, 'FIELD_INVALID'),
  possible(`${place}/*`, 'FIELD_REPEATED', 'FIELD_INVALID', 'TOO_MANY_DIGITS'),
];
const unsure = ({ place, reasons }: ExpectedError) => possible(place, ...reasons);

function brokenMembers(
  members: ReadonlyArray<readonly [string, Json]>,
  { members: shapes, optional }: Extract<Shape, { members: unknown }>,
  place: string,
): ExpectedError[] {
  const names = new Set(members.map(([name]) => name));
  const shapeOf = new Map(Object.entries(shapes));
  const broken: ExpectedError[] = [...shapeOf.keys()]
    .filter((name) => !names.has(name) && !optional.includes(name))
    .map((name) => sure(`${place}/${name}`, 'FIELD_MISSING'));
  for (const name of names) {
    const at = `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const values = members.filter(([other]) => other === name).map(([, value]) => value);
    const shape = shapeOf.get(name);
    if (shape === undefined) {
      const lost = ['FIELD_REPEATED', 'FIELD_INVALID', 'TOO_MANY_DIGITS'];
      const isPlain = values.length === 1 && !(values[0]?.kind === 'number' && losesDigits(values[0].source));
      broken.push(sure(at, 'FIELD_UNKNOWN', ...(isPlain ? [] : lost)));
      broken.push(possible(at, ...lost), possible(`${at}/*`, ...lost));
    } else if (values.length > 1) {
      // Which of its values counts is not to be known.
      broken.push(sure(at, 'FIELD_REPEATED'), possible(at, 'TOO_MANY_DIGITS'));
      broken.push(...values.flatMap((value) => brokenPlaces(value, shape, at)).map(unsure));
    } else broken.push(...values.flatMap((value) => brokenPlaces(value, shape, at)));
  }
  return broken;
}

function askedOf(body: Json): Asked {
  const account = memberOf(body, 'refundAccount');
  const items = memberOf(body, 'items');
  return {
    orderNo: textIn(body, 'orderNo'),
    total: partsIn(body, 'totalCancelAmount') ?? 0n,
    account: Object.fromEntries(
      (account?.kind === 'object' ? account.members : []).map(([name, value]) => [name, textOfAccountField(value)]),
    ),
    items: (items?.kind === 'array' ? items.items : []).map((item) => ({
      seq: Number((partsIn(item, 'seq') ?? 0n) / partsOfOne),
      itemType: textIn(item, 'itemType'),
      itemId: textIn(item, 'itemId'),
      quantity: (partsIn(item, 'quantity') ?? 0n) / partsOfOne,
      amount: partsIn(item, 'amount') ?? 0n,
      tax: partsIn(item, 'taxAmount'),
    })),
  };
}

export function memberOf(value: Json | undefined, name: string): Json | undefined {
  return value?.kind === 'object' ? value.members.find(([other]) => other === name)?.[1] : undefined;
}

export function textIn(value: Json, name: string): string {
  const member = memberOf(value, name);
  return member?.kind === 'string' ? member.text : '';
}

function partsIn(value: Json, name: string): bigint | undefined {
  const member = memberOf(value, name);
  return member?.kind === 'number' ? partsOf(member.source) : undefined;
}
