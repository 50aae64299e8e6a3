/** What was found so often, and the first sentences about it: nobody reads more of them. */
export interface Listing {
  count: number;
  readonly first: string[];
}

const maxFirst = 20;

export function emptyListing(): Listing {
  return { count: 0, first: [] };
}

export function list(listing: Listing, sentence: string): void {
  addListing(listing, { count: 1, first: [sentence] });
}

export function addListing(listing: Listing, more: Listing): void {
  listing.count += more.count;
  listing.first.push(...more.first.slice(0, maxFirst - listing.first.length));
}
