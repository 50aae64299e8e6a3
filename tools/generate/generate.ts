import { writeFileSync } from 'node:fs';
import { readArguments } from '../command-line.ts';
import { generatedValidator, validatorFileOf, validators } from './validators.ts';

const help = `npm run generate: writes what is derived from the schemas. A test compares the committed files with it.

  --help`;

/** `npm run generate` */
export async function generate(): Promise<void> {
  const { values } = readArguments('npm run generate', { options: { help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(help);
    return;
  }
  for (const validator of validators) {
    const file = validatorFileOf(validator);
    writeFileSync(file, generatedValidator(validator));
    console.log(`Wrote ${file.pathname.split('/').slice(-3).join('/')}.`);
  }
}
