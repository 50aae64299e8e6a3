/** The sums of the metrics that were printed. Each line has to be JSON by itself. */
export function countsIn<Name extends string>(printed: string, names: readonly Name[]): Record<Name, number> {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  for (const line of printed.split('\n')) {
    if (!line.startsWith('{"_aws"')) continue;
    const metrics = JSON.parse(line) as Record<Name, number>;
    for (const name of names) counts[name] += metrics[name];
  }
  return counts;
}
