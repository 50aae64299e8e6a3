import { timingSafeEqual } from 'node:crypto';
import { RequestRefused } from './outcome.ts';
import type { CommonHeaders } from '../contract/headers.ts';
import { signatureOf } from '../contract/signature.ts';
import type { Runtime } from '../environment/runtime.ts';
import type { StoreKey, StoreKeyStore } from '../dynamodb/credential-repository.ts';
import type { RemainingMs } from '../dynamodb/failures.ts';
import type { SignedMiddleware } from './signed-request.ts';

/**
 * Access key, signature, expiry, header against key, in this order and with one and the same answer for all of them,
 * so that a stranger learns nothing (contract, section 5). The log tells them apart.
 */
export function authenticate(
  storeKeys: StoreKeyStore,
  runtime: Runtime,
  remainingMsOf: (context: { getRemainingTimeInMillis(): number }) => RemainingMs,
): SignedMiddleware {
  return {
    async before({ event, context }) {
      const { commonHeaders, rawBody } = event;
      const key = await storeKeys.find(commonHeaders.accessKey, remainingMsOf(context));
      event.caller = authenticKey(commonHeaders, rawBody, key, runtime.now());
    },
  };
}

function authenticKey(headers: CommonHeaders, rawBody: Buffer, key: StoreKey | undefined, nowMs: number): StoreKey {
  // An unknown key is checked against a hash key of nobody's, so that it takes as long as a known one.
  const isSigned = isSignatureOf(rawBody, headers.signature, key?.hashKey ?? nobodysHashKey);
  if (key === undefined) throw unauthenticated('UNKNOWN_ACCESS_KEY');
  if (!isSigned) throw unauthenticated('WRONG_SIGNATURE');
  if (key.isRevoked) throw unauthenticated('REVOKED_ACCESS_KEY');
  if (key.expiresAtMs <= nowMs) throw unauthenticated('EXPIRED_ACCESS_KEY');
  const isIssuedForHeaders =
    key.storeId === headers.storeId &&
    key.divisionCode === headers.divisionCode &&
    key.channelCode === headers.channelCode;
  if (!isIssuedForHeaders) throw unauthenticated('HEADERS_OF_ANOTHER_KEY');
  return key;
}

function unauthenticated(detail: string): RequestRefused {
  return new RequestRefused('UNAUTHENTICATED', [], detail);
}

const nobodysHashKey = '0'.repeat(64);

function isSignatureOf(rawBody: Buffer, signature: string, hashKey: string): boolean {
  // The header's check has made sure of 64 hex digits, and so of equal lengths.
  return timingSafeEqual(signatureOf(rawBody, hashKey), Buffer.from(signature, 'hex'));
}
