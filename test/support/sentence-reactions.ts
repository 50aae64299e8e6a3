import type { CancellationRequest, RequestedItem } from '../../lambda/domain/cancellation.ts';
import { plus, shareOf } from './decimals.ts';

/** What a merchant sends. */
export interface Draft {
  readonly request: CancellationRequest;
  readonly currencyCode: string;
  readonly ifMatch?: string | undefined;
}

/** What a merchant does where a message leaves a choice. */
export interface Taste {
  /** Cancels all that is left of a line where the steps for it are named. */
  readonly takesSteps: boolean;
  readonly leavesTaxOut: boolean;
  /** Cancels whole units where an amount lacks its tax. */
  readonly cancelsUnits: boolean;
  /** Corrects the total and not the amounts, where either may be wrong; the item id and not the seq. */
  readonly correctsTotal: boolean;
}

export type Step = Pick<RequestedItem, 'quantity' | 'amount'>;

export interface DraftItem {
  item: RequestedItem;
  isGone: boolean;
  /** Undefined unless the item is the first step to cancel all that is left of its line. */
  laterSteps: readonly Step[] | undefined;
}

/** A draft in the merchant's hands. */
export interface Desk {
  request: CancellationRequest;
  currencyCode: string;
  ifMatch: string | undefined;
  items: DraftItem[];
  isCancelable: boolean;
  /** What the messages say of the total: a number, to leave it, or to send the sum of the corrected items. */
  total: number | 'AS_IT_IS' | 'OWN_SUM' | 'NOT_MENTIONED';
  readonly order: readonly RequestedItem[];
  readonly taste: Taste;
}

/** A message that was read: where it stands, and the values in it. */
interface Reading {
  readonly desk: Desk;
  readonly at: DraftItem;
  readonly field: string;
  readonly value: string;
  readonly other: string;
}

type React = (reading: Reading) => void;

function change(changeOf: (value: string, item: RequestedItem) => Partial<RequestedItem>): React {
  return ({ at, value }) => {
    at.item = { ...at.item, ...changeOf(value, at.item) };
  };
}

const drop: React = ({ at }) => {
  at.isGone = true;
};

const leaveTaxOut: React = ({ at }) => {
  const { taxAmount: _taxAmount, ...item } = at.item;
  at.item = item;
};

function orLeaveTaxOut(otherwise: React): React {
  return (reading) => (reading.desk.taste.leavesTaxOut ? leaveTaxOut : otherwise)(reading);
}

const takeTax = orLeaveTaxOut(change((value) => ({ taxAmount: Number(value) })));
const takeAmount = change((value) => ({ amount: Number(value) }));
const takeQuantity = change((value) => ({ quantity: Number(value) }));

const takeTotal: React = ({ desk, value }) => {
  desk.total = Number(value);
};

const shortenTotal: React = ({ desk, value }) => {
  desk.total = Number(desk.request.totalCancelAmount.toPrecision(Number(value)));
};

const leaveTotal: React = ({ desk }) => {
  desk.total = 'AS_IT_IS';
};

