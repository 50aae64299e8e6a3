import { describe, expect, test } from '@jest/globals';
import type { RefusalKind } from '../../../../lambda/contract/result-codes.ts';
import { InvariantViolated } from '../../../../lambda/domain/order.ts';
import { Contended, DatabaseUnavailable, OutcomeUnknown } from '../../../../lambda/dynamodb/failures.ts';
import { refused as refuse, RequestRefused } from '../../../../lambda/signed-route/outcome.ts';
import { outcomeOfError } from '../../../../lambda/signed-route/respond.ts';
import { type MemoryService, memoryService, startOfTest } from '../../../../tools/in-memory/memory-service.ts';
import { orderOf } from '../../../../tools/in-memory/orders.ts';
import { contextOf, eventOf, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { unanswered } from '../../../support/scripted-payment.ts';
import { type CancelResponse, errorsOf, responded, send } from '../../../support/send.ts';
import type { Sending } from '../../../../tools/in-memory/send.ts';

const request = requestOf([itemOf()]);
const dayMs = 86_400_000;

/** Every refusal, and a request that meets it. */
const refused: Readonly<Record<RefusalKind, (service: MemoryService, sending?: Sending) => Promise<CancelResponse>>> = {
  BODY_TOO_LARGE: async (service, sending) => send(service, ' '.repeat(65_537), sending),
  HEADERS_INVALID: async (service, sending) => send(service, request, withHeader(sending, 'X-Ric-Code', 'XXX')),
  UNAUTHENTICATED: async (service, sending) => send(service, request, withHeader(sending, 'X-Access-Key', 'unknown')),
  ENCODING_UNSUPPORTED: async (service, sending) =>
    send(service, request, withHeader(sending, 'Content-Encoding', 'gzip')),
  NOT_JSON: async (service, sending) => send(service, request, withHeader(sending, 'Content-Type', 'text/plain')),
  INVALID_JSON: async (service, sending) => send(service, '{', sending),
  SCHEMA_VIOLATED: async (service, sending) => send(service, {}, sending),
  ORDER_NOT_FOUND: async (service, sending) => send(service, { ...request, orderNo: 'ORD-UNKNOWN' }, sending),
  RULES_BROKEN: async (service, sending) => send(service, { ...request, totalCancelAmount: 1 }, sending),
  ORDER_CHANGED: async (service, sending) =>
    send(service, request, withHeader(sending, 'If-Match', '"ORD20251224001.7"')),
  KEY_REUSED: async (service, sending) => {
    await send(service, requestOf([itemOf({ amount: 1 })]), withHeader({}, 'X-Idempotency-Key', 'k'));
    return await send(service, request, withHeader(sending, 'X-Idempotency-Key', 'k'));
  },
  DUPLICATE: async (service, sending) => {
    await send(service, request);
    service.nowMs += dayMs + 1;
    return await send(service, request, sending);
  },
  UNAVAILABLE: async (service, sending) => {
    service.repository.load = async () => {
      throw new DatabaseUnavailable('A read was not answered.');
    };
    return await send(service, request, sending);
  },
  OUTCOME_UNKNOWN: async (service, sending) => {
    service.repository.commit = async () => unanswered;
    return await send(service, request, sending);
  },
  INTERNAL_ERROR: async (service, sending) => {
    service.repository.load = async () => {
      throw new Error('canary-message');
    };
    return await send(service, request, sending);
  },
};
const names = Object.keys(refused) as RefusalKind[];
const withoutErrors: ReadonlySet<RefusalKind> = new Set([
  'UNAUTHENTICATED',
  'UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'INTERNAL_ERROR',
]);

function withHeader(sending: Sending = {}, name: string, value: string): Sending {
  return { ...sending, headers: { ...sending.headers, [name]: value } };
}

/** Every sentence of a refusal in a language. */
async function sentencesOf(name: RefusalKind, language?: string): Promise<string[]> {
  const sending = language === undefined ? {} : { headers: { 'X-System-Language': language } };
  const { message, errors = [] } = (await refused[name](memoryService([orderOf()]), sending)).envelope;
  return [message, ...errors.map((error) => error.message)];
}

describe.each(names)('%s', (name) => {
  test('has exactly the fields of the envelope', async () => {
    const { envelope } = await refused[name](memoryService([orderOf()]));
    expect(Object.keys(envelope)).toEqual(['resultCode', 'message', 'requestId', 'timestamp', 'data', 'errors']);
    expect(envelope).toMatchObject({ requestId: 'request-1', data: null });
  });

  test('lists places in errors, each with a reason and a message', async () => {
    const { envelope } = await refused[name](memoryService([orderOf()]));
    const { errors = [] } = envelope;
    expect(errors.length > 0).toBe(!withoutErrors.has(name));
    for (const { field, header, ...rest } of errors) {
      expect([field, header].filter((place) => place !== undefined)).toHaveLength(1);
      expect(rest).toEqual({ reason: expect.stringMatching(/^[A-Z_]+$/), message: expect.stringMatching(/\.$/) });
    }
  });

  test('is in Korean where that is asked for, and else in English', async () => {
    const english = await sentencesOf(name);
    expect(await sentencesOf(name, 'en')).toEqual(english);
    expect(await sentencesOf(name, 'fr')).toEqual(english);
    expect(english.filter((text) => /\p{Script=Hangul}/u.test(text))).toEqual([]);
    const korean = await sentencesOf(name, 'ko');
    expect(korean).toHaveLength(english.length);
    expect(korean.filter((text) => !/\p{Script=Hangul}/u.test(text))).toEqual([]);
  });

  test('is stamped in the asked zone', async () => {
    const { envelope } = await refused[name](memoryService([orderOf()]), { headers: { 'Time-Zone': 'Asia/Seoul' } });
    expect(envelope.timestamp).toBe(
      name === 'DUPLICATE' ? '2026-01-01T06:14:13.910+09:00' : '2025-12-31T06:14:13.909+09:00',
    );
  });

  test('is reported once with its outcome, its status and what is known of it', async () => {
    const service = memoryService([orderOf()]);
    const { status } = await refused[name](service);
    const report = service.reports.at(-1);
    expect(report).toMatchObject({ requestId: 'request-1', outcome: { ok: false, refusal: name }, status });
    expect(service.reports).toHaveLength(name === 'KEY_REUSED' || name === 'DUPLICATE' ? 2 : 1);
    const isAuthenticated = !['BODY_TOO_LARGE', 'HEADERS_INVALID', 'ENCODING_UNSUPPORTED', 'UNAUTHENTICATED'].includes(
      name,
    );
    expect(report?.storeId).toBe(isAuthenticated ? 'STORE-1' : undefined);
    const isValid = isAuthenticated && !['NOT_JSON', 'INVALID_JSON', 'SCHEMA_VIOLATED'].includes(name);
    expect(report?.orderNo === undefined).toBe(!isValid);
  });

  test('asks to send again only when that may help', async () => {
    const { headers } = await refused[name](memoryService([orderOf()]));
    expect(headers).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(name === 'UNAVAILABLE' || name === 'OUTCOME_UNKNOWN' ? { 'Retry-After': '1' } : {}),
      ...(name === 'ORDER_CHANGED' ? { ETag: '"ORD20251224001.1"' } : {}),
    });
  });
});

