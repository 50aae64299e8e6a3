import type { ErrorObject } from 'ajv';
import { lastName, pointerSegment } from './json-pointer.ts';
import type { Localized } from './language.ts';
import { acceptedByField, type FieldName } from './limits.ts';
import type { Violation } from './reasons.ts';

/** What a request's body may have. */
export interface BodyFields {
  /** What each field accepts, by its name. */
  readonly accepted: Readonly<Record<string, Localized>>;
  /** Names of the fields that the object at a JSON Pointer has. */
  readonly namesAt: (pointer: string) => readonly string[];
}

/** ajv's errors as violations: one for each place, saying what is accepted there. */
export function schemaViolations(
  errors: readonly ErrorObject[],
  fields: BodyFields = fieldsOfCancelRequest,
): Violation[] {
  // Of a list that is too long only that is told: its items may be as many as fit into the body.
  const isTooLong = errors.some(({ keyword }) => keyword === 'maxItems');
  const told = isTooLong ? errors.filter(({ instancePath }) => !instancePath.startsWith('/items/')) : errors;
  const byPlace = new Map<string, Violation>();
  for (const violation of told.map((error) => violationOf(error, fields))) {
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

const bodyFields = ['orderNo', 'totalCancelAmount', 'refundAccount', 'items'] satisfies FieldName[];
const refundAccountFields = ['accountNumber', 'bankCode', 'accountHolderName'] satisfies FieldName[];
const itemFields = ['seq', 'itemType', 'itemId', 'quantity', 'amount', 'taxAmount'] satisfies FieldName[];

const fieldsOfCancelRequest: BodyFields = {
  accepted: acceptedByField,
  namesAt(pointer) {
    if (pointer === '') return bodyFields;
    return pointer === '/refundAccount' ? refundAccountFields : itemFields;
  },
};
