import { Duration } from 'aws-cdk-lib';
import { sdkBundling } from './bundling.ts';
import type { Tables } from './tables.ts';

/**
 * What the functions behind signed routes have in common.
 * @param serviceName the name under which a function logs and counts
 * @param commit what is deployed: log lines have it
 */
export function signedFunctionProps(tables: Tables, serviceName: string, commit: string) {
  return {
    key: tables.key,
    bundling: sdkBundling,
    // CPU comes with memory: at 1 GB a cold start is short, and a warm request takes milliseconds either way.
    memorySize: 1024,
    // Below the gateway's 29 s, so that the function and not the gateway responds when DynamoDB is slow.
    timeout: Duration.seconds(10),
    environment: {
      ORDERS_TABLE: tables.orders.tableName,
      CANCELLATIONS_TABLE: tables.cancellations.tableName,
      STORE_KEYS_TABLE: tables.storeKeys.tableName,
      SERVICE_NAME: serviceName,
      COMMIT: commit,
    },
  };
}
