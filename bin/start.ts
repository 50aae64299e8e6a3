import { runCommand } from '../tools/command-line.ts';
import { start } from '../tools/local/start.ts';

// npm start
await runCommand(start);
