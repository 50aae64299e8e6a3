import { runCommand } from '../tools/command-line.ts';
import { eventCommand } from '../tools/operator/send-events.ts';

// npm run event
await runCommand(eventCommand);
