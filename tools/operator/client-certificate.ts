import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { UsageError } from '../command-line.ts';

/** What a client identifies itself with under mutual TLS, in PEM. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Reads both files. @throws UsageError when one cannot be read, or they are not a certificate and its key */
export function readClientCertificate(certFile: string, keyFile: string): ClientCertificate {
  const certificate = { cert: textOf('cert', certFile), key: textOf('key', keyFile) };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw new UsageError(
      '--cert and --key must be a certificate and its private key, in PEM and without a passphrase.',
      {
        cause: error,
      },
    );
  }
  return certificate;
}

function textOf(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`The file ${file} of --${option} cannot be read (${code}).`, { cause: error });
  }
}
