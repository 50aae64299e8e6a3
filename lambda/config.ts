export interface Config {
  readonly ordersTable: string;
  readonly cancellationsTable: string;
  readonly storeKeysTable: string;
}

/**
 * Every environment variable that the service itself reads. Region, credentials and endpoint are the AWS SDK's,
 * POWERTOOLS_* are Powertools'.
 * @throws Error naming every variable that is missing
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const missing: string[] = [];
  const required = (name: string): string => {
    const value = environment[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const config = {
    ordersTable: required('ORDERS_TABLE'),
    cancellationsTable: required('CANCELLATIONS_TABLE'),
    storeKeysTable: required('STORE_KEYS_TABLE'),
  };
  if (missing.length > 0) throw new Error(`The environment lacks ${missing.join(', ')}.`);
  return config;
}
