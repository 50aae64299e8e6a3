// Independent of the service on purpose: what merchants have to get is worked out from the event that the bus has taken.

import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import type { Delivery } from '../../../../lambda/webhook-sender/deliver.ts';
import { BrokenPromise } from '../history.ts';
import type { VirtualTime } from '../virtual-time.ts';
import { type EndpointLedger, storeOf } from './endpoint-ledger.ts';
import type { EndpointAnswer, PlannedEndpoint } from './endpoint-plan.ts';
import { assertNoAccount } from './ledger.ts';

const isValid = (until: bigint | undefined, ms: number) => until === undefined || until > BigInt(ms);

const usual: EndpointAnswer = { status: 204, afterMs: 5 };

/** Where merchants get webhooks: they look at each of them, and answer as is planned. */
export class MerchantEndpoints {
  readonly #planned: ReadonlyMap<string, PlannedEndpoint>;
  readonly #time: VirtualTime;
  readonly #beginningMs: number;
  readonly #ledger: EndpointLedger;
  readonly #eventOf: (id: string) => RefundEvent | undefined;
  readonly #bodies = new Map<string, string>();
  readonly #calls = new Map<string, number>();
  /** Events that a merchant has got, and said so. */
  readonly accepted = new Set<string>();

  constructor(
    endpoints: readonly PlannedEndpoint[],
    time: VirtualTime,
    ledger: EndpointLedger,
    eventOf: (id: string) => RefundEvent | undefined,
  ) {
    this.#planned = new Map(endpoints.map((endpoint) => [endpoint.storeId, endpoint]));
    this.#time = time;
    this.#beginningMs = time.nowMs;
    this.#ledger = ledger;
    this.#eventOf = eventOf;
  }

  /** @param sinceStep when the function that calls has begun @throws BrokenPromise for what must not be sent */
  receive({ url, headers, body }: Delivery, since: { readonly step: number; readonly ms: number }): EndpointAnswer {
    const storeId = storeOf(url);
    const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signature = '' } = headers;
    const event = this.#eventOf(id);
    if (event === undefined) throw new BrokenPromise('A webhook is of no event that the bus has taken.');
    assertNoAccount(body, 'a webhook');
    if (event.data.storeId !== storeId) throw new BrokenPromise("A webhook is of another store's order.");
    const { accountRef: _none, ...data } = event.data;
    if (!isDeepStrictEqual(JSON.parse(body), { type: event.type, timestamp: event.time, data })) {
      throw new BrokenPromise(`A webhook is not what its event says: ${body}.`);
    }
    const earlier = this.#bodies.get(id);
    if (earlier !== undefined && earlier !== body) throw new BrokenPromise('Two webhooks have one id.');
    this.#bodies.set(id, body);
    const atMs = 1000 * Number(timestamp);
    if (!(atMs > since.ms - 1000 && atMs <= this.#time.nowMs)) {
      throw new BrokenPromise('A webhook has not the time at which it is sent.');
    }
    this.#checkWanted(storeId, event.type, since.step);
    this.#checkSignature(storeId, `${id}.${timestamp}.${body}`, signature.split(' '), since.step, atMs);
    const answer = this.#answerOf(storeId);
    if (answer.status >= 200 && answer.status <= 299) this.accepted.add(id);
    return answer;
  }

  #checkWanted(storeId: string, type: string, step: number): void {
    const rows = this.#ledger.rowsSince(storeId, step);
    const isUnwanted = rows.every(({ goneAt, types }) => goneAt !== undefined || types?.includes(type) === false);
    if (isUnwanted) throw new BrokenPromise('A webhook is sent that nobody wants, or to an endpoint that is gone.');
  }

  /** Merchants may still use the older secret, or the newer one already: each that is valid for sure has to fit. */
  #checkSignature(storeId: string, signed: string, signatures: readonly string[], step: number, atMs: number): void {
    const rows = this.#ledger.rowsSince(storeId, step);
    const hasSigned = (secret: string) => {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      return signatures.includes(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    };
    const maybe = rows.flatMap(({ secrets }) => secrets.filter(({ until }) => isValid(until, atMs)));
    const certain = maybe.filter(({ secret }) =>
      rows.every(({ secrets }) =>
        secrets.some((other) => other.secret === secret && isValid(other.until, this.#time.nowMs)),
      ),
    );
    if (!certain.every(({ secret }) => hasSigned(secret)) || !maybe.some(({ secret }) => hasSigned(secret))) {
      throw new BrokenPromise('A webhook is not signed with the secrets that are valid.');
    }
  }

  #answerOf(storeId: string): EndpointAnswer {
    const { answers = [], outages = [] } = this.#planned.get(storeId) ?? {};
    const calls = this.#calls.get(storeId) ?? 0;
    this.#calls.set(storeId, calls + 1);
    const sinceMs = this.#time.nowMs - this.#beginningMs;
    const outage = outages.find(({ fromMs, untilMs }) => fromMs <= sinceMs && sinceMs < untilMs);
    return outage ?? answers[calls] ?? usual;
  }
}
