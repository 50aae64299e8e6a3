import { describe, expect, test } from '@jest/globals';
import type { CancellationRequest } from '../../../lambda/domain/cancellation.ts';
import { fuzzDetailService } from './detail-service.ts';
import type { Finding } from './finding.ts';
import { fuzzBody } from './fuzz-bodies.ts';
import { fuzzDetail } from './fuzz-details.ts';
import { parse } from './oracles.ts';
import { type FuzzRequest, signedBytesOf, withBytes } from './request.ts';
import { fuzzService, type ObservedResponse } from './service.ts';

// The service itself, to which a careless reader of the contract stands in front: each of them has to be found out.

const maxSeeds = 3000;

async function firstFinding<Service>(
  fuzz: (service: Service, seed: number) => Promise<Finding | undefined>,
  service: Service,
) {
  for (let seed = 1; seed <= maxSeeds; seed += 1) {
    const finding = await fuzz(service, seed);
    if (finding !== undefined) return finding.flaw;
  }
}

const without = (request: FuzzRequest, ...names: string[]): FuzzRequest => ({
  ...request,
  headers: request.headers.filter(([name]) => !names.includes(name.toLowerCase())),
});

/** A request with another body, where it has one that can be read, signed anew. */
function withBody(request: FuzzRequest, change: (body: CancellationRequest) => object): FuzzRequest {
  const body = parse(signedBytesOf(request).toString('utf8'))?.value as CancellationRequest | null | undefined;
  if (typeof body !== 'object' || body === null || !Array.isArray(body.items)) return request;
  return withBytes(request, Buffer.from(JSON.stringify(change(body))));
}

describe('a service is found that', () => {
  const readers: ReadonlyArray<[string, (request: FuzzRequest) => FuzzRequest]> = [
    ['knows no If-Match', (request) => without(request, 'if-match')],
    ['knows no Content-Encoding', (request) => without(request, 'content-encoding')],
    ['knows no Idempotency-Key', (request) => without(request, 'idempotency-key')],
    [
      'takes the quotes of a key for a part of it',
      (request) => ({
        ...request,
        headers: request.headers.map(([name, value]) =>
          name === 'Idempotency-Key' ? [name, value.replace(/^"(.*)"$/, "'$1'")] : [name, value],
        ),
      }),
    ],
    [
      'takes no tax where none is named',
      (request) =>
        withBody(request, (body) => ({
          ...body,
          items: body.items.map((item) =>
            typeof item === 'object' && item !== null ? { taxAmount: 0, ...item } : item,
          ),
        })),
    ],
    ['knows no other account', (request) => withBody(request, ({ refundAccount: _left, ...body }) => body)],
    [
      'knows no other tax',
      (request) =>
        withBody(request, (body) => ({
          ...body,
          items: body.items.map((item) => ({ ...item, taxAmount: undefined })),
        })),
    ],
  ];
  test.each(readers)('%s', async (_name, read) => {
    const service = fuzzService();
    const careless = {
      ...service,
      send: async (request: FuzzRequest, trouble?: never) => await service.send(read(request), trouble),
    };
    expect(await firstFinding(fuzzBody, careless)).toEqual(expect.any(String));
  });

  test('takes a row that cannot be for a good one', async () => {
    const service = fuzzService();
    const careless = { ...service, send: async (request: FuzzRequest) => await service.send(request) };
    expect(await firstFinding(fuzzBody, careless)).toContain('With the row');
  });
});

interface Listed {
  readonly data: {
    cancellations: Array<{
      createdAt: string;
      idempotencyKey?: string;
      items: Array<{ canceledQuantity: number }>;
    }> | null;
  } | null;
}

describe('a service of details is found that', () => {
  const doctors: ReadonlyArray<[string, (envelope: Listed) => void]> = [
    [
      'lists cancellations by the clock',
      ({ data }) => data?.cancellations?.sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt)),
    ],
    [
      'keeps idempotency keys to itself',
      ({ data }) => data?.cancellations?.forEach((one) => delete one.idempotencyKey),
    ],
    [
      'counts a unit where an amount was canceled',
      ({ data }) => data?.cancellations?.forEach(({ items }) => items.forEach((item) => (item.canceledQuantity = 1))),
    ],
  ];
  test.each(doctors)('%s', async (_name, doctor) => {
    const service = fuzzDetailService();
    const careless = {
      ...service,
      async send(...sent: Parameters<typeof service.send>): Promise<ObservedResponse> {
        const observed = await service.send(...sent);
        const envelope = JSON.parse(observed.body) as Listed;
        doctor(envelope);
        return { ...observed, body: JSON.stringify(envelope) };
      },
    };
    expect(await firstFinding(fuzzDetail, careless)).toContain('Its cancellations are not those that were made.');
  });

  test('names a state that is over', async () => {
    const service = fuzzDetailService();
    const careless = {
      ...service,
      async send(...sent: Parameters<typeof service.send>): Promise<ObservedResponse> {
        const observed = await service.send(...sent);
        const { etag } = observed.headers;
        const old = typeof etag === 'string' ? { etag: etag.replace(/\d+"$/, '1"') } : {};
        return { ...observed, headers: { ...observed.headers, ...old } };
      },
    };
    expect(await firstFinding(fuzzDetail, careless)).toContain('ETag');
  });

  test('shows an order that cannot be', async () => {
    const service = fuzzDetailService();
    const careless = { ...service, send: async (request: FuzzRequest) => await service.send(request) };
    expect(await firstFinding(fuzzDetail, careless)).toContain('With the row');
  });
});
