import { describe, expect, test } from '@jest/globals';
import { type EventCase, fuzzEvent, fuzzOrderTaker, type TakeEvents, type TakenEvents } from './fuzz-events.ts';
import { fuzzPublisher, fuzzRecord, type PublishBatch, type Published } from './fuzz-records.ts';
import { fuzzReport, fuzzTaker, type TakeBatch, type Taken } from './fuzz-reports.ts';
import { fuzzSender, fuzzWebhook, type SendWebhook, type SentWebhook } from './fuzz-webhooks.ts';

const maxSeeds = 800;

/** The first flaw among the first seeds. */
async function firstFlaw<Service>(
  fuzz: (service: Service, seed: number) => Promise<string | undefined>,
  service: Service,
): Promise<string | undefined> {
  for (let seed = 1; seed <= maxSeeds; seed += 1) {
    const flaw = await fuzz(service, seed);
    if (flaw !== undefined) return flaw;
  }
}

describe('nothing is swallowed, and nothing secret gets out:', () => {
  test('records of the streams', async () => {
    expect(await firstFlaw(fuzzRecord, fuzzPublisher())).toBeUndefined();
  });

  test('reports of executors', async () => {
    expect(await firstFlaw(fuzzReport, fuzzTaker())).toBeUndefined();
  });

  test('events of platforms', async () => {
    expect(await firstFlaw(fuzzEvent, fuzzOrderTaker())).toBeUndefined();
  });

  test('webhooks', async () => {
    expect(await firstFlaw(fuzzWebhook, fuzzSender())).toBeUndefined();
  });
});

const publisherThat =
  (change: (published: Published) => Partial<Published>): PublishBatch =>
  async (...batch) => {
    const published = await fuzzPublisher()(...batch);
    return { ...published, ...change(published) };
  };

const printingPublisher: PublishBatch = async (batch, ...trouble) => {
  const published = await fuzzPublisher()(batch, ...trouble);
  return { ...published, printed: `${published.printed}${JSON.stringify(batch.map(({ record }) => record))}` };
};

describe('a publisher is found that', () => {
  test.each<[string, (published: Published) => Partial<Published>, string]>([
    ['swallows failures', () => ({ failed: [] }), ' come again, and '],
    ['loses an event', ({ events }) => ({ events: events.slice(1) }), 'It published '],
    [
      'calls an event something else',
      ({ events }) => ({ events: events.map((event) => ({ ...event, DetailType: 'payment.refund_failed' })) }),
      'The bus cannot tell what ',
    ],
    ['notes no execution', () => ({ noted: [] }), '0 executions were put, and '],
    ['keeps no dead letter', () => ({ letters: [] }), 'There are 0 dead letters, and '],
    [
      'gives no reason',
      ({ letters }) => ({ letters: letters.map(({ body }) => ({ body, reason: '' })) }),
      'A dead letter\'s reason is ""',
    ],
    [
      'points nowhere',
      ({ letters }) => ({ letters: letters.map(({ reason }) => ({ body: '{}', reason })) }),
      'A dead letter does not point to its row',
    ],
    ['counts nothing', () => ({ printed: '' }), 'It counts '],
  ])('%s', async (_what, change, flaw) => {
    expect(await firstFlaw(fuzzRecord, publisherThat(change))).toContain(flaw);
  });

  test('prints the rows that it reads', async () => {
    expect(await firstFlaw(fuzzRecord, printingPublisher)).toMatch(
      /^The secret \w+ got out\.|: The secret \w+ got out\./,
    );
  });
});

const takerThat =
  (change: (taken: Taken) => Partial<Taken>): TakeBatch =>
  async (...batch) => {
    const taken = await fuzzTaker()(...batch);
    return { ...taken, ...change(taken) };
  };

const idleTaker: TakeBatch = async (executions, ...batch) => ({
  ...(await fuzzTaker()(executions, ...batch)),
  rows: executions,
});

const printingTaker: TakeBatch = async (executions, bodies, ...trouble) => {
  const taken = await fuzzTaker()(executions, bodies, ...trouble);
  return { ...taken, printed: `${taken.printed}${bodies.join()}` };
};

