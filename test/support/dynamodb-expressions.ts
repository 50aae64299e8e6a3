import { isDeepStrictEqual } from 'node:util';
import { Invalid } from './dynamodb-errors.ts';

/** A stored item, as the document client reads it: numbers are bigint. */
export type Item = Readonly<Record<string, unknown>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

/**
 * The part of DynamoDB's expressions that the service uses, and not a word more: an expression that uses another, or
 * a value that is given and not used, is refused as DynamoDB refuses what it cannot read.
 * Conditions: `path = :value`, `path < :value`, `path <= :value`, `path <> :value`, `path IN (:value, ...)` and
 * `attribute_not_exists(path)`, joined by AND.
 */
export function isConditionMet(expression: string | undefined, item: Item | undefined, given: Placeholders): boolean {
  if (expression === undefined) return true;
  return parsed(conditions, expression, parseCondition).every(({ path, comparator, values }) => {
    const found = item === undefined ? undefined : valueAt(item, path, given);
    const [value] = values;
    if (value === undefined) return found === undefined;
    if (comparator === 'IN') return values.some((one) => isSame(found, valueOf(one, given)));
    const wanted = valueOf(value, given);
    if (comparator === '<>') return !isSame(found, wanted);
    if (comparator === '=') return isSame(found, wanted);
    if (typeof wanted !== 'bigint') throw new Invalid('Only numbers are compared.');
    return typeof found === 'bigint' && (comparator === '<' ? found < wanted : found <= wanted);
  });
}

/** DynamoDB's numbers are bigint, so that only lists and maps have to be looked into. */
function isSame(found: unknown, wanted: unknown): boolean {
  return typeof wanted === 'object' ? isDeepStrictEqual(found, wanted) : found === wanted;
}

/**
 * Updates: `SET path = :value, ... REMOVE name, ...`, either part alone too. A value is also `name + :value` or
 * `if_not_exists(name, :value)`. @returns a new item; the old one is left as it is
 */
export function updated(expression: string, item: Item, given: Placeholders): Item {
  const { assignments, removed } = parsed(updates, expression, parseUpdate);
  const changed = assignments.reduce((before, { path, operand, isSum, value }) => {
    const present = operand === undefined ? undefined : item[nameOf(operand, given)];
    const next = operand !== undefined && !isSum && present !== undefined ? present : valueOf(value, given);
    return assigned(before, path, 0, isSum ? sumOf(present, next) : next, given) as Item;
  }, item);
  if (removed.length === 0) return changed;
  const left = { ...changed } as Record<string, unknown>;
  for (const name of removed) delete left[nameOf(name, given)];
  return left;
}

function sumOf(present: unknown, added: unknown): bigint {
  if (typeof present !== 'bigint' || typeof added !== 'bigint') throw new Invalid('Only numbers are added.');
  return present + added;
}

/** @throws Invalid when a value is given that no expression uses */
export function assertAllUsed(texts: ReadonlyArray<string | undefined>, given: Placeholders): void {
  for (const placeholder of [
    ...Object.keys(given.ExpressionAttributeValues ?? {}),
    ...Object.keys(given.ExpressionAttributeNames ?? {}),
  ]) {
    const isUsed = texts.some((text) => text !== undefined && placeholdersOf(text).has(placeholder));
    if (!isUsed) throw new Invalid(`Value provided in expressions unused: ${placeholder}`);
  }
}

/** A value as it is stored. @throws TypeError for what the document client does not write */
export function stored(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`A number that is not safe is written: ${value}.`);
    return BigInt(value);
  }
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (typeof value !== 'object') throw new TypeError(`A value of the type ${typeof value} is written.`);
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(stored);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = stored((value as Record<string, unknown>)[name]);
  return copy;
}

type Path = ReadonlyArray<string | number>;
interface Condition {
  readonly path: Path;
  readonly comparator: string | undefined;
  /** None where nothing may stand there; several of which it has to be one. */
  readonly values: readonly string[];
}
interface Assignment {
  readonly path: Path;
  /** The attribute that the value is added to, or that stays if it is there. */
  readonly operand: string | undefined;
  readonly isSum: boolean;
  readonly value: string;
}

