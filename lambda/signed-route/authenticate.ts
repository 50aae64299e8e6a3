import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'aws-lambda';
import type { RequestHeaders } from '../contract/headers.ts';
import { signatureOf } from '../contract/signature.ts';
import type { Credential, CredentialRepository } from '../dynamodb/credential-repository.ts';
import { remainingMsOf } from '../environment/deadline.ts';
import { refused, RequestRefused } from './outcome.ts';
import type { RequestWithHeaders } from './receive.ts';

export interface AuthenticRequest extends RequestWithHeaders {
  /** The store that signed the request. */
  readonly storeId: string;
}

/**
 * Checks the access key, the signature, revocation and expiry, and that the headers match the key, in this sequence.
 * The response is the same whichever check fails (contract, section 5); the log says which one it was.
 * @throws RequestRefused
 */
export function authenticate(credentials: CredentialRepository, now: () => number) {
  return async (request: RequestWithHeaders, context: Context): Promise<AuthenticRequest> => {
    const { headers, rawBody, subject } = request;
    const found = await credentials.find(headers.accessKey, remainingMsOf(context));
    if (found === 'IMPOSSIBLE') throw unauthenticated('IMPOSSIBLE_STORE_KEY');
    const nowMs = now();
    const credential = verify(headers, rawBody, found, nowMs);
    const { storeId } = credential;
    subject.storeId = storeId;
    subject.keyExpiresSoon = expiresSoon(credential, nowMs);
    return { ...request, storeId };
  };
}

/** @returns the credential that the request is signed with @throws RequestRefused */
function verify(
  headers: RequestHeaders,
  rawBody: Buffer,
  credential: Credential | undefined,
  nowMs: number,
): Credential {
  if (credential === undefined) throw unauthenticated('UNKNOWN_ACCESS_KEY');
  if (!isSignatureOf(rawBody, headers.signature, credential.hashKey)) throw unauthenticated('WRONG_SIGNATURE');
  if (credential.isRevoked) throw unauthenticated('REVOKED_ACCESS_KEY');
  if (credential.expiresAtMs <= nowMs) throw unauthenticated('EXPIRED_ACCESS_KEY');
  const isIssuedForHeaders =
    credential.storeId === headers.storeId &&
    credential.divisionCode === headers.divisionCode &&
    credential.channelCode === headers.channelCode;
  if (!isIssuedForHeaders) throw unauthenticated('HEADERS_OF_ANOTHER_KEY');
  return credential;
}

function unauthenticated(detail: string): RequestRefused {
  return new RequestRefused(refused('UNAUTHENTICATED'), detail);
}

function isSignatureOf(rawBody: Buffer, signature: string, hashKey: string): boolean {
  // Both have 32 bytes: the header rule accepts 64 hex digits only.
  return timingSafeEqual(signatureOf(rawBody, hashKey), Buffer.from(signature, 'hex'));
}

/** In the last thirty days of a key, each request with it is counted, so that its store can be reminded. */
const renewalMs = 30 * 24 * 60 * 60 * 1000;

/** A key that is valid for thirty days or less from the start, such as that of a smoke test, does not count. */
function expiresSoon({ issuedAtMs, expiresAtMs }: Credential, nowMs: number): boolean {
  return expiresAtMs - nowMs < renewalMs && expiresAtMs - issuedAtMs > renewalMs;
}
