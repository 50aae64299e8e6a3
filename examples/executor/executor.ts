import type { ReportEvent } from '../../lambda/events/execution-report.ts';
import type {
  BankAccount,
  Executor,
  ExecutorParts,
  PspAnswer,
  RequestEvent,
  TableRow,
} from '../../tools/conformance/executor.ts';

// An executor for a PSP whose refund call is idempotent. It keeps what docs/executors.md asks for, and
// `npm run conformance -- --executor examples/executor/executor.ts` shows that.

/** One attempt: what was asked for, and what was reported of it last. It has no account, and never expires. */
export interface ExecutorRow extends TableRow {
  readonly request: RequestEvent['data'];
  /** When the PSP was called last: epoch milliseconds. */
  readonly calledAtMs: number;
  readonly said?: {
    readonly sequence: number;
    readonly atMs: number;
    readonly answer: PspAnswer;
  };
}

/** A call that was not answered has taken effect after this time, or never will. */
const callMs = 60 * 60 * 1000;

/** What the PSP says may only change in this direction: the money of a success may come back. */
const statuses = ['PENDING', 'SUCCEEDED', 'FAILED'];

export function createExecutor({ psp, table, accounts, report, now }: ExecutorParts<ExecutorRow>): Executor {
  return {
    async handle({ data: request }) {
      const id = `${request.returnRequestId}-${request.attempt}`;
      const known = await table.get(id);
      if (known !== undefined) {
        // The PSP forgets keys, but not refunds: one that was paid and never reported is found.
        const found = await psp.find(id);
        if (known.said !== undefined || found !== undefined) return await settle(known, found);
      }
      const { accountRef } = request;
      const account = accountRef && (await accounts.get(accountRef));
      const mayBePaying = known !== undefined && now() - known.calledAtMs < callMs;
      if (accountRef && !account && mayBePaying) throw new Error('An earlier call may still pay.');
      // Before the PSP is called: of two that come at the same time, one puts the row, and the other comes again.
      const row = await put({ version: 0, ...known, id, request, calledAtMs: now() });
      await settle(row, await pay(row, account));
    },

    async notice({ reference, ...answer }) {
      const row = await table.get(reference);
      if (row !== undefined) await settle(row, answer);
    },
  };

  /** Whatever is not answered is thrown: the request comes again, and the key makes the same call of it. */
  async function pay({ id, request }: ExecutorRow, account: BankAccount | undefined): Promise<PspAnswer> {
    const { kind, storeId, orderNo, currencyCode, amount, accountRef } = request;
    const call = { reference: id, payment: `${storeId}/${orderNo}`, currencyCode, amount };
    // PSPs refuse to move nothing.
    if (amount === 0) return { operation: kind === 'VOID' ? 'RELEASE' : 'REFUND', status: 'SUCCEEDED' };
    if (kind === 'VOID') {
      const released = await psp.release({ ...call, idempotencyKey: `${id}-void` });
      if (released.code !== 'CAPTURED') return released;
    }
    if (accountRef && !account) return { operation: 'REFUND', status: 'FAILED', code: 'ACCOUNT_MISSING' };
    return await psp.refund({ ...call, idempotencyKey: id, ...(account && { account }) });
  }

  /** Numbers what is new, keeps it, and only then reports it; what is not new is reported as it was. */
  async function settle(row: ExecutorRow, answer: PspAnswer | undefined): Promise<void> {
    const isNew = answer !== undefined && rankOf(answer) > rankOf(row.said?.answer);
    const sequence = (row.said?.sequence ?? 0) + 1;
    const kept = isNew ? await put({ ...row, said: { sequence, atMs: now(), answer } }) : row;
    if (kept.said !== undefined) await report(reportOf(kept, kept.said));
  }

  /** @throws when another one has changed the row */
  async function put(row: ExecutorRow): Promise<ExecutorRow> {
    const next = { ...row, version: row.version + 1 };
    if (!(await table.put(next))) throw new Error('Another one is at work on this attempt.');
    return next;
  }
}

function rankOf(answer: PspAnswer | undefined): number {
  return answer === undefined ? -1 : statuses.indexOf(answer.status);
}

/** A function of what is kept, so that it is the same each time. */
function reportOf(
  { id, request }: ExecutorRow,
  { sequence, atMs, answer }: NonNullable<ExecutorRow['said']>,
): ReportEvent {
  const { storeId, orderNo, returnRequestId, kind, attempt, currencyCode, amount } = request;
  const { operation, status, code, pspReference } = answer;
  const settlement = operation === 'RELEASE' ? 'VOIDED' : 'REFUNDED';
  return {
    specversion: '1.0',
    id: `${id}-${sequence}`,
    source: 'refund-executor',
    type: 'executor.report.v1',
    time: new Date(atMs).toISOString(),
    data: {
      storeId,
      orderNo,
      returnRequestId,
      attempt,
      sequence,
      status,
      currencyCode,
      amount,
      ...(status === 'FAILED' && code !== undefined ? { failureReason: code } : {}),
      ...(pspReference === undefined ? {} : { pspReference }),
      ...(kind === 'VOID' && status === 'SUCCEEDED' ? { settlement } : {}),
    },
  };
}
