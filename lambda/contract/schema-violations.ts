import type { ErrorObject } from 'ajv';
import { lastName, pointerSegment } from './json-pointer.ts';
import type { BodyFields } from './request-shape.ts';
import type { Violation } from './violations.ts';

/** The errors of ajv as violations: one for each place. */
export function schemaViolations(errors: readonly ErrorObject[], fields: BodyFields): Violation[] {
  // If a list is too long, only that is reported: its items may be as many as fit into the body.
  const tooLong = errors.filter(({ keyword }) => keyword === 'maxItems').map(({ instancePath }) => `${instancePath}/`);
  const reported = errors.filter(({ instancePath }) => !tooLong.some((list) => instancePath.startsWith(list)));
  const byField = new Map<string, Violation>();
  for (const violation of reported.map((error) => violationOf(error, fields))) {
    const { field } = violation.at;
    if (!byField.has(field)) byField.set(field, violation);
  }
  return [...byField.values()];
}

/** A violation whose place is in the body, as those of a schema are. */
type FieldViolation = Violation & { readonly at: { readonly field: string } };

function violationOf({ keyword, instancePath, params }: ErrorObject, fields: BodyFields): FieldViolation {
  const shownFor = (field: string) => ({ shown: fields.accepted[field] ?? objectText });
  if (keyword === 'required') {
    const name = String(params['missingProperty']);
    return { reason: 'FIELD_MISSING', at: { field: `${instancePath}/${name}` }, ...shownFor(name) };
  }
  if (keyword === 'additionalProperties') {
    const name = pointerSegment(String(params['additionalProperty']));
    const shown = fields.namesAt(instancePath).join(', ');
    return { reason: 'FIELD_UNKNOWN', at: { field: `${instancePath}/${name}` }, shown };
  }
  return { reason: 'FIELD_INVALID', at: { field: instancePath }, ...shownFor(lastName(instancePath)) };
}

/** For the body as a whole and for an item, which have no field name. */
const objectText = { en: 'a JSON object', ko: 'JSON 객체' };
