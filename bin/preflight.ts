import { runCommand } from '../tools/command-line.ts';
import { preflightCommand } from '../tools/operator/preflight/command.ts';

// npm run preflight
await runCommand(preflightCommand);
