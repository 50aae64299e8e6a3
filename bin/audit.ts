import { auditCommand } from '../tools/audit/command.ts';
import { runCommand } from '../tools/command-line.ts';

// npm run audit
await runCommand(auditCommand);
