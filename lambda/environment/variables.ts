type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every environment variable that the cancel function itself reads, and the detail function. Region, credentials and endpoint are the AWS SDK's.
 * @throws Error naming every variable that is missing
 */
export function readConfig(environment: Environment) {
  return readVariables(environment, {
    ordersTable: 'ORDERS_TABLE',
    cancellationsTable: 'CANCELLATIONS_TABLE',
    storeKeysTable: 'STORE_KEYS_TABLE',
    /** What log lines and metrics of this deployment are told apart by. */
    serviceName: 'SERVICE_NAME',
  });
}

/** Those of the function that tries a new version before it gets traffic. @throws Error as readConfig */
export function readPreTrafficConfig(environment: Environment) {
  return readVariables(environment, {
    ordersTable: 'ORDERS_TABLE',
    storeKeysTable: 'STORE_KEYS_TABLE',
    /** ARN of the version to try. */
    target: 'TARGET_FUNCTION',
  });
}

function readVariables<Name extends string>(
  environment: Environment,
  variables: Readonly<Record<Name, string>>,
): Readonly<Record<Name, string>> {
  const missing: string[] = [];
  const read = Object.entries<string>(variables).map(([name, variable]) => {
    const value = environment[variable];
    if (!value) missing.push(variable);
    return [name, value];
  });
  if (missing.length > 0) throw new Error(`The environment lacks ${missing.join(', ')}.`);
  return Object.fromEntries(read) as Record<Name, string>;
}
