/** What reading an item of another shape ends in; DynamoDB's own errors are of other kinds. */
export function isMalformation(error: unknown): error is Error {
  return error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError;
}
