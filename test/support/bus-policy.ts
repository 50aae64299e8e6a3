import { listOf } from './permissions.ts';

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly AWS: unknown };
  readonly Condition: Conditions;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A call of PutEvents: whose, and the sources of its entries. */
export interface PutEventsCall {
  /** ARN of the role. */
  readonly principal: string;
  readonly sources: readonly string[];
  /** Whether a policy in the role's own account allows it. */
  readonly isAllowedByOwnPolicy: boolean;
  /** Whether its account is the bus's. */
  readonly isOfTheAccount: boolean;
}

/** Whether IAM lets a call through, by its documentation: what is denied is denied, and another account needs both. */
export function isLetThrough(statements: readonly unknown[], call: PutEventsCall): boolean {
  const applying = (statements as readonly Statement[]).filter((statement) => applies(statement, call));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return false;
  const isAllowedByTheBus = applying.some(({ Effect }) => Effect === 'Allow');
  return call.isOfTheAccount
    ? call.isAllowedByOwnPolicy || isAllowedByTheBus
    : call.isAllowedByOwnPolicy && isAllowedByTheBus;
}

function applies({ Principal, Condition }: Statement, { principal, sources }: PutEventsCall): boolean {
  const principals = listOf(Principal.AWS);
  if (!principals.includes('*') && !principals.includes(principal)) return false;
  const values: Readonly<Record<string, readonly string[]>> = {
    'events:source': sources,
    'aws:PrincipalArn': [principal],
  };
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, values[key] ?? [], listOf(wanted as string))),
  );
}

function holds(operator: string, values: readonly string[], wanted: readonly string[]): boolean {
  switch (operator) {
    case 'ForAnyValue:StringEquals':
      return values.some((value) => wanted.includes(value));
    case 'ForAllValues:StringEquals':
      return values.every((value) => wanted.includes(value));
    case 'ArnNotEquals':
      return values.every((value) => !wanted.includes(value));
    case 'Null':
      return wanted.includes(String(values.length === 0));
    default:
      throw new Error(`The operator ${operator} is not known here.`);
  }
}
