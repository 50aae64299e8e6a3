import { readDocsVariables } from '../environment/variables.ts';
import { documentsOf } from './documents.ts';
import { createDocsHandler } from './handler.ts';

// The entry of the docs function: wiring only. It serves what is in its bundle and in the folder beside it.
export const handler = createDocsHandler(documentsOf(readDocsVariables(process.env).commit));
