/** The calls that need a signature: what the platform calls them, and where they are. */
export const cancelCall = { path: '/api/v2/payment/cancel', apiId: 'EBP_API_232', title: 'Cancel Payment' } as const;
export const detailCall = {
  path: '/api/v2/payment/detail',
  apiId: 'EBP_API_237',
  title: 'Get Payment Details',
} as const;

export const signedCalls = [cancelCall, detailCall] as const;
export type SignedCall = (typeof signedCalls)[number];

export const cancelPath = cancelCall.path;
export const detailPath = detailCall.path;
