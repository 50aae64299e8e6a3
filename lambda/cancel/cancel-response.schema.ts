import {
  canceledItems,
  cancellationFields,
  described,
  exactly,
  identifier,
  successSchema,
} from '../contract/envelope.schema.ts';

/** The envelope of a success of EBP_API_232: `data` has exactly the specification's fields (contract, section 5). */
export const cancelSuccessSchema = successSchema(
  described(
    exactly({ orderNo: described(identifier, 'The order.'), ...cancellationFields, items: canceledItems() }),
    'What was canceled.',
  ),
);
