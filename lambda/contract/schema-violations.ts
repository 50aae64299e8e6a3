import type { ErrorObject } from 'ajv';
import { lastName, pointerSegment } from './json-pointer.ts';
import type { BodyFields } from './request-shape.ts';
import type { Violation } from './violations.ts';

/** The errors of ajv as violations: one for each place, with what is accepted there. */
export function schemaViolations(errors: readonly ErrorObject[], fields: BodyFields): Violation[] {
  // If a list is too long, only that is reported: its items may be as many as fit into the body.
  const isTooLong = errors.some(({ keyword }) => keyword === 'maxItems');
  const reported = isTooLong ? errors.filter(({ instancePath }) => !instancePath.startsWith('/items/')) : errors;
  const byPlace = new Map<string, Violation>();
  for (const violation of reported.map((error) => violationOf(error, fields))) {
    const place = 'field' in violation.at ? violation.at.field : '';
    if (!byPlace.has(place)) byPlace.set(place, violation);
  }
  return [...byPlace.values()];
}

function violationOf({ keyword, instancePath, params }: ErrorObject, fields: BodyFields): Violation {
  const acceptedIn = (field: string) => ({ accepted: fields.accepted[field] ?? objectText });
  if (keyword === 'required') {
    const name = String(params['missingProperty']);
    return { reason: 'FIELD_MISSING', at: { field: `${instancePath}/${name}` }, ...acceptedIn(name) };
  }
  if (keyword === 'additionalProperties') {
    const name = pointerSegment(String(params['additionalProperty']));
    const accepted = fields.namesAt(instancePath).join(', ');
    return { reason: 'FIELD_UNKNOWN', at: { field: `${instancePath}/${name}` }, accepted };
  }
  return { reason: 'FIELD_INVALID', at: { field: instancePath }, ...acceptedIn(lastName(instancePath)) };
}

const objectText = { en: 'a JSON object', ko: 'JSON 객체' };
