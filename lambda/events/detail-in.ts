/** The event in the body of a message, as a rule hands it on; undefined if there is none. */
export function detailIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { readonly detail?: unknown } | null)?.detail;
  } catch {
    return undefined;
  }
}
