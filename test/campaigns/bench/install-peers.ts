import { installPackages } from '../../support/install-packages.ts';

export const benchFolder = new URL('.', import.meta.url).pathname;

/** Installs the peers' packages, unless they are. @throws UsageError in one line */
export async function installPeers(): Promise<void> {
  await installPackages('test/campaigns/bench');
}
