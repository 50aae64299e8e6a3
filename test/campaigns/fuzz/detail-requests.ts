import { altered } from './bodies.ts';
import { mutatedBytes } from './mutate-bytes.ts';
import { mutateHeaders } from './mutate-headers.ts';
import { encodingHeaders, optionalHeaders } from './optional-headers.ts';
import { oddValue } from './odd-values.ts';
import type { Random } from '../../support/random.ts';
import { encodedAs, type FuzzRequest, headersFor, signedBytesOf } from './request.ts';
import { members, textOf, type Tree } from './tree.ts';

/**
 * A request for an order's detail: in order, nearly so, or full of what a parser or a schema may stumble over.
 * @param tokens to go on with, of this order and of others
 */
export function detailRequest(orderNo: string, tokens: readonly string[], random: Random): FuzzRequest {
  const text = detailText(orderNo, tokens, random);
  const another = () => Buffer.from(detailText(orderNo, tokens, random));
  const bytes = random.chance(20) ? mutatedBytes(Buffer.from(text), random, another) : Buffer.from(text);
  const encoded = encodedAs(bytes, random);
  // Not compared with the order's.
  const currencyCode = random.pick(['KRW', 'USD', 'EUR']);
  const optional = optionalHeaders({ orderNo, version: 1 }, random);
  const headers = [...headersFor(signedBytesOf(encoded), currencyCode), ...optional];
  const mutated = random.chance(10) ? mutateHeaders(headers, random) : headers;
  return { ...encoded, headers: [...mutated, ...encodingHeaders(random)] };
}

function detailText(orderNo: string, tokens: readonly string[], random: Random): string {
  let tree: Tree = members({
    orderNo: JSON.stringify(orderNo),
    limit: random.chance(60) ? limitText(random) : undefined,
    nextToken: random.chance(50) ? tokenText(tokens, random) : undefined,
  });
  for (let count = random.chance(40) ? 1 + random.below(2) : 0; count > 0; count -= 1) tree = altered(tree, random);
  return textOf(tree, random);
}

function limitText(random: Random): string {
  if (random.chance(70)) return String(1 + random.below(5));
  return random.chance(50) ? random.pick(['0', '100', '101', '1e2', '1.0', '1.5', '-1', '"1"']) : oddValue(random);
}

function tokenText(tokens: readonly string[], random: Random): string {
  if (tokens.length > 0 && random.chance(80)) return JSON.stringify(random.pick(tokens));
  const unknown = `"RETREQ${'0'.repeat(22)}ZZZZ"`;
  return random.chance(50) ? random.pick([unknown, '""', '"A/B"', `"${'A'.repeat(65)}"`]) : oddValue(random);
}
