import { describe, expect, test } from '@jest/globals';
import { runNode } from '../../support/run-node.ts';
import { verdictOnDetail } from './detail-reference.ts';
import { detailRequest } from './detail-requests.ts';
import { fuzzDetailService } from './detail-service.ts';
import { fuzzBody } from './fuzz-bodies.ts';
import type { Finding } from './finding.ts';
import { fuzzDetail } from './fuzz-details.ts';
import { fuzzSignature } from './fuzz-signatures.ts';
import { secretIn } from './oracles.ts';
import { Random } from '../../support/random.ts';
import { allowedResponses } from './reference.ts';
import { type FuzzRequest, requestAt, signedBytesOf } from './request.ts';
import { fuzzService } from './service.ts';
import { drawTrouble } from './troubles.ts';
import { accepted } from './verdict.ts';

/** The first flaw among some thousand seeds. */
async function firstFinding<Service>(
  fuzz: (service: Service, seed: number) => Promise<Finding | undefined>,
  service: Service,
) {
  for (const seed of seedsFrom(1, 2000)) {
    const finding = await fuzz(service, seed);
    if (finding) return { seed, ...finding };
  }
}

const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_value, index) => first + index);

describe('whatever is sent, the response is the one of the contract and nothing secret gets out:', () => {
  test('odd and broken bodies', async () => {
    expect(await firstFinding(fuzzBody, fuzzService())).toBeUndefined();
  });

  test('wrong signatures, of which none is accepted', async () => {
    expect(await firstFinding(fuzzSignature, fuzzService())).toBeUndefined();
  });

  test('requests for the detail of orders, each of which is shown as it is', async () => {
    expect(await firstFinding(fuzzDetail, fuzzDetailService())).toBeUndefined();
  });
});

describe('the generator', () => {
  test('makes the same request of the same seed', () => {
    for (const seed of seedsFrom(1, 100)) expect(requestAt(seed)).toEqual(requestAt(seed));
  });

  test('reaches every response of the contract that a first request can get', () => {
    const reached = new Set(seedsFrom(1, 3000).flatMap((seed) => allowedResponses(requestAt(seed))));
    expect([...reached].sort()).toEqual([
      '200 0',
      '400 EBP-A-0001',
      '400 EBP-C-0004',
      '400 EBP-C-0006',
      '400 EBP-C-0007',
      '401 EBP-A-0001',
      '404 EBP-Z-0002',
      '412 EBP-C-0004',
      '413 EBP-C-0006',
      '415 EBP-C-0006',
    ]);
  });
});

const isKeyed = (at: number) => hasKey(requestAt(at)) && allowedResponses(requestAt(at)).includes(accepted);
const hasKey = ({ headers }: FuzzRequest) => headers.some(([name]) => name.endsWith('Idempotency-Key'));

describe('a failing DynamoDB', () => {
  test('gives secrets away by the message, the stack and the cause of every error', () => {
    for (const seed of seedsFrom(1, 200)) {
      const { error } = drawTrouble(new Random(seed));
      const texts = [error.message, error.stack ?? '', (error.cause as Error).message];
      expect(texts.map((text) => secretIn(text) !== undefined)).toEqual([true, true, true]);
    }
  });

  test('is answered in every way that there is, and forgotten', async () => {
    const service = fuzzService();
    // With a key, because only one that was sent can be somebody else's.
    const seed = seedsFrom(1, 100).find(isKeyed) ?? 0;
    const statuses = new Set<number>();
    for (const trouble of seedsFrom(1, 200).map((at) => drawTrouble(new Random(at)))) {
      service.reset();
      statuses.add((await service.send(requestAt(seed), trouble)).status);
      expect((await service.send(requestAt(seed))).status).toBe(200);
    }
    expect(statuses).toEqual(new Set([200, 422, 500, 503]));
  });
});

