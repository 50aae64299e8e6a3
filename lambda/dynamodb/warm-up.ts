import type { CredentialRepository } from './credential-repository.ts';

/** The most milliseconds that a warm-up may delay the first request. */
const longestMs = 300;

/** Longer than any access key that a header may have, so it cannot exist. */
const impossibleKey = '-'.repeat(129);

/**
 * Looks up an access key that cannot exist. That opens the connection to DynamoDB and runs the SDK's code for the first
 * time while the function starts, where Lambda gives it a whole CPU and no merchant is waiting yet. Never fails: if
 * DynamoDB has a problem, the first request reports it.
 */
export async function warmUp(credentials: CredentialRepository): Promise<void> {
  try {
    await credentials.find(impossibleKey, () => longestMs);
  } catch {
    // The first request starts cold, as it would have without this.
  }
}
