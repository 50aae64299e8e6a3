import { z } from 'zod';

const identifier = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
const count = z.int().min(1).max(1_000_000);
const amount = z.number().min(0);

/** The request as zod describes it, for the peers a and b. */
export const requestSchema = z.strictObject({
  orderNo: identifier,
  totalCancelAmount: amount,
  refundAccount: z
    .strictObject({
      accountNumber: z.union([z.string().regex(/^[0-9A-Za-z-]{1,34}$/), z.int()]).optional(),
      bankCode: z.string().min(1).max(20).optional(),
      accountHolderName: z.string().min(1).max(100).optional(),
    })
    .optional(),
  items: z
    .array(
      z.strictObject({
        seq: count,
        itemType: z.enum(['PHYSICAL', 'DIGITAL', 'SUBSCRIPTION', 'DELIVERY', 'SERVICE']),
        itemId: identifier,
        quantity: count,
        amount,
        taxAmount: amount.optional(),
      }),
    )
    .min(1)
    .max(100),
});
