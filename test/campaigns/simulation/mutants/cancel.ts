import type { Mutant } from './mutant.ts';

const payment = { file: 'cancel/cancel-payment.ts' };
const outcome = { file: 'cancel/cancel-outcome.ts' };
const tag = { file: 'cancel/account-tag.ts' };
const digest = { file: 'contract/request-digest.ts' };

export const mutantsOfCancel: readonly Mutant[] = [
  {
    ...payment,
    name: 'unknown outcome reported as internal error',
    edits: [['new OutcomeUnknown($MESSAGE, { cause: $ERROR })', 'new Error($MESSAGE, { cause: $ERROR })']],
    why: 'a merchant does not learn that the request may be sent again',
  },
  {
    ...payment,
    name: 'refused look taken for a failure',
    edits: [['} catch { return undefined; }', '} catch (error) { throw error; }']],
    why: 'a cancellation that was applied gets an internal error',
  },
  {
    ...payment,
    name: 'one token for every version',
    edits: [['clientRequestToken: `${$ID}-${$ATTEMPTS}`', 'clientRequestToken: $ID']],
    why: 'DynamoDB refuses another write with the token, or takes it for the first one',
  },
  {
    ...payment,
    name: 'replay decided after the order',
    edits: [
      ['if ($RECORD !== undefined) return settled(', 'if ($RECORD === null) return settled('],
      ['if (!hasCancellations($ORDER)) return settled($REFUSAL);', 'return settled($REFUSAL);'],
    ],
    why: 'the retry of a full cancellation learns that the order is canceled',
  },
  {
    ...payment,
    name: 'no second look at the record',
    edits: [['if (!hasCancellations($ORDER)) return settled($REFUSAL);', 'return settled($REFUSAL);']],
    why: 'of two twins at once one is refused for what the other did',
  },
  {
    ...payment,
    name: 'gives up at the second conflict',
    edits: [
      [
        'if ($COMMITTED.isConflict) $STATS.conflicts += 1;',
        "if ($COMMITTED.isConflict && ($STATS.conflicts += 1) === 2) throw new Contended('Busy.');",
      ],
    ],
    why: 'a merchant is asked to come again for nothing, and the more of them there are the more come again',
  },
  {
    ...payment,
    name: 'gives up when the order has changed',
    edits: [
      [
        "if ($TRIED.kind === 'SETTLED') return $OUTCOME;",
        "if ($TRIED.kind === 'SETTLED') return $OUTCOME; if ($TRIED.kind === 'ORDER_CHANGED') break;",
      ],
    ],
    why: 'whoever meets another cancellation is asked to come again for nothing',
  },
  {
    ...payment,
    name: 'refusal that finds its record busy given up on',
    edits: [["if ($LOOK.kind === 'BUSY') return $LOOK;", "if ($LOOK.kind === 'BUSY') throw new Contended('Busy.');"]],
    why: 'a merchant is asked to come again for nothing',
  },
  {
    ...payment,
    name: 'busy read taken for a missing order',
    edits: [
      [
        "if ($LOADED.kind === 'BUSY') continue;",
        "if ($LOADED.kind === 'BUSY') return refused('ORDER_NOT_FOUND', { reason: 'ORDER_NOT_FOUND', at: { field: '/orderNo' } });",
      ],
    ],
    why: 'under throttling an order does not exist',
  },
  {
    ...payment,
    name: 'unknown outcome reported as nothing canceled',
    edits: [['new OutcomeUnknown($MESSAGE, { cause: $ERROR })', 'new Contended($MESSAGE, { cause: $ERROR })']],
    why: 'a merchant cancels again, with another key, what was canceled',
  },
  {
    ...payment,
    name: 'unanswered write forgotten',
    edits: [['if ($COMMITTED.isOpen) $STATS.isOutcomeUnknown = true;', '']],
    why: 'a response says that nothing was canceled, and it was or will be',
  },
  {
    ...payment,
    name: 'conflict not retried',
    edits: [
      [
        "case 'BUSY': if ($COMMITTED.isConflict) $STATS.conflicts += 1;",
        "case 'BUSY': if ($COMMITTED.isConflict) throw new Contended('Busy.');",
      ],
    ],
    why: 'a merchant is asked to come again for nothing',
  },
  {
    ...payment,
    name: 'order of before a pause decided on',
    edits: [
      ['for await (const $ATTEMPT of', 'let known; for await (const $ATTEMPT of'],
      [
        "const $LOADED = await $ORDERS.load($KEY, $REMAINING); if ($LOADED.kind === 'BUSY') continue;",
        "const $LOADED = known ?? (await $ORDERS.load($KEY, $REMAINING)); if ($LOADED.kind === 'BUSY') continue;",
      ],
      [
        "if ($TRIED.kind === 'SETTLED') return $OUTCOME;",
        "if ($TRIED.kind === 'SETTLED') return $OUTCOME; known = $TRIED.order && { ...$TRIED, kind: 'LOADED' };",
      ],
    ],
    why: 'the write mostly loses its next race as well, and requests that meet need many times as many writes',
  },
  {
    ...payment,
    name: 'If-Match ignored on the retry',
    edits: [
      [
        '{ order: $TRIED, record: undefined }, $COMMAND,',
        '{ order: $TRIED, record: undefined }, { ...$COMMAND, ifMatch: undefined },',
      ],
    ],
    why: 'of two clerks at once both cancel, though one of them saw another order',
  },
  {
    ...payment,
    name: 'If-Match ignored',
    edits: [
      [
        'if ($MATCH !== undefined && !matchesEtag($MATCH, $ETAG))',
        'if ($MATCH === $ETAG && !matchesEtag($MATCH, $ETAG))',
      ],
    ],
    why: 'of two clerks both cancel, though one of them saw another order',
  },
  {
    ...payment,
    name: 'If-Match before the replay',
    edits: [
      [
        'if ($RECORD !== undefined) return settled(',
        "const early = order && decide(order, command); if (early?.refusal?.refusal === 'ORDER_CHANGED') return settled(early.refusal); if ($RECORD !== undefined) return settled(",
      ],
    ],
    why: 'the retry of a cancellation learns that the order has changed, by that cancellation',
  },
  {
    ...payment,
    name: 'ORDER_CHANGED without its ETag',
    edits: [['refused($REFUSAL, $VIOLATION), $ETAG }', 'refused($REFUSAL, $VIOLATION) }']],
    why: 'a merchant has to look up the order to go on',
  },
  {
    ...payment,
    name: 'every account compared',
    edits: [["$ACCOUNT && $KIND === 'REFUND' ? accountTag()", "$KIND === 'REFUND' ? accountTag()"]],
    why: 'a retry is refused for an account that no refund goes to',
  },
  {
    ...payment,
    name: 'account of a void compared',
    edits: [["$ACCOUNT && $KIND === 'REFUND' ? accountTag()", '$ACCOUNT ? accountTag()']],
    why: 'a retry is refused for an account that no refund goes to',
  },
  {
    ...outcome,
    name: 'own record not known',
    edits: [['if (isOwnRecord($RECORD, $COMMAND)) return $CANCELED;', '']],
    why: 'the first response to a cancellation says that it is a replay',
  },
  {
    ...outcome,
    name: 'currency not compared before a replay',
    edits: [
      [
        'if ($COMMAND !== $ORDER) return refused($BROKEN, currencyMismatch(',
        'if ($COMMAND === null) return refused($BROKEN, currencyMismatch(',
      ],
    ],
    why: 'a merchant with the wrong currency believes that it was canceled in it',
  },
  {
    ...outcome,
    name: 'ETag of the present order in a replay',
    edits: [
      ['return { ...$CANCELED, isReplay: true };', 'return { ...$CANCELED, isReplay: true, etag: etagOf(order) };'],
    ],
    why: 'a clerk goes on as if he knew what others have canceled since',
  },
  {
    ...outcome,
    name: 'ETag of the order as it was read',
    edits: [['version: $VERSION })', 'version: $VERSION - 1 })']],
    why: 'the next cancellation with it is refused',
  },
  {
    ...tag,
    name: 'hyphens of an account number compared',
    edits: [[".replaceAll('-', '')", '']],
    why: 'a retry that spells the account differently is refused',
  },
  {
    ...tag,
    name: 'forms of Unicode compared',
    edits: [["accountHolderName.normalize('NFC')", 'accountHolderName']],
    why: 'a retry that spells the account differently is refused',
  },
  {
    ...tag,
    name: 'holder of an account not compared',
    edits: [["accountHolderName.normalize('NFC')", "''"]],
    why: 'another account is taken for the one that was paid to',
  },
  {
    ...digest,
    name: 'digest by the order of the items',
    edits: [['.toSorted(($ONE, $OTHER) => $ONE.seq - $OTHER.seq)', '']],
    why: 'a retry in other words is applied again',
  },
  {
    ...digest,
    name: 'digest with the tax',
    edits: [
      [
        'quantity, amount }) => [seq, itemType, itemId, quantity, amount]',
        'quantity, amount, taxAmount }) => [seq, itemType, itemId, quantity, amount, taxAmount]',
      ],
    ],
    why: 'a retry that says a tax, or none, pays twice',
  },
  {
    ...digest,
    name: 'digest with the account',
    edits: [
      [
        '{ orderNo, totalCancelAmount, items }: $REQUEST',
        '{ orderNo, totalCancelAmount, items, refundAccount }: $REQUEST',
      ],
      ['orderNo, totalCancelAmount, items.', 'orderNo, refundAccount, totalCancelAmount, items.'],
    ],
    why: 'a retry that spells the account differently pays twice',
  },
  {
    ...digest,
    name: 'digest without the total',
    edits: [['orderNo, totalCancelAmount, items.', 'orderNo, items.']],
    why: 'a request whose total is wrong is taken for done',
  },
];
