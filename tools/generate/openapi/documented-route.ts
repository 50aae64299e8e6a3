import type { HeaderName } from '../../../lambda/contract/header-rules.ts';
import type { RefusalKind } from '../../../lambda/contract/result-codes.ts';
import type { Reason } from '../../../lambda/contract/violations.ts';
import type { Sample } from './samples.ts';

/** A request and its response. */
export interface OpenApiExample {
  readonly title: string;
  readonly request: unknown;
  readonly response: unknown;
}

/** All that the document says about one signed route. The document is made of these alone. */
export interface DocumentedRoute {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** CommonMark. */
  readonly description: string;
  /** What each header means here. */
  readonly headers: Readonly<Record<HeaderName, string>>;
  readonly request: {
    /** The schema's name in the document. */
    readonly name: string;
    readonly schema: object;
    /**
     * A description of each field, by its name. They are not in the schema, because a validator must not contain them.
     * CommonMark.
     */
    readonly fields: Readonly<Record<string, string>>;
  };
  readonly success: {
    readonly name: string;
    /** With descriptions. */
    readonly schema: object;
    readonly description: string;
    /** Of the response. */
    readonly headers: Readonly<Record<string, object>>;
  };
  /** By a name of letters, digits and hyphens. */
  readonly examples: Readonly<Record<string, OpenApiExample>>;
  readonly refusals: readonly RefusalKind[];
  /** For each reason, an example of a place. */
  readonly samples: Readonly<Record<Reason, Sample>>;
}
