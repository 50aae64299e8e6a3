import { createReadStream } from 'node:fs';
import { getSystemErrorMessage } from 'node:util';
import { InvalidRequestError } from '../../client/src/payment-cancel-client.ts';
import { cancelRequestShape } from '../../lambda/cancel/cancel-request.ts';
import { checkBody } from '../../lambda/contract/check-body.ts';
import type { Language } from '../../lambda/contract/language.ts';
import { maxBodyBytes } from '../../lambda/contract/limits.ts';
import { describeViolation } from '../../lambda/contract/violations.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import { UsageError } from '../command-line.ts';

/**
 * Reads a cancel request from a file, or from standard input for '-'. It is checked as the service checks it, so that
 * errors are found before anything is sent.
 * @throws UsageError when it cannot be read or is not JSON; InvalidRequestError with each violation of the schema
 */
export async function readRequestFile(file: string, language: Language): Promise<CancellationRequest> {
  const name = file === '-' ? 'Standard input' : file;
  const text = await readText(file, name);
  const checked = checkBody({ text, value: parse(text, name), isSurelyLossless: false }, cancelRequestShape);
  if (checked.ok) return checked.body;
  const errors = checked.violations.map((violation) => describeViolation(violation, language));
  throw new InvalidRequestError(`${name} is not a cancel request.`, { errors });
}

async function readText(file: string, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBodyBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${systemMessageOf(error)}.`, { cause: error });
  }
  if (bytes > maxBodyBytes) throw new UsageError(`${name} is larger than the ${maxBodyBytes} bytes of a request.`);
  return Buffer.concat(chunks).toString('utf8');
}

/** The operating system's message, without the name of the file, which the caller's message begins with. */
function systemMessageOf(error: unknown): string {
  const { errno } = error as NodeJS.ErrnoException;
  return errno === undefined ? String(error) : getSystemErrorMessage(errno);
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} must hold one JSON object: the body of a cancel request.`, { cause: error });
  }
}
