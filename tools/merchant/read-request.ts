import { createReadStream } from 'node:fs';
import { getSystemErrorMessage } from 'node:util';
import { InvalidRequestError } from '../../client/src/payment-cancel-client.ts';
import isCancelRequest from '../../lambda/cancel/cancel-request.validator.cjs';
import { lossyPlaces } from '../../lambda/contract/find-lossy-values.ts';
import type { Language } from '../../lambda/contract/language.ts';
import { maxBodyBytes } from '../../lambda/contract/limits.ts';
import { describeViolation } from '../../lambda/contract/reasons.ts';
import { schemaViolations } from '../../lambda/contract/schema-violations.ts';
import type { CancellationRequest } from '../../lambda/domain/cancellation.ts';
import { UsageError } from '../command-line.ts';

/**
 * Reads a cancel request from a file, or from standard input where that is '-'.
 * @throws UsageError when it cannot be read or is no JSON; InvalidRequestError with each place that the schema refuses
 */
export async function readRequest(file: string, language: Language): Promise<CancellationRequest> {
  const name = file === '-' ? 'Standard input' : file;
  const text = await readText(file, name);
  const request = parse(text, name);
  // A merchant's system may send what a reader of JSON makes of it; a file is to be sent as it says, or not at all.
  let violations = lossyPlaces(text);
  if (violations.length === 0 && !isCancelRequest(request)) violations = schemaViolations(isCancelRequest.errors ?? []);
  if (violations.length > 0) {
    const errors = violations.map((violation) => describeViolation(violation, language));
    throw new InvalidRequestError(`${name} is not a cancel request.`, { errors });
  }
  return request as CancellationRequest;
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

/** What the operating system says, without the name of the file, which stands before it. */
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
