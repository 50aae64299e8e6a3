import { writeFileSync } from 'node:fs';
import { readArguments, runCommand } from '../tools/command-line.ts';
import { generatedOpenApi, openApiFile } from '../tools/generate/openapi/generate.ts';

const help = `npm run openapi: writes docs/openapi.json. A test compares the committed file with it.

  --help`;

// npm run openapi
await runCommand(async () => {
  const { values } = readArguments('npm run openapi', { options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(help);
    return;
  }
  writeFileSync(openApiFile, generatedOpenApi());
  console.log('Wrote docs/openapi.json.');
});