interface Change {
  readonly assignments: readonly Assignment[];
  readonly removed: readonly string[];
}

const conditions = new Map<string, Condition[]>();
const updates = new Map<string, Change>();
const placeholders = new Map<string, ReadonlySet<string>>();

function parsed<Meaning>(known: Map<string, Meaning>, text: string, parse: (text: string) => Meaning): Meaning {
  let meaning = known.get(text);
  if (meaning === undefined) known.set(text, (meaning = parse(text)));
  return meaning;
}

function placeholdersOf(text: string): ReadonlySet<string> {
  let names = placeholders.get(text);
  if (names === undefined) placeholders.set(text, (names = new Set(text.match(/[:#]\w+/g))));
  return names;
}

function parseCondition(text: string): Condition[] {
  return text.split(' AND ').map((clause) => {
    const [, absent, path = absent, comparator, value, list = value] =
      /^attribute_not_exists\((\S+)\)$|^(\S+) (=|<|<=|<>|IN) (?:(:\w+)|\((:\w+(?:, :\w+)*)\))$/.exec(clause.trim()) ??
      unreadable(text);
    if ((comparator === 'IN') !== (value === undefined && list !== undefined)) unreadable(text);
    return { path: pathOf(path ?? ''), comparator, values: list?.split(', ') ?? [] };
  });
}

function parseUpdate(text: string): Change {
  const [, list = '', removed] = /^(?:SET (.+?))?(?:(?:^| )REMOVE ([#\w, ]+))?$/.exec(text) ?? unreadable(text);
  // Not at the comma within if_not_exists.
  const clauses = list === '' ? [] : list.split(/,(?![^(]*\))/);
  const assignments = clauses.map((clause) => {
    const [, path = '', kept, added, value = ''] =
      /^(\S+) = (?:if_not_exists\((#?\w+), |(#?\w+) \+ )?(:\w+)\)?$/.exec(clause.trim()) ?? unreadable(text);
    return { path: pathOf(path), operand: kept ?? added, isSum: added !== undefined, value };
  });
  return { assignments, removed: removed?.split(',').map((name) => name.trim()) ?? [] };
}

function pathOf(text: string): Path {
  return text.split('.').flatMap((part) => {
    const [, name = '', index] = /^(#?\w+)(?:\[(\d+)\])?$/.exec(part) ?? unreadable(text);
    return index === undefined ? [name] : [name, Number(index)];
  });
}

function unreadable(text: string): never {
  throw new Invalid(`Invalid expression: ${text}`);
}

function nameOf(segment: string | number, { ExpressionAttributeNames = {} }: Placeholders): string | number {
  if (typeof segment === 'number' || !segment.startsWith('#')) return segment;
  return ExpressionAttributeNames[segment] ?? unreadable(segment);
}

function valueOf(name: string, { ExpressionAttributeValues = {} }: Placeholders): unknown {
  if (!(name in ExpressionAttributeValues)) unreadable(name);
  return stored(ExpressionAttributeValues[name]);
}

function valueAt(item: Item, path: Path, given: Placeholders): unknown {
  let value: unknown = item;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Item)[nameOf(segment, given)];
  }
  return value;
}

function assigned(parent: unknown, path: Path, depth: number, value: unknown, given: Placeholders): unknown {
  if (depth === path.length) return value;
  const name = nameOf(path[depth] ?? '', given);
  if (typeof name === 'number') {
    if (!Array.isArray(parent) || name >= parent.length) unreadablePath(path);
    return (parent as unknown[]).with(name, assigned((parent as unknown[])[name], path, depth + 1, value, given));
  }
  if (typeof parent !== 'object' || parent === null || Array.isArray(parent)) unreadablePath(path);
  return { ...parent, [name]: assigned((parent as Item)[name], path, depth + 1, value, given) };
}

function unreadablePath(path: Path): never {
  throw new Invalid(`The document path provided in the update expression is invalid for update: ${path.join('.')}`);
}
