import type { Mutant } from './mutant.ts';

const isOfChain = true;
const webhook = { file: 'events/webhook.ts', isOfChain } as const;
const call = { file: 'webhook-sender/call-endpoint.ts', isOfChain } as const;
const sender = { file: 'webhook-sender/send-webhooks.ts', isOfChain } as const;
const endpoint = { file: 'domain/endpoint.ts', isOfChain } as const;

export const mutantsOfWebhooks: readonly Mutant[] = [
  {
    ...webhook,
    name: 'account in a webhook',
    edits: [
      ['amount: true,', 'amount: true, accountRef: true,'],
      [
        "const wrong = given.find(([, value]) => typeof value !== 'string' && typeof value !== 'number');",
        'const wrong = undefined;',
      ],
    ],
    why: 'merchants learn where bank accounts are kept',
  },
  {
    ...webhook,
    name: 'clock in a webhook',
    edits: [['timestamp: time,', 'timestamp: new Date().toISOString(),']],
    why: 'a repetition has other bytes',
  },
  {
    ...call,
    name: 'webhook id per attempt',
    edits: [["'webhook-id': id,", "'webhook-id': `${id}-${timestampS}`,"]],
    why: 'merchants take a repetition for something new',
  },
  {
    ...call,
    name: 'redirect counted as a success',
    edits: [['answer.status > 299', 'answer.status > 399']],
    why: 'a merchant that has moved gets nothing any more',
  },
  {
    ...call,
    name: 'server error counted as a success',
    edits: [['if (answer.status < 200 || answer.status > 299)', 'if (answer.status < 200)']],
    why: 'a webhook is lost whenever a merchant has a trouble',
  },
  {
    ...call,
    name: 'no answer counted as a success',
    edits: [["if (answer.kind === 'UNANSWERED') return", "if (answer.kind === 'UNANSWERED') return 'GOOD';"]],
    why: 'a webhook is lost whenever a connection breaks',
  },
  {
    ...endpoint,
    name: 'webhook signed with the older secret only',
    edits: [
      [
        'return secrets.filter(({ untilMs }) => untilMs === undefined || untilMs > nowMs).map(',
        'return secrets.slice(-1).map(',
      ],
    ],
    why: 'a day after a rotation no merchant can verify anything',
  },
  {
    ...endpoint,
    name: 'older secret dropped at once',
    edits: [['untilMs === undefined || untilMs > nowMs', 'untilMs === undefined']],
    why: 'a merchant that still uses the older one cannot verify anything',
  },
  {
    ...endpoint,
    name: 'webhook sent that nobody wants',
    edits: [["if (types !== undefined && !types.includes(type)) return { kind: 'DROP', because: 'NOT_WANTED' };", '']],
    why: 'a merchant gets what it has not asked for',
  },
  {
    ...endpoint,
    name: 'endpoint that is gone called again',
    edits: [["if (goneAtMs !== undefined) return { kind: 'DROP', because: 'GONE' };", '']],
    why: 'somebody else may have the address by then',
  },
  {
    ...endpoint,
    name: 'endpoint paused at its first failure',
    edits: [['failingSinceMs !== undefined && nowMs - failingSinceMs >= pauseAfterMs', 'failingSinceMs !== undefined']],
    why: 'a merchant that restarts misses webhooks until somebody sends them again',
  },
  {
    ...endpoint,
    name: 'endpoint in trouble called by all at once',
    edits: [["return { kind: busyUntilMs > nowMs ? 'WAIT' : 'SEND_IN_TURN' };", "return { kind: 'SEND' };"]],
    why: 'one merchant that hangs keeps all others waiting',
  },
  {
    ...sender,
    name: "another store's endpoint",
    edits: [['const found = this.#found.get(storeId) ??', 'const found = [...this.#found.values()][0] ??']],
    why: "a merchant learns of another one's refunds",
  },
  {
    ...sender,
    name: 'failures swallowed in a batch of webhooks',
    edits: [["throw new NotDelivered('The message comes again.');", '']],
    why: 'a webhook is sent once and never again',
  },
  {
    ...sender,
    name: 'webhook of a paused endpoint not kept',
    edits: [
      ["await deadLetters.send(body, 'the endpoint has been failing for an hour, and is paused', remainingMs);", ''],
    ],
    why: 'when the endpoint is back nobody can send it',
  },
];
