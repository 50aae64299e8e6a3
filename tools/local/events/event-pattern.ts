/** An event as a bus hands it on. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
  readonly [attribute: string]: unknown;
}

/** What a rule matches: for each attribute a list of the values that fit, or a pattern of its members. */
export interface EventPattern {
  readonly [attribute: string]: EventPattern | ReadonlyArray<string | number | boolean | null>;
}

/**
 * Whether an event fits a pattern, as EventBridge decides it, by exact values.
 * @throws Error for what localhost does not know, such as {"prefix": ...}: a rule must not match or miss silently
 */
export function fits(event: unknown, pattern: EventPattern): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = typeof event === 'object' && event !== null ? (event as Record<string, unknown>)[name] : undefined;
    if (!Array.isArray(wanted)) return fits(value, wanted as EventPattern);
    const unknown: unknown = wanted.find((one: unknown) => typeof one === 'object' && one !== null);
    if (unknown !== undefined) throw new Error(`On localhost a rule cannot have ${JSON.stringify(unknown)}.`);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.some((one) => (wanted as readonly unknown[]).includes(one));
  });
}