function decimalsIn(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

/** Lowers the amount to what is left; where so many units cannot share it, cancels what is left of one. */
const lowerAmount = change((left, { quantity, amount }) => {
  const isFree = Number(left) === 0;
  if (isFree) return { amount: 0 };
  const share = shareOf(Number(left), quantity, decimalsIn(left));
  return share > 0 ? { amount: Math.min(amount, share) } : { quantity: 1, amount: Math.min(amount, Number(left)) };
});

const lowerTax = orLeaveTaxOut(
  change((left, { quantity, taxAmount = 0 }) => ({
    taxAmount: Math.min(taxAmount, shareOf(Number(left), quantity, decimalsIn(left))),
  })),
);

const dropDecimals: React = ({ at, field, value }) => {
  const name = field.endsWith('/taxAmount') ? 'taxAmount' : 'amount';
  at.item = { ...at.item, [name]: shareOf(at.item[name] ?? 0, 1, Number(value)) };
};

const mendNetAmount: React = (reading) => {
  const { at, desk, value, other } = reading;
  if (desk.taste.cancelsUnits) at.item = { ...at.item, amount: Number(value) };
  else takeTax({ ...reading, value: other });
};

const nameOneLine: React = ({ at, desk, value, other }) => {
  at.item = desk.taste.correctsTotal ? { ...at.item, itemId: value } : { ...at.item, seq: Number(other) };
};

const nameAnotherLine: React = ({ at, desk, value }) => {
  const taken = new Set(desk.items.filter((one) => one !== at).map(({ item }) => item.seq));
  const seq = value
    .split(', ')
    .map(Number)
    .find((listed) => !taken.has(listed));
  if (seq === undefined) at.isGone = true;
  else at.item = { ...at.item, seq };
};

const addMissingLines: React = ({ desk, value }) => {
  const missing = new Set(value.split(', ').map(Number));
  const items = desk.order.filter(({ seq }) => missing.has(seq));
  desk.items.push(...items.map((item) => ({ item, isGone: false, laterSteps: undefined })));
};

/** Adds its tax to each amount, unless another message has changed that amount already. */
const addTaxes: React = ({ desk }) => {
  desk.total = 'AS_IT_IS';
  for (const [index, at] of desk.items.entries()) {
    const { amount, taxAmount = 0 } = at.item;
    if (amount === desk.request.items[index]?.amount) at.item = { ...at.item, amount: plus(amount, taxAmount) };
  }
};

const divideAmounts: React = ({ desk }) => {
  desk.total = 'AS_IT_IS';
  for (const at of desk.items) at.item = { ...at.item, amount: shareOf(at.item.amount, at.item.quantity, 4) };
};

/** What a merchant does about each sentence. The first one that is found in a message counts. */
export const reactions: ReadonlyArray<readonly [RegExp, React]> = [
  [/must be the currency of the order, ([A-Z]{3})\./, ({ desk, value }) => (desk.currencyCode = value)],
  [/its ETag is now ("\S+")\./, ({ desk, value }) => (desk.ifMatch = value)],
  [/^The payment is \w+: only .* can be canceled\.$/, ({ desk }) => (desk.isCancelable = false)],
  [
    /: refundAccount needs (\w+)\.$/,
    ({ desk, value }) => {
      desk.request = { ...desk.request, refundAccount: { ...desk.request.refundAccount, [value]: '110-1' } };
    },
  ],
  [/^This seq already stands in an earlier item: name each order line once\./, drop],
  [/^The order has no line with this seq: its lines are ([\d, ]+)(?:, \.\.\.)?\.$/, nameAnotherLine],
  [/^The order line with this seq has the itemId (\S+)\. .* is the itemId of seq (\d+): send seq/, nameOneLine],
  [/^The order line with this seq has the itemId (\S+)\. /, change((itemId) => ({ itemId }))],
  [
    /^The order line with this seq has the itemType (\w+)\. /,
    change((itemType) => ({ itemType: itemType as RequestedItem['itemType'] })),
  ],
  [/at most the line's unit amount, .* looks like minor units \(cents\): send major units, ([\d.]+)\. /, takeAmount],
  [/^amount is per unit and at most the line's unit amount, ([\d.]+)\. /, takeAmount],
  [
    /^amount must be more than 0 and, with quantity (\d+), at most ([\d.]+)\. /,
    ({ at, value, other }) => {
      at.item = { ...at.item, quantity: Number(value), amount: Number(other) };
    },
  ],
  [/^Nothing is left of the line that could be canceled\. /, drop],
  [/ send amount ([\d.]+)\. To cancel exactly this amount, leave taxAmount out or send ([\d.]+)\. /, mendNetAmount],
  [/To cancel exactly this amount, leave taxAmount out\. /, leaveTaxOut],
  [/no taxAmount per unit changes that: leave taxAmount out\. /, leaveTaxOut],
  [/^taxAmount is per unit and at most the line's unit tax, ([\d.]+)\. Left out, it is the tax/, takeTax],
  [/^taxAmount is a part of amount and at most ([\d.]+)\. Left out, it is the tax/, takeTax],
  [/: taxAmount must be at least ([\d.]+)\. Left out, it is the tax/, takeTax],
  [/^quantity x taxAmount is more than the tax of ([\d.]+) left of the line\. Left out, it is the tax/, lowerTax],
  [/^quantity is more than the 0 left of the line\. /, drop],
  [/^quantity is more than the (\d+) left of the line\. /, takeQuantity],
  [
    /^quantity x amount is \d+ x \S+ = \S+, more than the \S+ left of the line\. Left of line \S+ \(\S+\): quantity 0,/,
    drop,
  ],
  [/^quantity x amount is \d+ x \S+ = \S+, more than the ([\d.]+) left of the line\. /, lowerAmount],
  [/^\w+ has more decimals than \w+, which has (\d): amounts are never rounded\./, dropDecimals],
  [/^Before capture .*: quantity must be (\d+)\. /, takeQuantity],
  [/^Before capture .*: amount must be ([\d.]+)\. /, takeAmount],
  [/^Before capture .*: send the lines that are missing too, ([\d, ]+)\.$/, addMissingLines],
  [/^totalCancelAmount has more digits than can be read exactly: send at most (\d+) significant ones\.$/, shortenTotal],
  [/^totalCancelAmount must .* right as soon as the amounts of the items are: correct those first\.$/, leaveTotal],
  [/^totalCancelAmount must .* Leave the total as it is: .* Add to each its taxAmount\.$/, addTaxes],
  [
    /^totalCancelAmount must .*, ([\d.]+)\. .*divide it by the quantity and leave the total\.$/,
    (reading) => (reading.desk.taste.correctsTotal ? takeTotal : divideAmounts)(reading),
  ],
  [
    /^totalCancelAmount must .*, ([\d.]+)\. .*if they lack it, add it to each and leave the total\.$/,
    (reading) => (reading.desk.taste.correctsTotal ? takeTotal : addTaxes)(reading),
  ],
  [
    /^totalCancelAmount must .*: correct the items first, then send their sum\.$/,
    ({ desk }) => (desk.total = 'OWN_SUM'),
  ],
  [/^totalCancelAmount must be the sum of quantity x amount of the items, ([\d.]+)\./, takeTotal],
];
