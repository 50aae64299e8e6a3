import { runCommand } from '../tools/command-line.ts';
import { deploy } from '../tools/operator/deploy.ts';

// npm run deploy
await runCommand(deploy);
