/** One operation of a history. Its times are places in the total order of the history's events. */
export interface Timed {
  readonly invokedAt: number;
  /** Infinity where it never returned, or said that its outcome is unknown. */
  readonly returnedAt: number;
}

/** What operations do when they come one after the other. States are values: an operation makes a new one. */
export interface SequentialModel<Operation, State> {
  readonly initial: State;
  /** The state after the operation, the same state where it changes nothing, or undefined where it cannot be so. */
  apply(state: State, operation: Operation): State | undefined;
  /** Whether the history may end here. */
  isFinal(state: State): boolean;
  /** Equal for states that nothing can distinguish. */
  keyOf(state: State): string;
}

export type Linearization<Operation> =
  | { readonly ok: true; readonly order: readonly Operation[] }
  | { readonly ok: false; readonly longest: readonly Operation[] };

/**
 * Looks for an order of the operations that the model accepts and in which each one stands after all that returned
 * before it was invoked (Herlihy and Wing). Operations that never returned may stand anywhere after their invocation,
 * or nowhere. The search is Wing and Gong's, with Lowe's memory of what has been tried; an operation that fits and
 * changes nothing is taken at once, because whatever order fits without it there fits with it too.
 * @throws Error when it takes more than a million steps
 */
export function linearize<Operation extends Timed, State>(
  operations: readonly Operation[],
  model: SequentialModel<Operation, State>,
): Linearization<Operation> {
  const pending = new Set(operations.toSorted((one, other) => one.returnedAt - other.returnedAt));
  const order: Operation[] = [];
  const tried = new Set<string>();
  let longest: readonly Operation[] = [];
  let remainingSteps = 1_000_000;

  const search = (state: State): boolean => {
    if (isDone(pending) && model.isFinal(state)) return true;
    const changes: Array<readonly [Operation, State]> = [];
    for (const operation of candidatesOf(pending)) {
      if ((remainingSteps -= 1) < 0) throw new Error('The history is too long to be judged.');
      const next = model.apply(state, operation);
      if (next === undefined) continue;
      if (next !== state) changes.push([operation, next]);
      // One that never returned need not have been, so it helps nobody unless it changes something.
      else if (operation.returnedAt !== Infinity) return takes(operation, state);
    }
    // Nothing to choose, nothing to remember.
    const [only] = changes;
    if (only === undefined) return false;
    if (changes.length === 1) return takes(...only);
    const place = `${operations.map((operation) => (pending.has(operation) ? 1 : 0)).join('')} ${model.keyOf(state)}`;
    if (tried.has(place)) return false;
    tried.add(place);
    return changes.some(([operation, next]) => takes(operation, next));
  };
  const takes = (operation: Operation, next: State): boolean => {
    pending.delete(operation);
    order.push(operation);
    if (search(next)) return true;
    if (order.length > longest.length) longest = [...order];
    order.pop();
    pending.add(operation);
    return false;
  };
  return search(model.initial) ? { ok: true, order } : { ok: false, longest };
}

function isDone(pending: ReadonlySet<Timed>): boolean {
  for (const { returnedAt } of pending) if (returnedAt !== Infinity) return false;
  return true;
}

/** Those that may come next: nothing that is pending returned before they were invoked. */
function candidatesOf<Operation extends Timed>(pending: ReadonlySet<Operation>): Operation[] {
  let firstReturn = Infinity;
  for (const { returnedAt } of pending) if (returnedAt < firstReturn) firstReturn = returnedAt;
  const candidates: Operation[] = [];
  for (const operation of pending) if (operation.invokedAt <= firstReturn) candidates.push(operation);
  return candidates;
}
