type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment variables of a function behind a signed route. Region, credentials and endpoint are the AWS SDK's own.
 * @throws Error naming every variable that is missing
 */
export function readVariables(environment: Environment) {
  return readAll(environment, {
    ordersTable: 'ORDERS_TABLE',
    cancellationsTable: 'CANCELLATIONS_TABLE',
    storeKeysTable: 'STORE_KEYS_TABLE',
    /** The name under which this deployment logs and counts. */
    service: 'SERVICE_NAME',
    /** The commit that this deployment was made from. */
    version: 'COMMIT',
  });
}

/** What the cancel function needs besides. @throws Error as readVariables, or when the days are no whole number */
export function readCancelVariables(environment: Environment) {
  const { days, ...variables } = readAll(environment, {
    refundAccountsTable: 'REFUND_ACCOUNTS_TABLE',
    /** For how long a refund account is kept. */
    days: 'REFUND_ACCOUNT_DAYS',
  });
  if (!/^\d{1,5}$/.test(days)) throw new Error(`REFUND_ACCOUNT_DAYS is no whole number: ${days}.`);
  return { ...readVariables(environment), ...variables, refundAccountDays: Number(days) };
}

/** The environment variables of the pre-traffic hook. @throws Error as readVariables */
export function readPreTrafficVariables(environment: Environment) {
  return readAll(environment, {
    ordersTable: 'ORDERS_TABLE',
    cancellationsTable: 'CANCELLATIONS_TABLE',
    storeKeysTable: 'STORE_KEYS_TABLE',
    /** ARN of the version to test. */
    target: 'TARGET_FUNCTION',
  });
}

/** The environment variables of the post-traffic hook. @throws Error as readVariables */
export function readPostTrafficVariables(environment: Environment) {
  return readAll(environment, { bakeSeconds: 'BAKE_SECONDS' });
}

/** The environment variables of the docs function. @throws Error as readVariables */
export function readDocsVariables(environment: Environment) {
  return readAll(environment, { commit: 'COMMIT' });
}

function readAll<Name extends string>(
  environment: Environment,
  variables: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const missing: string[] = [];
  const values = Object.entries<string>(variables).map(([name, variable]) => {
    const value = environment[variable];
    if (!value) missing.push(variable);
    return [name, value];
  });
  if (missing.length > 0) throw new Error(`The environment lacks ${missing.join(', ')}.`);
  return Object.fromEntries(values) as Record<Name, string>;
}
