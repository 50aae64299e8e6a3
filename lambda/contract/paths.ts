export const cancelPath = '/api/v2/payment/cancel';
export const detailPath = '/api/v2/payment/detail';

/** The routes that need a signature. */
export const signedPaths = [cancelPath, detailPath] as const;
export type SignedPath = (typeof signedPaths)[number];
