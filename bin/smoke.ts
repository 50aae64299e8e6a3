import { runCommand } from '../tools/command-line.ts';
import { smoke } from '../tools/operator/smoke.ts';

// npm run smoke
await runCommand(smoke);
