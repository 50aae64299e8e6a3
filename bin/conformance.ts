import { runCommand } from '../tools/command-line.ts';
import { conformance } from '../tools/conformance/command.ts';

// npm run conformance
await runCommand(conformance);
