import type { HeaderName } from '../../../lambda/contract/header-rules.ts';
import type { Refusal } from '../../../lambda/contract/result-codes.ts';
import type { Reason } from '../../../lambda/contract/violations.ts';
import type { Sample } from './samples.ts';

/** A request and its response. */
export interface OpenApiExample {
  readonly title: string;
  readonly request: unknown;
  readonly response: unknown;
}

/** All that the document says of one signed route. The document is put together from these alone. */
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
    /** A sentence for each field, by the field's name: a function's validator must not carry them. CommonMark. */
    readonly fields: Readonly<Record<string, string>>;
  };
  readonly success: {
    readonly name: string;
    /** With descriptions. */
    readonly schema: object;
    readonly description: string;
    readonly headers?: Readonly<Record<string, object>>;
  };
  /** By a name of letters, digits and hyphens. */
  readonly examples: Readonly<Record<string, OpenApiExample>>;
  readonly refusals: readonly Refusal[];
  /** A place for each reason, where an example of it stands. */
  readonly samples: Readonly<Record<Reason, Sample>>;
}
