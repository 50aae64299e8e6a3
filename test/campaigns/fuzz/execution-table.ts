import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { conditionFailed } from '../../support/dynamodb-errors.ts';
import { assertAllUsed, isConditionMet, type Item, updated } from '../../support/dynamodb-expressions.ts';

/** The table of executions, as far as whoever takes reports uses it: one conditional update at a time. */
export class ExecutionTable {
  readonly #rows = new Map<string, Item>();

  constructor(rows: readonly ExecutionRow[]) {
    for (const row of rows) this.#rows.set(placeOf(row), { ...row });
  }

  get rows(): Item[] {
    return [...this.#rows.values()];
  }

  /** @throws the error of DynamoDB, Error for any other command */
  send(command: unknown): object {
    if (!(command instanceof UpdateCommand)) throw new Error('Only updates are known.');
    const { input } = command;
    const { ConditionExpression: condition, UpdateExpression: update = '', Key = {} } = input;
    assertAllUsed([condition, update], input);
    const place = placeOf(Key);
    const item = this.#rows.get(place);
    if (!isConditionMet(condition, item, input)) throw conditionFailed(item && marshall(item));
    this.#rows.set(place, updated(update, item ?? Key, input));
    return item === undefined ? {} : { Attributes: item };
  }
}

function placeOf({ orderKey, rid }: Partial<Record<'orderKey' | 'rid', unknown>>): string {
  return `${String(orderKey)}\n${String(rid)}`;
}
