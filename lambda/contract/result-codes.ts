import type { Localized } from './language.ts';
import { detailPath, signedCalls } from './paths.ts';

/** How a request ends: status, code, message and, where a retry helps, Retry-After (contract, section 5). */
export interface ResponseKind {
  readonly status: number;
  readonly resultCode: string;
  readonly message: Localized;
  readonly retryAfterSeconds?: number;
}

/** Every way in which a request is refused. */
export type RefusalKind = keyof typeof refusals;

export const success: ResponseKind = {
  status: 200,
  resultCode: '0',
  message: { en: 'SUCCESS', ko: 'SUCCESS' },
};

export const refusals = {
  BODY_TOO_LARGE: {
    status: 413,
    resultCode: 'EBP-C-0006',
    message: { en: 'The request body is too large.', ko: '요청 본문이 너무 큽니다.' },
  },
  HEADERS_INVALID: {
    status: 400,
    resultCode: 'EBP-A-0001',
    message: {
      en: 'Request headers are missing or malformed.',
      ko: '필수 요청 헤더가 누락되었거나 형식이 올바르지 않습니다.',
    },
  },
  UNAUTHENTICATED: {
    status: 401,
    resultCode: 'EBP-A-0001',
    message: {
      en:
        'Authentication failed. The access key must be valid, X-EBP-Signature must be the lower-case hex SHA-256 (no ' +
        'HMAC) of the very bytes of the body followed by the hash key, and division, store and channel must be those ' +
        'of the access key. Sign the body last, and send it unchanged.',
      ko:
        '인증에 실패했습니다. 유효한 액세스 키를 사용해 주십시오. X-EBP-Signature는 전송하는 본문 바이트 뒤에 해시 키를 붙여 ' +
        'SHA-256(HMAC 아님)으로 계산한 소문자 16진수여야 하며, X-Division-Code, X-Store-Id, X-Channel-Code 값은 액세스 키와 ' +
        '일치해야 합니다. ' +
        '본문을 확정한 뒤 서명하고, 서명한 본문을 그대로 보내 주십시오.',
    },
  },
  ENCODING_UNSUPPORTED: {
    status: 415,
    resultCode: 'EBP-C-0006',
    message: { en: 'The request body must not be compressed.', ko: '요청 본문을 압축하지 말아 주십시오.' },
  },
  NOT_JSON: {
    status: 415,
    resultCode: 'EBP-C-0006',
    message: { en: 'The request body must be JSON.', ko: '요청 본문은 JSON이어야 합니다.' },
  },
  INVALID_JSON: {
    status: 400,
    resultCode: 'EBP-C-0006',
    message: { en: 'The request body cannot be parsed.', ko: '요청 본문을 읽을 수 없습니다.' },
  },
  SCHEMA_VIOLATED: {
    status: 400,
    resultCode: 'EBP-C-0007',
    message: { en: 'The request body has invalid fields.', ko: '요청 본문에 올바르지 않은 필드가 있습니다.' },
  },
  ORDER_NOT_FOUND: {
    status: 404,
    resultCode: 'EBP-Z-0002',
    message: { en: 'The order was not found.', ko: '주문을 찾을 수 없습니다.' },
  },
  RULES_BROKEN: {
    status: 400,
    resultCode: 'EBP-C-0004',
    message: {
      en: `The cancellation is not possible. Nothing was canceled by this request. POST ${detailPath} returns what can still be canceled.`,
      ko:
        '요청하신 취소를 처리할 수 없습니다. 이번 요청으로 취소된 금액은 없습니다. ' +
        `취소 가능 금액은 POST ${detailPath}로 조회할 수 있습니다.`,
    },
  },
  ORDER_CHANGED: {
    status: 412,
    resultCode: 'EBP-C-0004',
    message: {
      en: 'The order has changed. Nothing was canceled by this request.',
      ko: '주문이 변경되었습니다. 이번 요청으로 취소된 금액은 없습니다.',
    },
  },
  KEY_REUSED: {
    status: 422,
    resultCode: 'EBP-C-0005',
    message: {
      en: 'The idempotency key belongs to another request.',
      ko: '멱등키가 다른 요청에 이미 사용되었습니다.',
    },
  },
  DUPLICATE: {
    status: 409,
    resultCode: 'EBP-C-0005',
    message: { en: 'The cancellation was already made.', ko: '이미 처리된 취소입니다.' },
  },
  UNAVAILABLE: {
    status: 503,
    resultCode: 'EBP-C-0011',
    retryAfterSeconds: 1,
    message: {
      en: 'The service is too busy. Nothing was canceled by this request: send the same request again.',
      ko: '요청이 몰려 처리하지 못했습니다. 이번 요청으로 취소된 금액은 없습니다. 같은 요청을 다시 보내 주십시오.',
    },
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    resultCode: 'EBP-C-0011',
    retryAfterSeconds: 1,
    message: {
      en:
        'It is not known whether the cancellation was made. Send the same request again to find out: nothing is ever ' +
        'canceled twice.',
      ko: '처리 결과를 아직 확인할 수 없습니다. 같은 요청을 다시 보내 확인해 주십시오. 중복으로 취소되지 않습니다.',
    },
  },
  INTERNAL_ERROR: {
    status: 500,
    resultCode: 'EBP-Z-0010',
    message: {
      en: 'An unexpected error occurred. Send the same request again, or contact us with the requestId.',
      ko: '예기치 않은 오류가 발생했습니다. 같은 요청을 다시 보내거나 requestId와 함께 문의해 주십시오.',
    },
  },
} satisfies Record<string, ResponseKind>;

const signedRoutes = signedCalls.map(({ path }) => `POST ${path}`).join(', ');

/**
 * The responses that API Gateway makes itself, by the name of its gateway response type. It cannot choose a language,
 * so each message is in both.
 */
export const gatewayRefusals = {
  // API Gateway calls a route that does not exist a missing authentication token.
  MISSING_AUTHENTICATION_TOKEN: {
    status: 404,
    resultCode: 'EBP-Z-0001',
    message: inBoth({
      en: `There is no such route: there are ${signedRoutes} and GET /docs.`,
      ko: `존재하지 않는 경로입니다. ${signedRoutes}, GET /docs를 사용해 주십시오.`,
    }),
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    resultCode: refusals.BODY_TOO_LARGE.resultCode,
    message: inBoth(refusals.BODY_TOO_LARGE.message),
  },
  THROTTLED: {
    status: 429,
    resultCode: 'EBP-C-0011',
    message: inBoth({
      en: 'Too many requests. Send the same request again later.',
      ko: '요청이 너무 많습니다. 잠시 후 같은 요청을 다시 보내 주십시오.',
    }),
  },
  DEFAULT_4XX: {
    status: undefined,
    resultCode: 'EBP-C-0006',
    message: inBoth({
      en: 'The request was refused before it reached the service.',
      ko: '요청이 서비스에 도달하기 전에 거부되었습니다.',
    }),
  },
  DEFAULT_5XX: {
    status: undefined,
    resultCode: 'EBP-Z-0010',
    message: inBoth({
      en: 'The service failed to answer. Send the same request again: nothing is ever applied twice.',
      ko: '서비스가 응답하지 못했습니다. 같은 요청을 다시 보내 주십시오. 같은 요청은 두 번 처리되지 않습니다.',
    }),
  },
} as const;

function inBoth({ en, ko }: Localized): string {
  return `${en} / ${ko}`;
}
