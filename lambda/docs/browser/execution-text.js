/**
 * @typedef {{ status: string, attempt: number, updatedAt: string, failureReason?: string }} Execution
 * @typedef {{ returnRequestId: string, kind: string, execution?: Execution }} Executed
 * @typedef {'en' | 'ko'} Language
 */

const atRest = new Set(['SUCCEEDED', 'FAILED', 'RESOLVED']);

/**
 * Whether nothing more is expected to happen soon.
 * @param {Executed} executed
 */
export function isAtRest({ execution }) {
  return execution !== undefined && atRest.has(execution.status);
}

/** @type {Record<Language, Record<string, string>>} */
const subjects = {
  en: { REFUND: 'The refund', VOID: 'The void' },
  ko: { REFUND: '환불이', VOID: '승인 취소가' },
};

/** @type {Record<Language, Record<string, string>>} */
const states = {
  en: {
    NONE: 'has not been requested yet.',
    REQUESTED: 'has been requested.',
    PENDING: 'is being processed.',
    SUCCEEDED: 'succeeded.',
    FAILED: 'failed. Do not cancel again: give the returnRequestId to the platform.',
    RESOLVED: 'was settled by hand.',
  },
  ko: {
    NONE: '아직 요청되지 않았습니다.',
    REQUESTED: '요청되었습니다.',
    PENDING: '처리 중입니다.',
    SUCCEEDED: '완료되었습니다.',
    FAILED: '실패했습니다. 다시 취소하지 말고 returnRequestId를 플랫폼에 알려 주십시오.',
    RESOLVED: '수동으로 처리되었습니다.',
  },
};

/**
 * What became of the money, as a sentence.
 * @param {Executed} executed
 * @param {Language} language
 */
export function executionSentence({ kind, execution }, language) {
  return `${subjects[language][kind]} ${states[language][execution?.status ?? 'NONE']}`;
}

/** @type {Record<Language, string>} */
export const refundedElsewhere = {
  en: 'The platform has reported it: the money went back at the PSP, or by a charge-back.',
  ko: '플랫폼이 통지한 환불입니다. PSP에서 직접 환불되었거나 차지백된 금액입니다.',
};

/** @type {Record<Language, string>} */
export const askLater = {
  en: 'Ask what remains later, to see how it ended.',
  ko: '결과는 나중에 다시 조회해 주십시오.',
};
