import type { Localized } from '../contract/language.ts';
import { defaultPageSize, identifierFieldText, maxPageSize } from '../contract/limits.ts';
import type { RequestShape } from '../contract/request-shape.ts';
import isDetailRequest from './detail-request.validator.cjs';

/** The request body of EBP_API_237: an order, and which of its cancellations to list. */
export interface DetailRequest {
  readonly orderNo: string;
  /** The most cancellations in one response. */
  readonly limit?: number;
  /** The nextToken of the previous response: the page after it is returned. */
  readonly nextToken?: string;
}

/** What each field accepts. */
export const acceptedByDetailField: Readonly<Record<keyof DetailRequest, Localized>> = {
  orderNo: identifierFieldText,
  limit: {
    en: `a whole number from 1 to ${maxPageSize}, without quotes; leave it out for ${defaultPageSize}`,
    ko: `1부터 ${maxPageSize}까지의 정수(따옴표 없이), 생략 시 ${defaultPageSize}`,
  },
  nextToken: {
    en: 'the nextToken of the answer before, for the same order; leave it out to begin with the first cancellation',
    ko: '같은 주문에 대한 직전 응답의 nextToken, 처음부터 조회하려면 생략',
  },
};

const fieldNames = Object.keys(acceptedByDetailField);

export const detailRequestShape: RequestShape<DetailRequest> = {
  isRequest: isDetailRequest,
  fields: { accepted: acceptedByDetailField, namesAt: () => fieldNames, mayBeText: new Set(), depth: 1 },
};
