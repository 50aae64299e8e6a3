import { parentPort, workerData } from 'node:worker_threads';
import { describeFinding } from './finding.ts';
import { fuzzBody } from './fuzz-bodies.ts';
import { fuzzSignature } from './fuzz-signatures.ts';
import { fuzzService } from './service.ts';

/** The share of a campaign that a thread takes: every so-manieth seed from its first one on. */
export interface Share {
  readonly campaign: 'bodies' | 'signatures';
  readonly firstSeed: number;
  readonly step: number;
  readonly count: number;
  /** How many are done, for others to see; so also which one is under way. */
  readonly done: Int32Array<SharedArrayBuffer>;
}

const fuzzers = { bodies: fuzzBody, signatures: fuzzSignature };
const { campaign, firstSeed, step, count, done } = workerData as Share;
const service = fuzzService();
for (let index = 0; index < count; index += 1) {
  const seed = firstSeed + index * step;
  const finding = await fuzzers[campaign](service, seed);
  if (finding) {
    parentPort?.postMessage({ seed, description: describeFinding(finding) });
    break;
  }
  Atomics.store(done, 0, index + 1);
}
