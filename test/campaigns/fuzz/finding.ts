import type { FuzzRequest } from './request.ts';

/** A request that shows a flaw, and what the flaw is. */
export interface Finding {
  readonly flaw: string;
  readonly request: FuzzRequest;
}

/** Calls what should never throw, and makes a finding of it when it does. */
export async function guarded(
  request: FuzzRequest,
  look: () => Promise<Finding | undefined>,
): Promise<Finding | undefined> {
  try {
    return await look();
  } catch (error) {
    return { flaw: `It threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, request };
  }
}

/** The request as it can be read and pasted: a body that is not UTF-8 in Base64. */
export function describeFinding({ flaw, request }: Finding): string {
  const { headers, body, isBase64Encoded } = request;
  const bytes = Buffer.from(body ?? '', 'base64');
  const isText = isBase64Encoded && Buffer.from(bytes.toString('utf8')).equals(bytes);
  const shown = isText ? { bodyText: bytes.toString('utf8') } : { body, isBase64Encoded };
  return `${flaw}\n${JSON.stringify({ ...shown, headers })}`;
}
