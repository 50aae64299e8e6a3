import type { Envelope } from './envelope.ts';

/**
 * Whether a 503 of the service says that nothing was canceled by the request. The one after which that is not known has
 * the same code, so only the words differ. Other words than these are taken for "not known", which is always safe.
 */
export function saysThatNothingWasCanceled({ status, envelope }: Responded): boolean {
  const { resultCode, message } = envelope;
  return status === 503 && resultCode === 'EBP-C-0011' && certainties.some((words) => message.includes(words));
}

interface Responded {
  readonly status: number;
  readonly envelope: Pick<Envelope, 'resultCode' | 'message'>;
}

/** In each language that the client can ask for. */
const certainties = ['Nothing was canceled by this request', '이번 요청으로 취소된 금액은 없습니다'];
