import type { StoreKeyStore } from './credential-repository.ts';

/** The longest that a warm-up may hold up the first request. */
const longestMs = 300;

/** Longer than any access key that a header may carry, so that there is none like it. */
const impossibleKey = '-'.repeat(129);

/**
 * Looks for an access key that cannot exist. That opens the connection to DynamoDB and runs the SDK's code for the first
 * time while the function starts, where Lambda gives a whole CPU and no merchant is waiting yet. Never fails: what is
 * wrong with DynamoDB is the first request's to tell.
 */
export async function warmUp(storeKeys: StoreKeyStore): Promise<void> {
  try {
    await storeKeys.find(impossibleKey, () => longestMs);
  } catch {
    // The first request starts cold, as it would have without this.
  }
}
