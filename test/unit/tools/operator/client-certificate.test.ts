import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readClientCertificate } from '../../../../tools/operator/client-certificate.ts';
import { selfSignedCertificate } from '../../../support/certificate.ts';

const own = selfSignedCertificate();
const texts = { cert: own.cert, key: own.key, otherKey: selfSignedCertificate().key, text: 'a text' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-test-'));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (cert: string, key: string) => readClientCertificate(join(folder, cert), join(folder, key));

test('a certificate and its key are read', () => {
  expect(read('cert', 'key')).toEqual(own);
});

test.each([
  ['none', 'key', '--cert cannot be read (ENOENT).'],
  ['cert', 'none', '--key cannot be read (ENOENT).'],
  ['cert', 'otherKey', '--cert and --key must be a certificate and its private key, in PEM and without a passphrase.'],
  ['text', 'key', '--cert and --key must be a certificate and its private key, in PEM and without a passphrase.'],
  ['cert', 'text', '--cert and --key must be a certificate and its private key, in PEM and without a passphrase.'],
])('--cert %s with --key %s is reported in one line', (cert, key, message) => {
  expect(() => read(cert, key)).toThrow(
    expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) }),
  );
});
