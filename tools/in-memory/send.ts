import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import type { Handler } from '../../lambda/signed-route/signed-route.ts';
import { contextOf, eventOf, headersOf } from './requests.ts';

/** A response, with its body as text and as an envelope. */
export interface Responded<Data> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly envelope: Envelope<Data>;
}

export interface Sending {
  /** Overrides of the required headers; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly event?: Partial<APIGatewayProxyEvent>;
  readonly remainingMs?: number;
}

/** Sends a body (text as it is, anything else as JSON), signed, and reads the response. */
export async function sendTo<Data>(
  { handler }: { readonly handler: Handler },
  body: unknown,
  { headers = {}, event = {}, remainingMs = 10_000 }: Sending = {},
): Promise<Responded<Data>> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readResponse(await handler(eventOf(text, headersOf(text, headers), event), contextOf(remainingMs)));
}

export function readResponse<Data>({ statusCode, headers = {}, body }: Awaited<ReturnType<Handler>>): Responded<Data> {
  return { status: statusCode, headers, text: body, envelope: JSON.parse(body) as Envelope<Data> };
}