describe('the generator of requests for a detail', () => {
  test('makes the same request of the same seed', () => {
    expect(detailRequestsFrom(1, 100)).toEqual(detailRequestsFrom(1, 100));
  });

  test('reaches every response of the contract, successes of a later page among them', () => {
    const requests = detailRequestsFrom(1, 10_000);
    const responses = requests.map((request) => verdictOnDetail(request, () => true).responses.join());
    expect([...new Set(requests.flatMap((request) => verdictOnDetail(request, () => true).responses))].sort()).toEqual([
      '200 0',
      '400 EBP-A-0001',
      '400 EBP-C-0006',
      '400 EBP-C-0007',
      '401 EBP-A-0001',
      '404 EBP-Z-0002',
      '413 EBP-C-0006',
      '415 EBP-C-0006',
    ]);
    const withoutTokens = requests.map((request) => verdictOnDetail(request, () => false).responses.join());
    expect(responses.filter((response, index) => response !== withoutTokens[index]).length).toBeGreaterThan(200);
  });
});

function detailRequestsFrom(first: number, count: number) {
  return seedsFrom(first, count).map((seed) =>
    detailRequest('CAPTURED', [`RETREQ${'1'.padStart(26, '0')}`], new Random(seed)),
  );
}

test('a flaw is found, made small and described', async () => {
  const service = fuzzService();
  const careless = {
    ...service,
    async send(request: Parameters<typeof service.send>[0]) {
      const observed = await service.send(request);
      const hasQuantity = signedBytesOf(request).includes('quantity');
      return hasQuantity ? { ...observed, printed: `${observed.printed}A request has a quantity.\n` } : observed;
    },
  };
  const seed = seedsFrom(1, 100).find((at) => signedBytesOf(requestAt(at)).includes('quantity')) ?? 0;
  const finding = await fuzzBody(careless, seed);
  expect(finding?.flaw).toContain('A request has a quantity.');
  expect(signedBytesOf(finding?.request ?? requestAt(seed)).toString()).toBe('quantity');
});

test('a detail that lists one cancellation less is found', async () => {
  const service = fuzzDetailService();
  const forgetful = {
    ...service,
    async send(request: Parameters<typeof service.send>[0]) {
      const observed = await service.send(request);
      const envelope = JSON.parse(observed.body) as { data: { cancellations?: unknown[] | null } | null };
      envelope.data?.cancellations?.pop();
      return { ...observed, body: JSON.stringify(envelope) };
    },
  };
  expect((await firstFinding(fuzzDetail, forgetful))?.flaw).toBe('Its cancellations are not those that were made.');
});

describe('npm run fuzz', () => {
  test.each([
    [['--bodies=-1'], '--bodies must be a whole number from 0 to 1000000000, not -1.'],
    [['--seed', '1e3'], '--seed must be a whole number from 0 to 4293967296, not 1e3.'],
    [['--workers', '0'], '--workers must be a whole number from 1 to 64, not 0.'],
    [['--body', '1'], "Unknown option '--body'"],
  ])('%j fails with one line', async (args, message) => {
    const { exitCode, stderr } = await runNode(['test/campaigns/fuzz/fuzz.ts', ...args]);
    expect(exitCode).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(message)]);
  });

  test('prints what it did', async () => {
    const { exitCode, stdout } = await runNode([
      'test/campaigns/fuzz/fuzz.ts',
      '--seed',
      '7',
      '--bodies',
      '20',
      '--signatures',
      '20',
      '--details',
      '20',
      '--records',
      '20',
      '--reports',
      '20',
      '--events',
      '20',
      '--webhooks',
      '20',
      '--http',
      '0',
      '--workers',
      '1',
    ]);
    expect(stdout).toMatch(
      /^bodies: 20 cases from seed 7 on in \d+ s, no flaw\.\nsignatures: 20 cases .*, no flaw\.\ndetails: 20 cases .*, no flaw\.\nrecords: 20 cases .*, no flaw\.\nreports: 20 cases .*, no flaw\.\nevents: 20 cases .*, no flaw\.\nwebhooks: 20 cases .*, no flaw\.\n$/,
    );
    expect(exitCode).toBe(0);
  });
});
