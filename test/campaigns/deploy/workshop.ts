import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { stageNamed } from '../../../lib/stages.ts';
import { runAfterDeath } from '../../../tools/local/after-death.ts';
import { freePort } from '../../../tools/local/ports.ts';
import { selfSignedCertificate } from '../../support/certificate.ts';
import { compileCache, projectRoot } from '../../support/run-node.ts';

/** Where a run takes place: a folder of its own, a port, and the environment of every program that it starts. */
export interface Workshop {
  readonly folder: string;
  readonly endpoint: string;
  readonly port: number;
  readonly certFile: string;
  readonly keyFile: string;
  /**
   * Nothing of this process's own environment but the path: no profile, proxy or endpoint of whoever runs it may lead
   * anywhere but to loopback.
   */
  readonly commonEnv: Environment;
  /** The same for what talks to the emulator. */
  readonly env: Environment;
}

type Environment = Readonly<Record<string, string>>;

/** Where the dev stage is deployed, if that is filled in: the preflight refuses any other account and region. */
export const { account, region } = stageNamed('dev').environment ?? { account: '000000000000', region: 'us-east-1' };
/** Of the account's root user: the emulator takes its number for an access key. */
export const credentials = { accessKeyId: account, secretAccessKey: 'test' };

/** The folder is removed when this process has ended, however it ends. */
export async function openWorkshop(programs: string): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'payment-cancel-deploy-'));
  runAfterDeath('rm -rf "$1"', folder);
  for (const name of ['home', 'tmp']) mkdirSync(join(folder, name));
  // With TLS, because the bucket of cdk bootstrap refuses whoever comes without, and the emulator enforces that.
  const { cert, key } = selfSignedCertificate();
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key, { mode: 0o600 });
  setDefaultCACertificates([cert]);

  const port = await freePort(0, 'nothing');
  const endpoint = `https://127.0.0.1:${port}`;
  const commonEnv = {
    ...compileCache,
    // The project's Node first: the emulator runs functions on the first one in the path.
    PATH: [join(projectRoot, 'node_modules/.bin'), programs, process.env['PATH']].join(':'),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_CA_BUNDLE: certFile,
    NODE_EXTRA_CA_CERTS: certFile,
    npm_config_update_notifier: 'false',
    // A warning among what aws prints would not be JSON.
    PYTHONWARNINGS: 'ignore',
  };
  const env = { ...commonEnv, AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_S3: endpoint };
  return { folder, endpoint, port, certFile, keyFile, commonEnv, env };
}
