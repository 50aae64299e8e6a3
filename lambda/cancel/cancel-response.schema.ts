import { cancellationFields, exactly, identifier, refusalSchema, successSchema } from '../contract/envelope.schema.ts';

/** `data` of a success: exactly the specification's fields. */
const data = exactly({ orderNo: identifier, ...cancellationFields });

/**
 * The envelope of every answer of the function and of API Gateway (contract, section 5). The firewall's answers are not
 * covered: it can put in neither requestId nor timestamp.
 */
export const cancelResponseSchema = {
  $id: 'CancelPaymentResponse',
  oneOf: [successSchema(data), refusalSchema] as const,
};
