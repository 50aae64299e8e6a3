import type { Example, Route } from './openapi-document.ts';

/** A request to try, ready to be sent. */
export interface Choice {
  readonly title: string;
  readonly hint: string;
  /**
   * Of the specification's examples, the one whose order this is made of; without one, it is about the order that the
   * request before it was about.
   */
  readonly order?: string;
  readonly body: unknown;
  /** Its order is its own: neither taken from the request before it nor passed on to the next one. */
  readonly isOrderFixed?: boolean;
}

const hints = ['All lines, all units.', 'Two lines, a unit each.', 'Part of what a unit cost; the unit stays.'];

/** @throws Error for an operation that it has no choices of */
export function choicesOf(route: Route): Choice[] {
  const examples = Object.values(route.requestBody.content['application/json'].examples);
  if (route.operationId === 'cancelPayment') return cancellations(examples);
  if (route.operationId === 'getPaymentDetail') return details(examples);
  throw new Error(`There is nothing to try of ${route.operationId}.`);
}

function cancellations(specified: readonly Example[]): Choice[] {
  const choices = specified.map(({ summary, value }, index) => ({
    title: summary,
    hint: hints[index] ?? '',
    order: summary,
    body: value,
  }));
  const [first, last] = [choices.at(0), choices.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The OpenAPI document has no example.');
  const replay = { ...first, title: 'Replay', hint: 'The first one again: answered again, canceled once.' };
  const refusal = {
    ...last,
    title: 'Refusal',
    hint: 'More units than there are, and a wrong total.',
    body: mistaken(last.body),
  };
  return [...choices, replay, refusal];
}

/** More units than there are, for more than they cost, and a total that forgets the quantity. */
function mistaken(body: unknown): unknown {
  const items = [{ seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 3, amount: 60_000, taxAmount: 5000 }];
  return { ...(body as object), totalCancelAmount: 60_000, items };
}

function details([example]: readonly Example[]): Choice[] {
  const body = example?.value as object;
  return [
    { title: 'What is left', hint: 'Of the order of the request before: its lines and its cancellations.', body },
    { title: 'One at a time', hint: 'The same, a cancellation in each answer.', body: { ...body, limit: 1 } },
    {
      title: 'Unknown order',
      hint: 'A refusal: the store has no such order.',
      body: { orderNo: 'ORD-UNKNOWN' },
      isOrderFixed: true,
    },
  ];
}
