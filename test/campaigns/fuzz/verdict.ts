import type { CancellationData } from '../../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../../lambda/contract/envelope.ts';
import type { HttpResponse } from '../../support/http-client.ts';
import { partsOf } from './reference-json.ts';

/** An error that a refusal has to name, or may. */
export interface ExpectedError {
  /** A header's name or a JSON Pointer; one that ends in an asterisk is every place below. */
  readonly place: string;
  /** Any of them will do, where the contract does not say which. */
  readonly reasons: readonly string[];
  /** Whether it has to be named. */
  readonly isSure: boolean;
}

/** What the contract asks for in answer to a request. */
export interface Verdict {
  /** As `status resultCode`: several where the contract leaves it open. */
  readonly responses: readonly string[];
  /** All that may be named. Absent where it leaves that open. */
  readonly errors?: readonly ExpectedError[];
  readonly etag?: string;
  /** The first answer's data as JSON text, which has to come again. */
  readonly replayed?: string;
  /** Whether it is open whether it is the same again. */
  readonly mayBeReplay?: boolean;
  /** The taxes that a cancellation takes, in exact parts (reference-json.ts). */
  readonly taxes?: { readonly product: bigint; readonly delivery: bigint };
  /** An id that the errors have to name. */
  readonly namedId?: string;
  /** To be called with the data of the success: what was asked for is canceled now. */
  readonly apply?: (data: CancellationData) => void;
}

export const accepted = '200 0';

export const sure = (place: string, ...reasons: string[]): ExpectedError => ({ place, reasons, isSure: true });
export const possible = (place: string, ...reasons: string[]): ExpectedError => ({ place, reasons, isSure: false });
export const refused = (response: string, ...errors: ExpectedError[]): Verdict => ({ responses: [response], errors });

/** Where a response is not what the contract asks for. */
export function flawOfVerdict(
  verdict: Verdict,
  { status, headers, body }: HttpResponse,
  envelope: Envelope<CancellationData>,
): string | undefined {
  const { responses, etag, replayed, mayBeReplay = false, taxes, namedId } = verdict;
  if (!responses.includes(`${status} ${envelope.resultCode}`))
    return `By the contract it is ${responses.join(' or ')}.`;
  if (etag !== undefined && headers['etag'] !== etag)
    return `Its ETag is ${String(headers['etag'])}, by the contract ${etag}.`;
  if (namedId !== undefined && !body.includes(namedId)) return `It does not name ${namedId}.`;
  const isReplay = 'idempotent-replayed' in headers;
  if (replayed === undefined && !mayBeReplay && isReplay) return 'It is declared as the same again.';
  if (replayed !== undefined) {
    const isSame = headers['idempotent-replayed'] === 'true' && JSON.stringify(envelope.data) === replayed;
    return isSame ? undefined : 'It is not declared as the same again.';
  }
  return (taxes && flawOfTaxes(taxes, envelope.data)) ?? flawOfErrors(verdict, envelope);
}

function flawOfTaxes(
  { product, delivery }: NonNullable<Verdict['taxes']>,
  data: CancellationData | null,
): string | undefined {
  const returned = [data?.totalProductTaxAmount, data?.totalDeliveryTaxAmount];
  const isRight = [product, delivery].every((tax, index) => partsOf(String(returned[index])) === tax);
  return isRight ? undefined : `The taxes ${returned.join(' and ')} are not those of the amounts.`;
}

/** What a refusal names wrongly or does not name, or undefined. */
function flawOfErrors({ errors: expected }: Verdict, { errors = [] }: Envelope<unknown>): string | undefined {
  if (expected === undefined) return undefined;
  const named = errors.map((error) => ({
    reason: error.reason as string,
    place: 'header' in error && error.header !== undefined ? error.header : (error.field ?? ''),
  }));
  // A list of errors ends at 1000.
  const missing = expected.find(
    ({ place, reasons, isSure }) =>
      isSure && named.length < maxErrors && !named.some((one) => one.place === place && reasons.includes(one.reason)),
  );
  if (missing !== undefined) return `It does not name ${missing.reasons.join(' or ')} at ${missing.place}.`;
  const stray = named.find(
    (one) => !expected.some(({ place, reasons }) => isAt(one.place, place) && reasons.includes(one.reason)),
  );
  return stray === undefined ? undefined : `It names ${stray.reason} at ${stray.place}, which is not so.`;
}

const maxErrors = 1000;

function isAt(at: string, place: string): boolean {
  return place.endsWith('/*') ? at.startsWith(place.slice(0, -1)) : at === place;
}