describe('a success', () => {
  test('has exactly the five fields of the specification', async () => {
    const { envelope, headers } = await send(memoryService([orderOf()]), request);
    expect(Object.keys(envelope)).toEqual(['resultCode', 'message', 'requestId', 'timestamp', 'data']);
    expect(headers).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ETag: '"ORD20251224001.2"',
    });
  });

  test('says that it is a replay in a header', async () => {
    const service = memoryService([orderOf()]);
    await send(service, request);
    expect((await send(service, request)).headers).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ETag: '"ORD20251224001.2"',
      'Idempotent-Replayed': 'true',
    });
  });

  test.each(['en', 'ko', 'fr', undefined])('says SUCCESS in %p', async (language) => {
    const response = await send(memoryService([orderOf()]), request, { headers: { 'X-System-Language': language } });
    expect(response.envelope.message).toBe('SUCCESS');
  });

  test('has the request id of API Gateway', async () => {
    const event = { requestContext: { requestId: 'c6af9ac6' } as never };
    expect((await send(memoryService([orderOf()]), request, { event })).envelope.requestId).toBe('c6af9ac6');
  });

  test('is reported once', async () => {
    const service = memoryService([orderOf()]);
    const response = await send(service, request);
    expect(service.reports).toEqual([
      {
        requestId: 'request-1',
        storeId: 'STORE-1',
        orderNo: request.orderNo,
        outcome: {
          ok: true,
          data: response.envelope.data,
          kind: 'REFUND',
          isReplay: false,
          etag: '"ORD20251224001.2"',
        },
        status: 200,
        durationMs: 0,
        attempts: 1,
        conflicts: 0,
        isOutcomeUnknown: false,
        keyExpiresSoon: false,
        error: undefined,
      },
    ]);
  });
});

