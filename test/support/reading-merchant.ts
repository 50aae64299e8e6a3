import type { ErrorEntry } from '../../lambda/contract/violations.ts';
import type { RequestedItem } from '../../lambda/domain/cancellation.ts';
import { sumOf } from './decimals.ts';
import { type Desk, type Draft, type DraftItem, reactions, type Step, type Taste } from './sentence-reactions.ts';

/** What a merchant does about an answer: sends something else, or gives up because the answer says so. */
export type Reaction =
  | {
      readonly kind: 'SEND';
      readonly draft: Draft;
      /** The steps that cancel the rest of a line after this request, one request for each. */
      readonly laterSteps: readonly RequestedItem[];
    }
  | { readonly kind: 'GIVE_UP'; readonly because: 'NOT_CANCELABLE' | 'NOTHING_LEFT' };

/**
 * Corrects a request by nothing but the English messages of its refusal, as somebody does who reads them.
 * @param order the lines of the merchant's own order, as items
 * @throws Error for a message that says nothing to do
 */
export function react(
  { request, currencyCode, ifMatch }: Draft,
  errors: readonly ErrorEntry[],
  order: readonly RequestedItem[],
  taste: Taste,
): Reaction {
  const desk: Desk = {
    request,
    currencyCode,
    ifMatch,
    order,
    taste,
    total: 'NOT_MENTIONED',
    isCancelable: true,
    items: [],
  };
  desk.items = request.items.map((item) => ({ item, isGone: false, laterSteps: undefined }));
  for (const error of errors) takeSteps(error, desk);
  for (const error of errors) read(error, desk);

  const left = desk.items.filter(({ isGone }) => !isGone);
  if (!desk.isCancelable) return { kind: 'GIVE_UP', because: 'NOT_CANCELABLE' };
  if (left.length === 0) return { kind: 'GIVE_UP', because: 'NOTHING_LEFT' };
  const items = left.map(({ item }) => item);
  return {
    kind: 'SEND',
    draft: {
      request: { ...desk.request, totalCancelAmount: totalOf(desk, items), items },
      currencyCode: desk.currencyCode,
      ifMatch: desk.ifMatch,
    },
    laterSteps: left.flatMap(({ item, laterSteps = [] }) => laterSteps.map((step) => ({ ...item, ...step }))),
  };
}

function totalOf({ total, request }: Desk, items: readonly RequestedItem[]): number {
  const isSameSum = sumOf(items) === sumOf(request.items);
  if (total === 'AS_IT_IS' || (total === 'NOT_MENTIONED' && isSameSum)) return request.totalCancelAmount;
  return typeof total === 'number' && isSameSum ? total : sumOf(items);
}

function itemAt(field: string | undefined, desk: Desk): DraftItem | undefined {
  const index = /^\/items\/(\d+)\//.exec(field ?? '')?.[1];
  return index === undefined ? undefined : desk.items[Number(index)];
}

function takeSteps({ field, message }: ErrorEntry, desk: Desk): void {
  const at = itemAt(field, desk);
  const named = /To cancel all of it, send quantity x amount (.+), without taxAmount\.$/.exec(message)?.[1];
  if (named === undefined || at === undefined || !desk.taste.takesSteps) return;
  const { taxAmount: _taxAmount, ...item } = at.item;
  const [first, ...laterSteps] = named.split(', then in another request ').map((step): Step => {
    const [quantity = Number.NaN, amount = Number.NaN] = step.split(' x ').map(Number);
    return { quantity, amount };
  });
  if (first === undefined) return;
  at.item = { ...item, ...first };
  at.laterSteps = laterSteps;
}

function read({ field = '', message }: ErrorEntry, desk: Desk): void {
  const at = itemAt(field, desk);
  // What else is wrong with quantity, amount and tax no longer matters to whoever takes the steps.
  if (at?.laterSteps !== undefined && /(quantity|mount)$/.test(field)) return;
  for (const [sentence, react] of reactions) {
    const found = sentence.exec(message);
    if (found === null) continue;
    const [, value = '', other = ''] = found;
    react({ desk, at: at ?? nowhere(), field, value, other });
    return;
  }
  throw new Error(`This message says nothing to do: ${message}`);
}

/** In place of an item, for a message about none. */
function nowhere(): DraftItem {
  const item: RequestedItem = { seq: 0, itemType: 'SERVICE', itemId: '', quantity: 1, amount: 0 };
  return { item, isGone: false, laterSteps: undefined };
}
