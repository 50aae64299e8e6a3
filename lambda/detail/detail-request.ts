import isDetailRequest from './detail-request.validator.cjs';
import { acceptedByField, defaultPageSize, maxPageSize } from '../contract/limits.ts';
import type { RequestShape } from '../contract/request-shape.ts';

/** The request body of EBP_API_237: an order, and which of its cancellations to tell. */
export interface DetailRequest {
  readonly orderNo: string;
  /** The most cancellations in one answer. */
  readonly limit?: number;
  /** From the answer before: where to go on. */
  readonly nextToken?: string;
}

/** What each of its fields accepts. */
export const acceptedByDetailField = {
  orderNo: acceptedByField.orderNo,
  limit: {
    en: `a whole number from 1 to ${maxPageSize}, without quotes; leave it out for ${defaultPageSize}`,
    ko: `1부터 ${maxPageSize}까지의 정수(따옴표 없이), 생략 시 ${defaultPageSize}`,
  },
  nextToken: {
    en: 'the nextToken of the answer before, for the same order; leave it out to begin with the first cancellation',
    ko: '같은 주문에 대한 직전 응답의 nextToken, 처음부터 조회하려면 생략',
  },
};

const names = Object.keys(acceptedByDetailField);

export const detailRequestShape: RequestShape = {
  isRequest: isDetailRequest,
  fields: { accepted: acceptedByDetailField, namesAt: () => names },
  places: { names: new Set(names), depth: 1 },
};
