import type { Mutant } from './mutant.ts';

const isOfChain = true;
const publisher = { file: 'publisher/publish.ts', isOfChain } as const;
const taker = { file: 'result-taker/take-reports.ts', isOfChain } as const;
const executions = { file: 'dynamodb/execution-repository.ts', isOfChain } as const;
const judgement = { file: 'domain/execution.ts', isOfChain } as const;
/** What operators do. */
const commands = { file: 'dynamodb/execution-commands.ts', isOfChain } as const;
const event = { file: 'events/refund-event.ts', isOfChain } as const;
const bus = { file: 'events/event-bus.ts', isOfChain } as const;

const noteExecution = 'if (isNewCancellation) await executions.putIfNew(execution, remainingMs);';
const publish = 'await bus.put(event, remainingMs);';

export const mutantsOfChain: readonly Mutant[] = [
  {
    ...publisher,
    name: 'execution noted before its request is published',
    edits: [
      [noteExecution, ''],
      [publish, `${noteExecution} ${publish}`],
    ],
    why: 'a refund that nobody was asked for looks as if somebody was',
  },
  {
    ...publisher,
    name: 'failures swallowed in a batch of a stream',
    edits: [['throw failed(error, fields);', 'failed(error, fields);']],
    why: 'a refund is never asked for',
  },
  {
    ...publisher,
    name: 'smoke store let out',
    edits: [["if (String(row['orderKey']).startsWith($SMOKE)) return;", '']],
    why: 'each release refunds somebody',
  },
  {
    ...publisher,
    name: 'record that cannot be published not kept',
    edits: [
      ['await deadLetters.send(JSON.stringify($OF), $REASON, remainingMs).catch(', 'await Promise.resolve().catch('],
    ],
    why: 'a refund is never asked for, and nobody learns of it',
  },
  {
    ...publisher,
    name: 'record that cannot be published retried for ever',
    edits: [['const reason = error instanceof', 'throw error; const reason = error instanceof']],
    why: 'one record stops the refunds of all behind it',
  },
  {
    ...publisher,
    name: 'account in the event',
    edits: [['event = refundEventOf(execution);', "event = { ...refundEventOf(execution), to: row['to'] };"]],
    and: {
      file: 'dynamodb/order-repository.ts',
      edits: [
        [
          'Item: cancellationRow($ORDER, $RECORD, $ITEMS, refundAccount !== undefined)',
          'Item: { ...cancellationRow($ORDER, $RECORD, $ITEMS, refundAccount !== undefined), ' +
            '...(refundAccount && { to: String(refundAccount.accountNumber) }) }',
        ],
      ],
    },
    why: 'bank accounts are in the archive of the bus, and with whoever subscribes to it',
  },
  {
    ...event,
    name: 'clock in the event',
    edits: [['time: new Date(execution.updatedAtMs).toISOString()', 'time: new Date().toISOString()']],
    why: 'a repetition is another event',
  },
  {
    ...event,
    name: 'no attempt in the id of an event',
    edits: [['id: `${$RID}-${$ATTEMPT}-${$SEQUENCE}`', 'id: `${$RID}-${$SEQUENCE}`']],
    why: 'whoever goes by ids never sees a retry',
  },
  {
    ...event,
    name: 'account of the first attempt',
    edits: [['refundKey: `${$RID}#${$ATTEMPT}`', 'refundKey: `${$RID}#1`']],
    why: 'a retry goes to the account that was wrong',
  },
  {
    ...event,
    name: 'settlement of a void ignored',
    edits: [["kind === 'VOID' && settlement !== 'REFUNDED'", "kind === 'VOID'"]],
    why: 'money that moved is reported as an authorization that was released',
  },
  {
    ...bus,
    name: 'refused entry taken for a success',
    edits: [['if (EventId === undefined) throw', 'if (EventId === null) throw']],
    why: 'a refund is never asked for',
  },
  {
    ...executions,
    name: 'same report taken twice',
    edits: [['#sequence < :sequence', '#sequence <= :sequence']],
    why: 'a double changes when it happened, and is published again',
  },
  {
    ...executions,
    name: 'no attempt in the condition',
    edits: [
      ['att = :attempt AND', ''],
      ["':attempt': $ATTEMPT,", ''],
    ],
    why: 'a report of an older attempt counts for the newer one',
  },
  {
    ...executions,
    name: 'resolved execution overwritten',
    edits: [
      ['AND #status <> :resolved', ''],
      ["':resolved': 'RESOLVED',", ''],
    ],
    why: 'a refund that was paid by hand is retried',
  },
  {
    ...executions,
    name: 'wrong amount taken',
    edits: [
      ['AND a = :amount AND cur = :currency', ''],
      ["':amount': $AMOUNT, ':currency': $CURRENCY,", ''],
    ],
    why: 'another amount was paid, and nobody learns of it',
  },
  {
    ...executions,
    name: 'failure reason outlives a success',
    edits: [["$REASON === undefined ? ' REMOVE why' : ''", "''"]],
    why: 'a refund that succeeded says why it failed',
  },
  {
    ...executions,
    name: 'execution put over another one',
    edits: [
      [
        "Item: executionRow(execution), ConditionExpression: 'attribute_not_exists(rid)'",
        'Item: executionRow(execution)',
      ],
    ],
    why: 'a stream that is read again takes back what was reported',
  },
  {
    ...judgement,
    name: 'retry from pending',
    edits: [
      ["status === 'FAILED' ? undefined : `it is", "status === 'FAILED' || status === 'PENDING' ? undefined : `it is"],
    ],
    why: 'the same refund is paid twice',
  },
  {
    ...judgement,
    name: 'resolved although it succeeded',
    edits: [["if (status === 'SUCCEEDED' || status === 'RESOLVED') return", "if (status === 'RESOLVED') return"]],
    why: 'the same refund is paid twice, by hand',
  },
  {
    ...judgement,
    name: 'contradiction taken for a repetition',
    edits: [
      ["report.status === execution.status ? { kind: 'REPEATED' }", "report.status !== '' ? { kind: 'REPEATED' }"],
    ],
    why: 'of two reports that say the opposite one is lost',
  },
  {
    ...commands,
    name: 'retry whatever came meanwhile',
    edits: [
      ['AND #seq = :sequence AND #st = :status', ''],
      ["':sequence': $SEQUENCE, ':status': $STATUS,", ''],
    ],
    why: 'a refund is retried although it succeeded meanwhile',
  },
  {
    ...commands,
    name: 'resolved under the number of the last report',
    edits: [['seq: execution.sequence + 1', 'seq: execution.sequence']],
    why: 'two events have one id',
  },
  {
    ...commands,
    name: 'retry keeps what was reported before',
    edits: [["const saidBefore = ['why', 'psp', 'how'];", "const saidBefore = ['why'];"]],
    why: 'the request of a retry carries the reference of another attempt',
  },
  {
    ...taker,
    name: 'whole batch of reports acknowledged',
    edits: [
      ['return await processPartialResponse(', 'await processPartialResponse('],
      [
        '{ throwOnFullBatchFailure: false }, );',
        '{ throwOnFullBatchFailure: false }); return { batchItemFailures: [] };',
      ],
    ],
    why: 'a report that comes before its execution is lost',
  },
  {
    ...taker,
    name: 'money that went twice swallowed',
    edits: [["if ($VERDICT.kind !== 'PAID_TWICE') return undefined;", 'return undefined;']],
    why: 'nobody learns that it went twice',
  },
  {
    ...taker,
    name: 'money that went twice not counted',
    edits: [["counted: ['PaidTwice']", 'counted: []']],
    why: 'nobody is paged',
  },
  {
    ...judgement,
    name: 'report before its execution acknowledged',
    edits: [
      [
        "if (execution === undefined) return { kind: 'UNKNOWN' };",
        "if (execution === undefined) return { kind: 'STALE' };",
      ],
    ],
    why: 'a refund that succeeded stays requested',
  },
  {
    ...taker,
    name: 'malformed report swallowed',
    edits: [
      ["await deadLetters.send(body, read.problems.join('; '), remainingMs).catch(", 'await Promise.resolve().catch('],
    ],
    why: 'a refund that succeeded stays requested, and nobody learns why',
  },
];
