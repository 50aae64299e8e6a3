/** Whether an error comes from reading an item of an unexpected shape. Errors of DynamoDB are of other classes. */
export function isMalformation(error: unknown): error is Error {
  return error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError;
}
