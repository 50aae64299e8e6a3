import { html, type Html } from './html.ts';
import { renderInline, renderTable } from './markdown.ts';
import type { Schema } from './openapi-document.ts';

/**
 * A table of an object's fields and of those below them.
 * @param required title of the column that says whether a field is always there
 */
export function renderFields(name: string, schema: Schema, required: string): Html {
  const rows = fieldsOf(schema, '').map(({ path, field, isRequired }) => [
    html`<code>${path}</code>`,
    html`${isRequired ? 'yes' : 'no'}`,
    renderType(field),
    renderInline(field.description ?? ''),
  ]);
  return renderTable(name, ['Field', required, 'Value', 'Meaning'], rows);
}

/** A longer list of values belongs to a standard, which the description names. */
const maxListed = 20;

interface Field {
  readonly path: string;
  readonly field: Schema;
  readonly isRequired: boolean;
}

function fieldsOf({ properties = {}, required = [] }: Schema, prefix: string): Field[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const own = { path, field, isRequired: required.includes(name) };
    return [own, ...fieldsOf(field, `${path}.`), ...(field.items ? fieldsOf(field.items, `${path}[].`) : [])];
  });
}

function renderType(field: Schema): Html {
  if (field.const !== undefined) return html`<code>${field.const}</code>`;
  if (field.enum !== undefined && field.enum.length > maxListed) return html`one of ${String(field.enum.length)} codes`;
  if (field.enum !== undefined) return html`one of ${listOfCodes(field.enum)}`;
  const type = [field.type ?? []].flat().join(' or ');
  const { minimum = field.minItems, maximum = field.maxItems } = field;
  const range = minimum === undefined || maximum === undefined ? '' : `, ${minimum} to ${maximum}`;
  const pattern = field.pattern === undefined ? [] : [html` <code>${field.pattern}</code>`];
  return html`${type}${range}${pattern}`;
}

function listOfCodes(values: readonly string[]): Html[] {
  return values.map((value, index) => html`${index === 0 ? '' : ', '}<code>${value}</code>`);
}
