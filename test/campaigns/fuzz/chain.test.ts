import { describe, expect, test } from '@jest/globals';
import { fuzzPublisher, fuzzRecord, type PublishBatch, type Published } from './fuzz-records.ts';
import { fuzzReport, fuzzTaker, type TakeBatch, type Taken } from './fuzz-reports.ts';

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
