import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type BatchGetCommandInput,
  type GetCommandInput,
  type PutCommandInput,
  type QueryCommandInput,
  type TransactGetCommandInput,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { canceledFor, conditionFailed, conflicted, Invalid } from '../../support/dynamodb-errors.ts';
import {
  assertAllUsed,
  isConditionMet,
  type Item,
  type Placeholders,
  stored,
  updated,
} from '../../support/dynamodb-expressions.ts';
import type { Random } from '../../support/random.ts';
import { TransactionTokens } from './transaction-tokens.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a transaction, or another writer, made of one item. */
export interface Change {
  readonly table: string;
  /** The event from which on reads see it. */
  readonly shownAt: number;
  readonly before: Item | undefined;
  readonly after: Item;
}

export interface Reply {
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** The names of the attributes that a table's key is made of. */
export type KeySchema = Readonly<Record<string, readonly string[]>>;

/** What happens to one request inside of DynamoDB. */
export interface Circumstances {
  readonly random: Random;
  /** Tables of a batch that are left unprocessed. */
  readonly unprocessed?: (table: string) => boolean;
}

/** One of the values that an item had. */
interface Version {
  readonly item: Item;
  readonly sinceMs: number;
  readonly previous: Version | undefined;
}

/** One write of a transaction, or by itself. */
type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

interface SingleWrite {
  readonly Update?: UpdateCommandInput;
  readonly Put?: PutCommandInput;
}

const longestLagMs = 2000;

/**
 * DynamoDB as its documentation promises it, and no better: a transaction is prepared at one instant and applied later, item
 * by item, in any order. In between its items are locked, for other transactions and for reads in a transaction. Other
 * reads see the latest value when they ask for it, and any value of the last two seconds otherwise: of a transaction that is
 * being applied they may see one item as it was and another as it will be. The reads of a batch are each of another instant.
 */
export class DynamoDb {
  readonly #time: VirtualTime;
  readonly #keys: KeySchema;
  readonly #onCommit: (changes: readonly Change[]) => void;
  readonly #versions = new Map<string, Version>();
  readonly #locks = new Set<string>();
  readonly #tokens: TransactionTokens;
  /** Hears of each change of one item, as a stream does: of those of a transaction when it is applied as a whole. */
  onChange: ((change: Change) => void) | undefined;

  constructor(time: VirtualTime, keys: KeySchema, onCommit: (changes: readonly Change[]) => void) {
    this.#time = time;
    this.#tokens = new TransactionTokens(time);
    this.#keys = keys;
    this.#onCommit = onCommit;
  }

