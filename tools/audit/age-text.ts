const secondMs = 1000;
const units = [
  ['days', 24 * 60 * 60 * secondMs],
  ['h', 60 * 60 * secondMs],
  ['min', 60 * secondMs],
  ['s', secondMs],
] as const;

/** How long ago something was, in whole units of the largest that fits: 3 min, 2 days. */
export function ageText(ageMs: number): string {
  const [name, unitMs] = units.find(([, unitMs]) => ageMs >= 2 * unitMs) ?? ['s', secondMs];
  return `${Math.max(0, Math.floor(ageMs / unitMs))} ${name}`;
}
