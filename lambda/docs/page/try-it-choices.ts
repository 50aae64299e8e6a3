import { detailPath } from '../../contract/paths.ts';
import type { Example, Route } from './openapi-document.ts';

/** A request to try, ready to be sent. */
export interface Choice {
  readonly title: string;
  readonly hint: string;
  readonly body: unknown;
  /** Its order stays its own: it is neither taken from the request before it nor passed on to the next one. */
  readonly isOrderFixed?: boolean;
}

/** The examples of a route, and what else is worth trying of it. */
export function choicesOf(route: Route): Choice[] {
  const examples = Object.values(route.requestBody.content['application/json'].examples);
  if (route.operationId === 'cancelPayment') return cancellations(examples);
  if (route.path === detailPath) return details(examples);
  return examples.map(({ summary, value }) => ({ title: summary, hint: 'An example of the document.', body: value }));
}

const hints = ['All lines, all units.', 'Two lines, a unit each.', 'Part of what a unit cost; the unit stays.'];

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
    hint: 'The first one again: the same response, and it is canceled once.',
  };
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
    { title: 'What remains', hint: 'Of the order of the request before: its lines and its cancellations.', body },
    { title: 'One at a time', hint: 'The same, one cancellation in each response.', body: { ...body, limit: 1 } },
    {
      title: 'Unknown order',
      hint: 'A refusal: the store has no such order.',
      body: { orderNo: 'ORD-UNKNOWN' },
      isOrderFixed: true,
    },
  ];
}
