import type { Language } from '../../lambda/contract/language.ts';

/** What the command prints besides the service's own messages, so that nobody reads two languages at once. */
export const words = {
  at: {
    en: (url: string, isDefault: boolean) => `At ${url}${isDefault ? ' (the default; npm start)' : ''}`,
    ko: (url: string, isDefault: boolean) => `주소: ${url}${isDefault ? ' (기본값, npm start)' : ''}`,
  },
  canceled: {
    en: (what: Headline) => `Canceled: ${what.amount} of order ${what.orderNo}.${sentTimes(what.attempts)}`,
    ko: (what: Headline) => `취소되었습니다: 주문 ${what.orderNo}, ${what.amount}.${sentTimesKo(what.attempts)}`,
  },
  replayed: {
    en: ({ amount, orderNo, attempts }: Headline) =>
      `Was canceled before: ${amount} of order ${orderNo}. This is the first response again; nothing was canceled ` +
      `twice.${sentTimes(attempts)}`,
    ko: ({ amount, orderNo, attempts }: Headline) =>
      `이미 취소되었습니다: 주문 ${orderNo}, ${amount}. 처음 응답을 다시 표시하며, 중복으로 취소되지 ` +
      `않았습니다.${sentTimesKo(attempts)}`,
  },
  line: { en: (seq: number) => `line ${seq}`, ko: (seq: number) => `seq ${seq}` },
  products: { en: () => 'products', ko: () => '상품' },
  delivery: { en: () => 'delivery', ko: () => '배송' },
  tax: { en: (tax: number) => `tax ${tax}`, ko: (tax: number) => `세액 ${tax}` },
  respondedAt: { en: () => 'responded at', ko: () => '응답 시각' },
  idempotencyKey: { en: () => 'idempotency key', ko: () => '멱등키' },
  noIdempotencyKey: {
    en: () => 'none: the content of the request identifies the cancellation',
    ko: () => '없음(요청 내용으로 취소를 식별)',
  },
  remaining: {
    en: (status: string) => `Remaining of the order, which is ${status}:`,
    ko: (status: string) => `취소 가능 내역(결제 상태 ${status}):`,
  },
  units: {
    en: (remaining: number, quantity: number) => `${remaining} of ${quantity}`,
    ko: (remaining: number, quantity: number) => `${quantity}개 중 ${remaining}개`,
  },
  remainingUnknown: {
    en: (why: string) => `What remains is not known. ${why}`,
    ko: (why: string) => `취소 가능 금액을 확인하지 못했습니다. ${why}`,
  },
  invalid: {
    en: () => 'Nothing was sent, because the request has errors.',
    ko: () => '요청에 오류가 있어 전송하지 않았습니다.',
  },
  body: { en: () => 'body', ko: () => '본문' },
  orderChanged: {
    en: () => 'Look at what remains, decide again, and then give the present ETag with --if-match.',
    ko: () => '취소 가능 내역을 다시 확인하여 판단한 뒤, 현재 ETag를 --if-match로 지정해 주십시오.',
  },
  duplicate: {
    en: () => 'Only to cancel the same once more: give a new key with --idempotency-key.',
    ko: () => '같은 내용을 한 번 더 취소하려는 경우에만 --idempotency-key로 새 키를 지정해 주십시오.',
  },
  runAgain: {
    en: (seconds: number | undefined) =>
      `Run the same command again${seconds === undefined ? '' : ` in ${seconds} s`}.`,
    ko: (seconds: number | undefined) =>
      `같은 명령을 ${seconds === undefined ? '' : `${seconds}초 후 `}다시 실행해 주십시오.`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, (...values: never[]) => string>>>>;

interface Headline {
  /** With its currency. */
  readonly amount: string;
  readonly orderNo: string;
  readonly attempts: number;
}

function sentTimes(attempts: number): string {
  return attempts === 1 ? '' : ` The request was sent ${attempts} times.`;
}

function sentTimesKo(attempts: number): string {
  return attempts === 1 ? '' : ` 요청을 ${attempts}번 전송했습니다.`;
}
