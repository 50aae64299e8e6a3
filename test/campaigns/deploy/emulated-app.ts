import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceTemplate, templateIn, wholeTemplateFile } from './assembly.ts';
import { forEmulator } from './for-emulator.ts';
import { withRefusedResource } from './unknown-resources.ts';

// The CDK app of the clone that it is started in, with the template changed for the emulator (for-emulator.ts).
// cdk starts it in place of the app of cdk.json, because CDK_APP says so. With --fail, the deployment fails at its end.

const folder = process.env['CDK_OUTDIR'];
if (folder === undefined) throw new Error('CDK_OUTDIR is missing.');
const { app } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly app: string };
const { status } = spawnSync(app, { shell: true, stdio: 'inherit' });
if (status !== 0) process.exit(1);

const whole = templateIn(folder);
writeFileSync(join(folder, wholeTemplateFile), JSON.stringify(whole));
const emulated = forEmulator(whole);
replaceTemplate(folder, process.argv.includes('--fail') ? withRefusedResource(emulated) : emulated);
