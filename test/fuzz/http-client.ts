import { type Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { FuzzAnswer } from './oracles.ts';
import type { Header } from './request.ts';

const answerTimeoutMs = 20_000;

/** Sends a well-formed request and reads the answer. */
export async function post(
  url: string,
  agent: Agent,
  headers: readonly Header[],
  body: Buffer,
  isChunked: boolean,
): Promise<FuzzAnswer> {
  // A flat list, so that a name may stand in it more than once.
  const framing = isChunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.length)];
  const flat = ['Host', 'localhost', ...headers.flat(), ...framing];
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST', agent, headers: flat, timeout: answerTimeoutMs }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('timeout', () => sent.destroy(new Error('There was no answer in time.')));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A server that waits for the rest of a request says nothing; this is how long it is listened to. */
const silenceMs = 300;

/** Sends bytes as they are on a connection of their own, and reads until the server closes it or has no more to say. */
export async function sendRaw(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const silence = setTimeout(() => socket.destroy(), silenceMs);
    const deadline = setTimeout(() => socket.destroy(new Error('The server does not stop.')), answerTimeoutMs);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      silence.refresh();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server may hang up on what it does not understand, also before all of it is sent.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(silence);
      clearTimeout(deadline);
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
    socket.write(bytes);
  });
}
