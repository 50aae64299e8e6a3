import type { Mutant } from './mutant.ts';

const isOfChain = true;
const payments = { file: 'dynamodb/payment-repository.ts', isOfChain } as const;
const transitions = { file: 'domain/payment-transitions.ts', isOfChain } as const;
const judgement = { file: 'domain/platform-event.ts', isOfChain } as const;
const lateDeposit = { file: 'domain/late-deposit.ts', isOfChain } as const;
const lateDeposits = { file: 'dynamodb/late-deposit-repository.ts', isOfChain } as const;
const elsewhere = { file: 'domain/refunded-elsewhere.ts', isOfChain } as const;
const recording = { file: 'order-taker/record-elsewhere.ts', isOfChain } as const;
const taker = { file: 'order-taker/take-events.ts', isOfChain } as const;

export const mutantsOfOrderTaker: readonly Mutant[] = [
  {
    ...payments,
    name: 'capture without a new version',
    edits: [
      ["'SET #status = :next, #version = #version + :one'", "'SET #status = :next'"],
      [", '#version': 'v' }", ' }'],
      ["':one': 1,", ''],
    ],
    why: 'a cancellation does not notice the capture',
  },
  {
    ...payments,
    name: 'status of a payment written on no condition',
    edits: [
      [
        'const { from } = paymentTransitions[change];',
        "const from = ['REQUESTED', 'AUTHORIZED', 'CAPTURED', 'PARTIALLY_CANCELED', 'CANCELED', 'VOIDED', 'FAILED'];",
      ],
    ],
    why: 'an event that meets another one takes it back',
  },
  {
    ...payments,
    name: 'order put over another one',
    edits: [["ConditionExpression: 'attribute_not_exists(orderKey)',", '']],
    why: 'of two events that bring an order the second undoes what came in between',
  },
  {
    ...transitions,
    name: 'authorized although it is captured',
    edits: [["AUTHORIZED: { from: ['REQUESTED'],", "AUTHORIZED: { from: ['REQUESTED', 'CAPTURED'],"]],
    why: 'an event that comes late makes an order look unpaid',
  },
  {
    ...transitions,
    name: 'captured although it has failed',
    edits: [
      [
        "from: ['REQUESTED', 'AUTHORIZED'], done: ['CAPTURED',",
        "from: ['REQUESTED', 'AUTHORIZED', 'FAILED'], done: ['CAPTURED',",
      ],
    ],
    why: 'of two events that contradict each other the one that comes last counts',
  },
  {
    ...transitions,
    name: 'failed although it is captured',
    edits: [
      [
        "from: ['REQUESTED', 'AUTHORIZED'], done: ['FAILED']",
        "from: ['REQUESTED', 'AUTHORIZED', 'CAPTURED'], done: ['FAILED']",
      ],
    ],
    why: 'an order that was paid cannot be canceled',
  },
  {
    ...transitions,
    name: 'capture of a voided order',
    edits: [
      [
        "from: ['REQUESTED', 'AUTHORIZED'], done: ['CAPTURED',",
        "from: ['REQUESTED', 'AUTHORIZED', 'VOIDED'], done: ['CAPTURED',",
      ],
    ],
    and: {
      file: 'domain/platform-event.ts',
      edits: [["if (order.paymentStatus === 'VOIDED') return { kind: 'LATE_DEPOSIT' };", '']],
    },
    why: 'an order that was canceled before it was paid looks paid',
  },
  {
    ...judgement,
    name: 'event before its order acknowledged',
    edits: [
      [
        "return brought === undefined ? { kind: 'NOT_YET' }",
        "return brought === undefined ? { kind: 'WITHOUT_EFFECT' }",
      ],
    ],
    why: 'an order that is paid stays unpaid',
  },
  {
    ...judgement,
    name: 'another order under the number acknowledged',
    edits: [['const difference = brought && differenceOf(order, brought);', 'const difference = undefined;']],
    why: 'nobody learns that two orders have one number',
  },
  {
    ...judgement,
    name: 'amount of a capture not compared',
    edits: [['if (event.amountMinor !== totalOf(order))', 'if (event.amountMinor < 0n)']],
    why: 'more may go back than was taken',
  },
  {
    ...judgement,
    name: 'late deposit taken for a double',
    edits: [
      [
        "if (order.paymentStatus === 'VOIDED') return { kind: 'LATE_DEPOSIT' };",
        "if (order.paymentStatus === 'VOIDED') return { kind: 'WITHOUT_EFFECT' };",
      ],
    ],
    why: 'money that came after a void is kept',
  },
  {
    ...lateDeposit,
    name: 'late deposit paid back twice',
    edits: [["if (execution.kind === 'REFUND') return 'WITHOUT_EFFECT';", '']],
    why: 'the same event pays once more each time it comes',
  },
  {
    ...lateDeposit,
    name: 'late deposit paid back beside a pending void',
    edits: [["case 'PENDING': return 'NOT_YET';", "return 'NOT_YET'; case 'PENDING': return 'PAY_BACK';"]],
    why: 'the executor of the void may pay it back as well',
  },
  {
    ...lateDeposit,
    name: 'settlement of a void overlooked',
    edits: [["execution.settlement === 'REFUNDED' ? 'WITHOUT_EFFECT' : 'PAY_BACK'", "'PAY_BACK'"]],
    why: 'what the executor of the void has paid back is paid again',
  },
  {
    ...lateDeposits,
    name: 'missing account of a late deposit overlooked',
    edits: [['const isMissing = needsAccount && next === undefined;', 'const isMissing = false;']],
    why: 'an executor is asked to pay to an account that there is not',
  },
  {
    ...elsewhere,
    name: 'refunded elsewhere before it is captured',
    edits: [["if (isBeforeCapture(order)) return 'NOT_YET';", '']],
    why: 'an order is voided whose money may still be taken',
  },
  {
    ...elsewhere,
    name: 'refunded elsewhere cut to what is left',
    edits: [
      [
        'const lines = new Map(order.lines.map((line) => [line.seq, line]));',
        'const lines = new Map(order.lines.map((line) => [line.seq, line])); ' +
          'items = items.map((item) => { const line = lines.get(item.seq); const left = line ? ' +
          'line.quantity - line.canceled.units : 0; return left > 0 && left < item.quantity ? ' +
          '{ ...item, quantity: left } : item; });',
      ],
    ],
    why: 'more has gone back than was paid, and nobody learns of it',
  },
  {
    ...recording,
    name: 'refunded elsewhere under another key each time',
    edits: [['cancellationKeyOfEvent(event.eventId)', 'cancellationKeyOfEvent(runtime.newId())']],
    why: 'a double takes the same money once more',
  },
  {
    file: 'domain/idempotency.ts',
    isOfChain,
    name: "refunded elsewhere without the event's id",
    edits: [['return `${platformPrefix}${eventId}`;', 'return platformPrefix;']],
    why: 'of an order only the first is recorded',
  },
  {
    ...recording,
    name: 'same event with other items taken for a double',
    edits: [['if (requestDigest === digest) return', "if (requestDigest !== '') return"]],
    why: 'money that went back is not recorded, and nobody learns of it',
  },
  {
    file: 'dynamodb/refund-items.ts',
    isOfChain,
    name: 'refund asked for what went back elsewhere',
    edits: [["const isPaid = originOf(row.cancellationKey) === 'PLATFORM';", 'const isPaid = false;']],
    why: 'the same money goes back twice',
  },
  {
    file: 'dynamodb/execution-repository.ts',
    isOfChain,
    name: 'report of what nobody was asked for taken',
    edits: [["AND attribute_not_exists(org)'", "'"]],
    and: {
      file: 'domain/execution.ts',
      edits: [["if (execution.origin === 'PLATFORM') return { kind: 'REFUSED', because: 'NOT_ASKED' };", '']],
    },
    why: 'money that went back looks as if it had not',
  },
  {
    ...taker,
    name: 'failures swallowed in a batch of events',
    edits: [['throw comesAgain(error, fields);', 'comesAgain(error, fields); return;']],
    why: 'an order that is paid stays unpaid',
  },
  {
    ...taker,
    name: 'event that contradicts not kept',
    edits: [["if (outcome.kind === 'REFUSED') await deadLetters.send(body, reasonOf(outcome), remainingMs);", '']],
    why: 'nobody learns of it',
  },
  {
    ...taker,
    name: 'malformed event swallowed',
    edits: [
      ["await deadLetters.send(body, read.problems.join('; '), remainingMs).catch(", 'await Promise.resolve().catch('],
    ],
    why: 'an order that is paid stays unpaid, and nobody learns why',
  },
];
