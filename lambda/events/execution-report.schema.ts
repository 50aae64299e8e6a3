import { returnRequestIdPattern } from '../contract/return-request-id.ts';
import { identifierPattern } from '../contract/limits.ts';
import { failureReasonPattern, pspReferencePattern, reportedStatuses, settlements } from '../domain/execution.ts';
import { currencyCodes, maxAmount } from '../domain/money.ts';
import { executorSource, reportType } from './event-names.ts';

/** At most so many attempts, and reports of one attempt, are ever numbered. */
export const maxNumber = 1_000_000;

const instantPattern = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$';

const described = <Schema extends object>(schema: Schema, description: string) => ({ ...schema, description });
const identifier = { type: 'string', pattern: identifierPattern };

/**
 * The report of an executor, as the bus hands it on in `detail`. Attributes that it does not know are ignored, so that
 * executors may send more. After a change, run `npm run generate`.
 */
export const executionReportSchema = {
  $id: 'ExecutionReport',
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: described(
      { type: 'string', minLength: 1, maxLength: 256 },
      "The executor's own: a report that is sent again has the same one.",
    ),
    source: { const: executorSource },
    type: { const: reportType },
    time: described({ type: 'string', pattern: instantPattern }, 'When it became so: ISO 8601.'),
    data: {
      type: 'object',
      required: ['storeId', 'orderNo', 'returnRequestId', 'attempt', 'sequence', 'status', 'currencyCode', 'amount'],
      properties: {
        storeId: described(identifier, 'As in the request.'),
        orderNo: described(identifier, 'As in the request.'),
        returnRequestId: described({ type: 'string', pattern: returnRequestIdPattern }, 'As in the request.'),
        attempt: described({ type: 'integer', minimum: 1, maximum: maxNumber }, 'As in the request.'),
        sequence: described(
          { type: 'integer', minimum: 1, maximum: maxNumber },
          'The reports of an attempt are numbered from 1. Of two, the one with the higher number counts.',
        ),
        status: described(
          { enum: reportedStatuses },
          'FAILED promises that nothing was paid and that nothing will be, so that another attempt is safe.',
        ),
        currencyCode: described({ enum: currencyCodes().toSorted() }, 'As in the request.'),
        amount: described({ type: 'number', minimum: 0, maximum: maxAmount }, 'As in the request: in major units.'),
        failureReason: described(
          { type: 'string', pattern: failureReasonPattern },
          'Why it failed, as a code such as ACCOUNT_CLOSED. Merchants see it.',
        ),
        pspReference: described({ type: 'string', pattern: pspReferencePattern }, 'What the PSP calls the refund.'),
        settlement: described(
          { enum: settlements },
          'Of a void that succeeded: whether the authorization was released, or money that was captured refunded.',
        ),
      },
    },
  },
};
