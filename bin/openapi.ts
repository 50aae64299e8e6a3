import { writeFileSync } from 'node:fs';
import { generatedOpenApi, openApiFile } from '../lib/generate-openapi.ts';

// npm run openapi: writes docs/openapi.json. A test compares the committed file with it.
writeFileSync(openApiFile, generatedOpenApi());
console.log('Wrote docs/openapi.json.');
