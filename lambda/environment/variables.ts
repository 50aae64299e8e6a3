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

/** What the cancel function needs besides. @throws Error as readVariables */
export function readCancelVariables(environment: Environment) {
  const variables = readAll(environment, {
    refundAccountsTable: 'REFUND_ACCOUNTS_TABLE',
    /** For how long a refund account is kept. */
    refundAccountDays: 'REFUND_ACCOUNT_DAYS',
  });
  return { ...readVariables(environment), ...variables };
}

/** What the detail function needs besides. @throws Error as readVariables */
export function readDetailVariables(environment: Environment) {
  return { ...readVariables(environment), ...readAll(environment, { executionsTable: 'EXECUTIONS_TABLE' }) };
}

/** The environment variables of the publisher. @throws Error as readVariables */
export function readPublisherVariables(environment: Environment) {
  return readAll(environment, {
    executionsTable: 'EXECUTIONS_TABLE',
    eventBus: 'EVENT_BUS',
    deadLetters: 'DEAD_LETTERS_URL',
    service: 'SERVICE_NAME',
    version: 'COMMIT',
  });
}

/** The environment variables of the result taker. @throws Error as readVariables */
export function readTakerVariables(environment: Environment) {
  return readAll(environment, {
    executionsTable: 'EXECUTIONS_TABLE',
    deadLetters: 'DEAD_LETTERS_URL',
    service: 'SERVICE_NAME',
    version: 'COMMIT',
  });
}

/** The environment variables of the order taker. @throws Error as readVariables */
export function readOrderTakerVariables(environment: Environment) {
  return readAll(environment, {
    ordersTable: 'ORDERS_TABLE',
    cancellationsTable: 'CANCELLATIONS_TABLE',
    executionsTable: 'EXECUTIONS_TABLE',
    refundAccountsTable: 'REFUND_ACCOUNTS_TABLE',
    /** For how long a refund account is kept. */
    refundAccountDays: 'REFUND_ACCOUNT_DAYS',
    /** The queue that it reads, so that a message comes again soon. */
    queue: 'QUEUE_URL',
    deadLetters: 'DEAD_LETTERS_URL',
    service: 'SERVICE_NAME',
    version: 'COMMIT',
  });
}

/** The environment variables of the webhook sender. @throws Error as readVariables */
export function readSenderVariables(environment: Environment) {
  return readAll(environment, {
    endpointsTable: 'ENDPOINTS_TABLE',
    queue: 'QUEUE_URL',
    deadLetters: 'DEAD_LETTERS_URL',
    service: 'SERVICE_NAME',
    version: 'COMMIT',
  });
}

/** The variable that lets the webhook sender call http on a loopback address. On localhost only: no stage sets it. */
export const localReceiverVariable = 'WEBHOOK_LOCAL_RECEIVER';

export function allowsLocalReceiver(environment: Environment): boolean {
  return environment[localReceiverVariable] === 'http';
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
