import { createHmac } from 'node:crypto';

/** The header webhook-signature of Standard Webhooks: one signature for each secret that is valid. */
export function signaturesOf(id: string, timestampS: number, body: string, secrets: readonly string[]): string {
  const signed = `${id}.${timestampS}.${body}`;
  return secrets
    .map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ');
}
