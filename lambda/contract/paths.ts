export const cancelPath = '/api/v2/payment/cancel';
export const detailPath = '/api/v2/payment/detail';
