import { RequestRefused } from '../answer.ts';
import isCancelRequest from '../contract/cancel-request.validator.cjs';
import { lossyPlaces } from '../contract/json-text.ts';
import { schemaViolations } from '../contract/schema-violations.ts';
import type { CancellationRequest } from '../domain/cancellation.ts';
import type { CancelMiddleware } from './cancel-event.ts';

/** Refuses a body that breaks the schema, or that parsing has made into less than was sent; lists each place. */
export function validate(): CancelMiddleware {
  return {
    before({ event }) {
      const violations = lossyPlaces(event.rawBody.toString('utf8'));
      if (!isCancelRequest(event.body)) {
        const told = new Set(violations.map(({ at }) => JSON.stringify(at)));
        const others = schemaViolations(isCancelRequest.errors);
        violations.push(...others.filter(({ at }) => !told.has(JSON.stringify(at))));
      }
      if (violations.length > 0) throw new RequestRefused('SCHEMA_VIOLATED', violations);
      event.cancelRequest = event.body as CancellationRequest;
    },
  };
}
