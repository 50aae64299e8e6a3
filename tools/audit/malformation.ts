import { InvariantViolated } from '../../lambda/domain/order.ts';

/** Whether an error comes from reading a row of an unexpected shape. Errors of DynamoDB are of other classes. */
export function isMalformation(error: unknown): error is Error {
  const kinds = [InvariantViolated, TypeError, SyntaxError, RangeError];
  return kinds.some((kind) => error instanceof kind);
}