describe('a result taker is found that', () => {
  test.each<[string, (taken: Taken) => Partial<Taken>, string]>([
    ['acknowledges all', () => ({ failed: [] }), ' come again, and '],
    ['keeps no dead letter', () => ({ letters: [] }), 'A message is not among the dead letters'],
    [
      'names no field',
      ({ letters }) => ({ letters: letters.map(({ body, reason }) => ({ body, reason: reason.replaceAll('/', '') })) }),
      ' does not name ',
    ],
    [
      'says not what would be accepted',
      ({ letters }) => ({
        letters: letters.map(({ body, reason }) => ({
          body,
          reason: reason.replaceAll(/ must match .*?(?=;|$)/g, ' is odd'),
        })),
      }),
      ' does not say what would be accepted.',
    ],
    [
      'keeps what could be taken',
      ({ letters }) => ({ letters: [...letters, { body: '{}', reason: 'twice' }] }),
      'There is a dead letter too many',
    ],
    ['counts nothing', () => ({ printed: '' }), 'It counts '],
  ])('%s', async (_what, change, flaw) => {
    expect(await firstFlaw(fuzzReport, takerThat(change))).toContain(flaw);
  });

  test('changes nothing', async () => {
    expect(await firstFlaw(fuzzReport, idleTaker)).toContain('The executions are ');
  });

  test('prints what it gets', async () => {
    expect(await firstFlaw(fuzzReport, printingTaker)).toMatch(/The secret .+ got out\./);
  });
});

const orderTakerThat =
  (change: (taken: TakenEvents, cases: readonly EventCase[]) => Partial<TakenEvents>): TakeEvents =>
  async (cases, ...trouble) => {
    const taken = await fuzzOrderTaker()(cases, ...trouble);
    return { ...taken, ...change(taken, cases) };
  };

describe('an order taker is found that', () => {
  test.each<[string, (taken: TakenEvents, cases: readonly EventCase[]) => Partial<TakenEvents>, string]>([
    ['acknowledges all', () => ({ failed: [] }), 'It has to be COMES_AGAIN'],
    ['keeps no dead letter', () => ({ letters: [] }), 'It has to be '],
    [
      'names no field',
      ({ letters }) => ({ letters: letters.map(({ body, reason }) => ({ body, reason: reason.replaceAll('/', '') })) }),
      ' name',
    ],
    [
      'keeps what could be taken',
      ({ letters }) => ({ letters: [...letters, { body: '{}', reason: '/ a' }] }),
      ' too many',
    ],
    ['takes nothing', () => ({ orders: new Map() }), 'The order is not there'],
    ['counts nothing', () => ({ printed: '' }), 'It counts '],
  ])('%s', async (_what, change, flaw) => {
    expect(await firstFlaw(fuzzEvent, orderTakerThat(change))).toContain(flaw);
  });

  test('prints the messages that it gets', async () => {
    const printing = orderTakerThat(({ printed }, cases) => ({
      printed: `${printed}${cases.map(({ body }) => body).join('')}`,
    }));
    expect(await firstFlaw(fuzzEvent, printing)).toMatch(/The secret .+ got out\./);
  });
});

const senderThat =
  (change: (sent: SentWebhook) => Partial<SentWebhook>): SendWebhook =>
  async (...webhook) => {
    const sent = await fuzzSender()(...webhook);
    return { ...sent, ...change(sent) };
  };
const printingSender: SendWebhook = async (webhook, ...rest) => {
  const sent = await fuzzSender()(webhook, ...rest);
  return { ...sent, printed: `${sent.printed}${String(webhook.row['url'])}` };
};
const deliveringOther = (change: (delivery: SentWebhook['deliveries'][0]) => object) =>
  senderThat(({ deliveries }) => ({
    deliveries: deliveries.map((delivery) => ({ ...delivery, ...change(delivery) })),
  }));

describe('a webhook sender is found that', () => {
  test.each<[string, SendWebhook, string]>([
    ['acknowledges all', senderThat(() => ({ comesAgain: false })), 'has to be COMES_AGAIN'],
    ['keeps no dead letter', senderThat(() => ({ letters: [] })), 'has to be KEPT'],
    ['sends what it gets', deliveringOther(() => ({ body: '{}' })), 'It sends {}'],
    [
      'sends it elsewhere',
      deliveringOther(() => ({ url: new URL('https://other.example') })),
      'sent where it must not',
    ],
    [
      'does not sign',
      deliveringOther(({ headers }) => ({ headers: { ...headers, 'webhook-signature': 'v1,' } })),
      'It is not signed',
    ],
    ['counts nothing', senderThat(() => ({ printed: '' })), 'It is counted 0 times'],
  ])('%s', async (_what, sender, flaw) => {
    expect(await firstFlaw(fuzzWebhook, sender)).toContain(flaw);
  });

  test('prints the endpoints that it reads', async () => {
    expect(await firstFlaw(fuzzWebhook, printingSender)).toMatch(/The secret .+ got out\./);
  });
});
