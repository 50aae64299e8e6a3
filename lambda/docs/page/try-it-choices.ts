import { detailPath } from '../../contract/paths.ts';
import type { Example, Route } from './openapi-document.ts';

/** A request to try, ready to be sent. */
export interface Choice {
  readonly title: string;
  readonly hint: string;
  readonly body: unknown;
  /** Keeps its own order number: takes none from the request before it, and passes none on to the next one. */
  readonly isOrderFixed?: boolean;
}

/** The examples of a route, and more requests that are worth trying. */
export function choicesOf(route: Route): Choice[] {
  const examples = Object.values(route.requestBody.content['application/json'].examples);
  if (route.operationId === 'cancelPayment') return cancellations(examples);
  if (route.path === detailPath) return details(examples);
  return examples.map(({ summary, value }) => ({ title: summary, hint: 'An example of this document.', body: value }));
}

const hints = ['All lines, all units.', 'Two lines, one unit each.', 'Part of the price of a unit; the unit stays.'];

function cancellations(examples: readonly Example[]): Choice[] {
  const choices = examples.map(({ summary, value }, index) => ({
    title: summary,
    hint: hints[index] ?? '',
    body: value,
  }));
  const [first, last] = [choices.at(0), choices.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The OpenAPI document has no example.');
  const replay = {
    ...first,
    title: 'Replay',
    hint: 'The first example again: the same response, and nothing is canceled again.',
  };
  const refusal = {
    ...last,
    title: 'Refusal',
    hint: 'More units than there are, and a wrong total.',
    body: withMistakes(last.body),
  };
  return [...choices, replay, refusal];
}

/**
 * The body with mistakes: more units than there are, an amount above the unit amount, and a total without the quantity.
 */
function withMistakes(body: unknown): unknown {
  const items = [{ seq: 1, itemType: 'PHYSICAL', itemId: 'P001', quantity: 3, amount: 60_000, taxAmount: 5000 }];
  return { ...(body as object), totalCancelAmount: 60_000, items };
}

function details([example]: readonly Example[]): Choice[] {
  const body = example?.value as object;
  return [
    { title: 'What remains', hint: 'The lines and cancellations of the order in the previous request.', body },
    { title: 'One at a time', hint: 'The same, with one cancellation in each response.', body: { ...body, limit: 1 } },
    {
      title: 'Unknown order',
      hint: 'A refusal: the store has no such order.',
      body: { orderNo: 'ORD-UNKNOWN' },
      isOrderFixed: true,
    },
  ];
}
