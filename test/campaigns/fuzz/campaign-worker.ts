import { parentPort, workerData } from 'node:worker_threads';
import { fuzzDetailService } from './detail-service.ts';
import { describeFinding, type Finding } from './finding.ts';
import { fuzzBody } from './fuzz-bodies.ts';
import { fuzzDetail } from './fuzz-details.ts';
import { fuzzEvent, fuzzOrderTaker } from './fuzz-events.ts';
import { fuzzPublisher, fuzzRecord } from './fuzz-records.ts';
import { fuzzReport, fuzzTaker } from './fuzz-reports.ts';
import { fuzzSignature } from './fuzz-signatures.ts';
import { fuzzSender, fuzzWebhook } from './fuzz-webhooks.ts';
import { fuzzService } from './service.ts';

/** The share of a campaign that a thread takes: every so-manieth seed from its first one on. */
export interface Share {
  readonly campaign: 'bodies' | 'signatures' | 'details' | 'records' | 'reports' | 'events' | 'webhooks';
  readonly firstSeed: number;
  readonly step: number;
  readonly count: number;
  /** How many are done, for others to see; so also which one is under way. */
  readonly done: Int32Array<SharedArrayBuffer>;
}

/** Each returns what is wrong, with what shows it. */
const fuzzers = {
  bodies: () => fuzzerOf(fuzzBody, fuzzService()),
  signatures: () => fuzzerOf(fuzzSignature, fuzzService()),
  details: () => fuzzerOf(fuzzDetail, fuzzDetailService()),
  records: () => chainFuzzerOf(fuzzRecord, fuzzPublisher()),
  reports: () => chainFuzzerOf(fuzzReport, fuzzTaker()),
  events: () => chainFuzzerOf(fuzzEvent, fuzzOrderTaker()),
  webhooks: () => chainFuzzerOf(fuzzWebhook, fuzzSender()),
};
const { campaign, firstSeed, step, count, done } = workerData as Share;
const fuzz = fuzzers[campaign]();
for (let index = 0; index < count; index += 1) {
  const seed = firstSeed + index * step;
  const description = await fuzz(seed);
  if (description !== undefined) {
    parentPort?.postMessage({ seed, description });
    break;
  }
  Atomics.store(done, 0, index + 1);
}

function fuzzerOf<Service>(
  fuzz: (service: Service, seed: number) => Promise<Finding | undefined>,
  service: Service,
): (seed: number) => Promise<string | undefined> {
  return async (seed) => {
    const finding = await fuzz(service, seed);
    return finding && describeFinding(finding);
  };
}

function chainFuzzerOf<Service>(
  fuzz: (service: Service, seed: number) => Promise<string | undefined>,
  service: Service,
): (seed: number) => Promise<string | undefined> {
  return async (seed) => await fuzz(service, seed);
}
