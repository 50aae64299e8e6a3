import type { FoundAt } from './campaign.ts';
export async function fuzzHttp(_o: {
  seed: number;
  count: number;
  onProgress: (done: number) => void;
}): Promise<FoundAt[]> {
  return [];
}