  /** Lets a request that has arrived have its effect; its answer comes now or later. */
  handle(command: unknown, circumstances: Circumstances, reply: Reply): void {
    try {
      if (command instanceof TransactWriteCommand) this.#transact(command.input, circumstances, reply);
      else if (command instanceof BatchGetCommand) this.#readBatch(command.input, circumstances, reply);
      else if (command instanceof TransactGetCommand) reply.resolve(this.#readInTransaction(command.input));
      else if (command instanceof GetCommand) reply.resolve(this.#read(command.input, circumstances));
      else if (command instanceof QueryCommand) reply.resolve(this.#query(command.input));
      else if (command instanceof UpdateCommand) reply.resolve(this.#writeOne({ Update: command.input }));
      else if (command instanceof PutCommand) reply.resolve(this.#writeOne({ Put: command.input }));
      else throw new Invalid('Unknown operation.');
    } catch (error) {
      reply.reject(error);
    }
  }

  /** The latest value of an item. */
  latest(table: string, key: Item): Item | undefined {
    return this.#versions.get(this.#place(table, key))?.item;
  }

  /** Another writer's change of one item. @returns false when a transaction is at work on it */
  write(table: string, item: object): boolean {
    const after = item as Item;
    const place = this.#place(table, this.#keyOf(table, after));
    if (this.#locks.has(place)) return false;
    const change = this.#apply(table, place, after);
    this.onChange?.(change);
    return true;
  }

  #read(input: GetCommandInput, { random }: Circumstances): { Item?: Item } {
    const { TableName = '', Key = {}, ConsistentRead = false } = input;
    const item = this.#value(this.#place(TableName, Key), ConsistentRead, random);
    return item === undefined ? {} : { Item: item };
  }

  /** All items of one partition, the latest: `key = :value` and nothing else. */
  #query({ TableName = '', KeyConditionExpression, ExpressionAttributeValues = {}, ...rest }: QueryCommandInput) {
    const { ConsistentRead, Limit = Infinity } = rest;
    const partitionKey = this.#keys[TableName]?.[0] ?? '';
    const [value] = Object.values(ExpressionAttributeValues) as unknown[];
    const isReadable = KeyConditionExpression === `${partitionKey} = :${partitionKey}` && typeof value === 'string';
    if (!isReadable || ConsistentRead !== true) throw new Invalid('Only whole partitions are queried, consistently.');
    const begin = `${TableName}\n${value}\n`;
    const places = [...this.#versions.keys()].filter((place) => place.startsWith(begin)).toSorted();
    const Items = places.slice(0, Limit).map((place) => this.#versions.get(place)?.item);
    return { Items };
  }

  #readInTransaction({ TransactItems = [] }: TransactGetCommandInput): { Responses: Array<{ Item?: Item }> } {
    const places = TransactItems.map(({ Get }) => this.#place(Get?.TableName ?? '', Get?.Key ?? {}));
    if (places.some((place) => this.#locks.has(place))) {
      throw canceledFor(places.map((place) => ({ Code: this.#locks.has(place) ? 'TransactionConflict' : 'None' })));
    }
    const items = places.map((place) => this.#versions.get(place)?.item);
    return { Responses: items.map((Item) => (Item === undefined ? {} : { Item })) };
  }

  #readBatch({ RequestItems = {} }: BatchGetCommandInput, { random, unprocessed }: Circumstances, reply: Reply): void {
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, unknown> = {};
    const reads = Object.entries(RequestItems).map(([table, { Keys = [], ConsistentRead = false }]) => {
      const places = Keys.map((key) => this.#place(table, key));
      return () => {
        if (unprocessed?.(table)) {
          UnprocessedKeys[table] = RequestItems[table];
          return;
        }
        const items = places.map((place) => this.#value(place, ConsistentRead, random));
        Responses[table] = items.filter((item) => item !== undefined);
      };
    });
    if (random.chance(50)) reads.reverse();
    const readNext = () => {
      reads.shift()?.();
      if (reads.length === 0) reply.resolve({ Responses, UnprocessedKeys });
      else if (random.chance(40)) this.#time.after(random.between(1, 12), readNext);
      else readNext();
    };
    readNext();
  }

  #value(place: string, isConsistent: boolean, random: Random): Item | undefined {
    let version = this.#versions.get(place);
    if (isConsistent) return version?.item;
    const oldestMs = this.#time.nowMs - longestLagMs;
    while (version !== undefined && version.sinceMs > oldestMs && random.chance(50)) version = version.previous;
    return version?.item;
  }

  #writeOne(write: SingleWrite): { Attributes?: Item } {
    const { table, place, after, reason } = this.#prepared(write as Write);
    if (reason.Code === 'TransactionConflict') throw conflicted();
    if (reason.Code !== 'None') throw conditionFailed(reason.Item);
    const change = this.#apply(table, place, after());
    this.#onCommit([change]);
    this.onChange?.(change);
    const isReturned = write.Update?.ReturnValues === 'ALL_OLD' && change.before !== undefined;
    return isReturned ? { Attributes: change.before } : {};
  }

  #transact(input: TransactWriteCommandInput, { random }: Circumstances, reply: Reply): void {
    const token = this.#tokens.of(input);
    if (token.state === 'APPLIED') {
      reply.resolve({});
      return;
    }
    const writes = (input.TransactItems ?? []).map((write) => this.#prepared(write));
    const reasons = writes.map(({ reason }) => reason);
    if (reasons.some(({ Code }) => Code !== 'None')) {
      token.state = 'CANCELED';
      throw canceledFor(reasons);
    }
    const applications = writes.map(({ table, place, after }) => ({ table, place, after: after() }));
    token.state = 'IN_PROGRESS';
    for (const { place } of writes) this.#locks.add(place);
    if (random.chance(50)) applications.reverse();
    const changes: Change[] = [];
    const applyNext = () => {
      const next = applications.shift();
      if (next !== undefined) changes.push(this.#apply(next.table, next.place, next.after));
      if (applications.length > 0) {
        if (random.chance(30)) this.#time.after(random.between(1, 15), applyNext);
        else applyNext();
        return;
      }
      token.state = 'APPLIED';
      for (const { place } of writes) this.#locks.delete(place);
      this.#onCommit(changes);
      if (this.onChange !== undefined) for (const change of changes) this.onChange(change);
      reply.resolve({});
    };
    if (random.chance(30)) this.#time.after(random.between(1, 15), applyNext);
    else applyNext();
  }

  #prepared({ Update, Put, ...others }: Write) {
    const write = Update ?? Put;
    if (write === undefined || Object.keys(others).length > 0) throw new Invalid('Only Update and Put are known.');
    const { TableName: table = '', ConditionExpression: condition } = write;
    const given: Placeholders = write;
    const key = Update?.Key ?? this.#keyOf(table, Put?.Item ?? {});
    const place = this.#place(table, key);
    const item = this.#versions.get(place)?.item;
    const update = Update?.UpdateExpression;
    assertAllUsed([condition, update], given);
    const after = () => (Update ? updated(update ?? '', item ?? key, given) : (stored(Put?.Item) as Item));
    return { table, place, after, reason: this.#reason(place, item, isConditionMet(condition, item, given), write) };
  }

  #reason(
    place: string,
    item: Item | undefined,
    isMet: boolean,
    { ReturnValuesOnConditionCheckFailure: returned }: { ReturnValuesOnConditionCheckFailure?: string | undefined },
  ): CancellationReason {
    if (this.#locks.has(place)) return { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
    if (isMet) return { Code: 'None' };
    const isReturned = returned === 'ALL_OLD' && item !== undefined;
    return {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...(isReturned ? { Item: marshall(item) } : {}),
    };
  }

  #apply(table: string, place: string, after: Item): Change {
    const previous = this.#versions.get(place);
    this.#versions.set(place, { item: after, sinceMs: this.#time.nowMs, previous });
    return { table, shownAt: this.#time.step, before: previous?.item, after };
  }

  #keyOf(table: string, item: Item): Item {
    const key: Record<string, unknown> = {};
    for (const name of this.#keys[table] ?? []) key[name] = item[name];
    return key;
  }

  #place(table: string, key: Item): string {
    const names = this.#keys[table];
    if (names === undefined) throw new Invalid(`There is no table ${table}.`);
    let place = table;
    for (const name of names) {
      const value = key[name];
      if (typeof value !== 'string' || value === '') throw new Invalid(`The key of ${table} lacks ${name}.`);
      place += `\n${value}`;
    }
    if (Object.keys(key).length !== names.length) throw new Invalid(`The key of ${table} has too many attributes.`);
    return place;
  }
}
