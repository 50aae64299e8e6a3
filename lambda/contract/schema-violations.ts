import type { ErrorObject } from 'ajv';
import { lastName, pointerSegment } from './json-pointer.ts';
import { acceptedByField, type FieldName } from './limits.ts';
import type { Violation } from './reasons.ts';

/** ajv's errors as violations: one for each place, saying what is accepted there. */
export function schemaViolations(errors: readonly ErrorObject[]): Violation[] {
  // Of a list that is too long only that is told: its items may be as many as fit into the body.
  const isTooLong = errors.some(({ keyword }) => keyword === 'maxItems');
  const told = isTooLong ? errors.filter(({ instancePath }) => !instancePath.startsWith('/items/')) : errors;
  const byPlace = new Map<string, Violation>();
  for (const violation of told.map(violationOf)) {
    const place = 'field' in violation.at ? violation.at.field : '';
    if (!byPlace.has(place)) byPlace.set(place, violation);
  }
  return [...byPlace.values()];
}

function violationOf({ keyword, instancePath, params }: ErrorObject): Violation {
  if (keyword === 'required') {
    const name = String(params['missingProperty']);
    return { reason: 'FIELD_MISSING', at: { field: `${instancePath}/${name}` }, ...acceptedIn(name) };
  }
  if (keyword === 'additionalProperties') {
    const name = pointerSegment(String(params['additionalProperty']));
    const accepted = fieldsAt(instancePath).join(', ');
    return { reason: 'FIELD_UNKNOWN', at: { field: `${instancePath}/${name}` }, accepted };
  }
  return { reason: 'FIELD_INVALID', at: { field: instancePath }, ...acceptedIn(lastName(instancePath)) };
}

function acceptedIn(name: string): Pick<Violation, 'accepted'> {
  const accepted = acceptedByField[name as FieldName] as Violation['accepted'];
  return { accepted: accepted ?? objectText };
}

const objectText = { en: 'a JSON object', ko: 'JSON 객체' };

const bodyFields = ['orderNo', 'totalCancelAmount', 'refundAccount', 'items'] satisfies FieldName[];
const refundAccountFields = ['accountNumber', 'bankCode', 'accountHolderName'] satisfies FieldName[];
const itemFields = ['seq', 'itemType', 'itemId', 'quantity', 'amount', 'taxAmount'] satisfies FieldName[];

function fieldsAt(pointer: string): readonly FieldName[] {
  if (pointer === '') return bodyFields;
  return pointer === '/refundAccount' ? refundAccountFields : itemFields;
}
