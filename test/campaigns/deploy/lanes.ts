/** Does something so many times, at most a few at once: each request at once is one more process of the emulator. */
export async function inLanes<Result>(
  count: number,
  lanes: number,
  act: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await act(index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return results;
}
