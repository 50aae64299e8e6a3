import { RequestRefused } from './outcome.ts';
import { lossyPlaces } from '../contract/find-lossy-values.ts';
import type { RequestShape } from '../contract/request-shape.ts';
import { schemaViolations } from '../contract/schema-violations.ts';
import type { OrderRequest, SignedEvent, SignedMiddleware } from './signed-request.ts';

/** Refuses a body that breaks the schema, or that parsing has made into less than was sent; lists each place. */
export function validate({ isRequest, fields, places }: RequestShape): SignedMiddleware {
  return {
    before({ event }: { readonly event: SignedEvent }) {
      const violations = lossyPlaces(event.rawBody.toString('utf8'), places);
      if (!isRequest(event.body)) {
        const told = new Set(violations.map(({ at }) => JSON.stringify(at)));
        const others = schemaViolations(isRequest.errors ?? [], fields);
        violations.push(...others.filter(({ at }) => !told.has(JSON.stringify(at))));
      }
      if (violations.length > 0) throw new RequestRefused('SCHEMA_VIOLATED', violations);
      event.request = event.body as OrderRequest;
    },
  };
}
