import { runCommand } from '../tools/command-line.ts';
import { generate } from '../tools/generate/generate.ts';

// npm run generate
await runCommand(generate);
