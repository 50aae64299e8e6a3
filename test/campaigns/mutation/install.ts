import { runCommand } from '../../../tools/command-line.ts';
import { installPackages } from '../../support/install-packages.ts';

// npm run test:mutation, before Stryker itself
await runCommand(() => installPackages('test/campaigns/mutation'));
