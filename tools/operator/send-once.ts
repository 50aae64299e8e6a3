import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ClientCertificate } from './client-certificate.ts';

export interface HttpRequest {
  /** POST where none is named. */
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const maxBodyBytes = 1024 * 1024;

/**
 * Sends a request once, with a client certificate if there is one, which fetch cannot do.
 * @throws Error with the code of what went wrong, or the reason of the signal if it was aborted
 */
export async function sendOnce(
  url: string,
  { method = 'POST', headers, body }: HttpRequest,
  signal: AbortSignal,
  certificate?: ClientCertificate,
): Promise<HttpResponse> {
  const options = { method, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) }, signal };
  const request = url.startsWith('https:')
    ? requestHttps(url, { ...options, ...certificate })
    : requestHttp(url, options);
  try {
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    // If the response breaks off, reading its body throws. Without a listener here, the error would end the process.
    request.on('error', () => undefined);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await bodyOf(response) };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new RangeError(`The response has more than ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
