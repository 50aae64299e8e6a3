import { runCommand } from '../tools/command-line.ts';
import { cancelCommand } from '../tools/merchant/cancel.ts';

// npm run cancel
await runCommand(cancelCommand);
