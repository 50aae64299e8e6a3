import { admin } from '../tools/operator/admin.ts';
import { runCommand } from '../tools/command-line.ts';

// npm run admin
await runCommand(admin);
