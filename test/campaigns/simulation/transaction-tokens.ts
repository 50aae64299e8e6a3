import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { inProgress, Invalid, mismatched } from '../../support/dynamodb-errors.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Token {
  readonly input: TransactWriteCommandInput;
  readonly firstUsedMs: number;
  state: 'IN_PROGRESS' | 'APPLIED' | 'CANCELED';
}

const tokenLifeMs = 10 * 60 * 1000;

/** What DynamoDB remembers of transactions, so that one that is sent again is not applied again. */
export class TransactionTokens {
  readonly #time: VirtualTime;
  readonly #tokens = new Map<string, Token>();

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** @throws the errors of a token that is being used, or was used for something else */
  of(input: TransactWriteCommandInput): Token {
    const { ClientRequestToken: name } = input;
    if (name !== undefined && !/^.{1,36}$/.test(name)) throw new Invalid('A token has 1 to 36 characters.');
    const known = name === undefined ? undefined : this.#tokens.get(name);
    if (known !== undefined && this.#time.nowMs - known.firstUsedMs < tokenLifeMs) {
      if (!isDeepStrictEqual(known.input, input)) throw mismatched();
      if (known.state === 'IN_PROGRESS') throw inProgress();
      return known;
    }
    const token: Token = { input, firstUsedMs: this.#time.nowMs, state: 'CANCELED' };
    if (name !== undefined) this.#tokens.set(name, token);
    return token;
  }
}