describe('the timestamp', () => {
  test.each([
    [undefined, '2025-12-30T21:14:13.909Z'],
    ['Asia/Seoul', '2025-12-31T06:14:13.909+09:00'],
    ['America/New_York', '2025-12-30T16:14:13.909-05:00'],
  ])('with the Time-Zone %p is %s', async (timeZone, timestamp) => {
    const response = await send(memoryService([orderOf()]), request, { headers: { 'Time-Zone': timeZone } });
    expect(response.envelope.timestamp).toBe(timestamp);
  });

  test.each(['Mars/Olympus', '', '+09:00'])(
    'with the unknown Time-Zone %p is in UTC, and the header is refused',
    async (timeZone) => {
      const response = await send(memoryService([orderOf()]), request, { headers: { 'Time-Zone': timeZone } });
      expect(response.status).toBe(400);
      expect(errorsOf(response)).toEqual(['HEADER_MALFORMED Time-Zone']);
      expect(response.envelope.timestamp).toBe('2025-12-30T21:14:13.909Z');
    },
  );

  test('is the end of the request, and the duration the time since its start', async () => {
    const service = memoryService([orderOf()]);
    const { load } = service.repository;
    service.repository.load = async (...args) => {
      service.nowMs += 42;
      return await load(...args);
    };
    const response = await send(service, request);
    expect(Date.parse(response.envelope.timestamp)).toBe(startOfTest + 42);
    expect(service.reports[0]?.durationMs).toBe(42);
  });
});

describe('an error', () => {
  test.each<[Error, RefusalKind]>([
    [new DatabaseUnavailable('A read was not answered.'), 'UNAVAILABLE'],
    [new Contended('The time for retries is over.'), 'UNAVAILABLE'],
    [new OutcomeUnknown('A write was not answered.'), 'OUTCOME_UNKNOWN'],
    [new InvariantViolated('An order has an impossible rm.'), 'INTERNAL_ERROR'],
    [new TypeError('A bug.'), 'INTERNAL_ERROR'],
  ])('%s ends a request as %s', (error, refusal) => {
    expect(outcomeOfError(error, 'OUTCOME_UNKNOWN')).toEqual({ ok: false, refusal, violations: [] });
  });

  test.each(['OUTCOME_UNKNOWN', 'UNAVAILABLE'] as const)(
    'that is a last resort ends it as its route says, %s',
    (refusal) => {
      const late = Object.assign(new Error('Late.'), { name: 'TimeoutError' });
      expect(outcomeOfError(late, refusal)).toEqual({ ok: false, refusal, violations: [] });
    },
  );

  test('that refuses a request ends it as it says', () => {
    const outcome = refuse('NOT_JSON', { reason: 'NOT_JSON', at: { header: 'Content-Type' } });
    expect(outcomeOfError(new RequestRefused(outcome, 'for the log'), 'UNAVAILABLE')).toBe(outcome);
  });
});

describe('an order that cannot be', () => {
  test('is a 500 that counts as a violated invariant, never a reason to try again', async () => {
    const service = memoryService([orderOf()]);
    service.repository.load = async () => {
      throw new InvariantViolated('An order has an impossible rm.');
    };
    const response = await send(service, request);
    expect(response.status).toBe(500);
    expect(response.headers).not.toHaveProperty('Retry-After');
    expect(response.text).not.toContain('impossible');
    expect(service.reports[0]?.error).toBeInstanceOf(InvariantViolated);
  });
});

describe('what is unforeseen', () => {
  const canary = Object.assign(new Error('canary-message', { cause: new Error('canary-cause') }), {
    name: 'canary-name',
    code: 'canary-code',
  });

  test.each<[string, (service: MemoryService) => void]>([
    ['in reading an order', (service) => Object.assign(service.repository, { load: () => Promise.reject(canary) })],
    ['in writing', (service) => Object.assign(service.repository, { commit: () => Promise.reject(canary) })],
    [
      'in reading a key',
      (service) =>
        Object.assign(service.keys, {
          get: () => {
            throw canary;
          },
        }),
    ],
    ['that is no error', (service) => Object.assign(service.repository, { load: () => Promise.reject('canary-text') })],
  ])('%s is a 500 from which nothing of its cause leaks', async (_where, breakIt) => {
    const service = memoryService([orderOf()]);
    breakIt(service);
    const response = await send(service, request);
    expect(response.status).toBe(500);
    expect(response.envelope).toMatchObject({ resultCode: 'EBP-Z-0010', data: null, errors: [] });
    expect(JSON.stringify(response)).not.toMatch(/canary|stack|node_modules|\.ts/);
    expect(service.reports[0]).toMatchObject({ status: 500, outcome: { refusal: 'INTERNAL_ERROR' } });
  });
});

test('the response is text, never base64', async () => {
  const result = await memoryService([orderOf()]).handler(eventOf(JSON.stringify(request)), contextOf());
  expect(result.isBase64Encoded).toBe(false);
  expect(responded(result).status).toBe(200);
});
