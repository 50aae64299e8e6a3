/**
 * Whether an event fits the pattern of a rule or of a stream's filter, by AWS's documentation: each field that the pattern
 * names is there with one of its values.
 * @throws Error for an operator, of which this stack has none
 */
export function fits(pattern: unknown, event: unknown): boolean {
  return Object.entries(pattern as object).every(([name, accepted]) => {
    const value = (event as Readonly<Record<string, unknown>> | undefined)?.[name];
    if (!Array.isArray(accepted)) return fits(accepted, value);
    const operator: unknown = accepted.find((one) => typeof one === 'object');
    if (operator !== undefined) throw new Error(`The operator ${JSON.stringify(operator)} is not known here.`);
    return accepted.includes(value);
  });
}
