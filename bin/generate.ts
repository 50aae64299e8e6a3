import { writeFileSync } from 'node:fs';
import { generatedValidator, validatorFile } from '../lib/generate-validator.ts';

// npm run generate: writes what is derived from the schemas. A test compares the committed files with it.
writeFileSync(validatorFile, generatedValidator());
console.log(`Wrote ${validatorFile.pathname.split('/').slice(-3).join('/')}.`);
