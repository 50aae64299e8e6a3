import { returnRequestIdPattern } from '../../lambda/contract/return-request-id.ts';
import { type ExecutionStatus, executionStatuses } from '../../lambda/domain/execution.ts';
import { UsageError, wholeNumberOption } from '../command-line.ts';
import { readAccountFile } from '../refunds/account-file.ts';
import { type RefundId, resolveRefund, retryRefund } from '../refunds/change-refund.ts';
import { executionView } from '../refunds/execution-view.ts';
import { listRefunds, type ListingSummary } from '../refunds/list-refunds.ts';
import { republish } from '../refunds/republish.ts';
import { type Command, identifier, type Options, refuseExtra } from './admin-options.ts';
import { busOf } from './event-bus-client.ts';
import type { Target } from './target.ts';

// The commands about refunds: what npm run admin reads from the command line for them, and what it prints.

export const refundCommands = {
  'list-refunds': { takes: ['status', 'older-than', 'store', 'limit'], run: list },
  'retry-refund': { takes: ['store', 'order', 'refund', 'account'], run: retry },
  'resolve-refund': { takes: ['store', 'order', 'refund', 'note', 'although-pending'], run: resolve },
  republish: { takes: ['store', 'order', 'refund'], run: republishRequests },
} as const satisfies Readonly<Record<string, Command>>;

async function list({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  refuseExtra(operands);
  const minutes = options['older-than'];
  const filter = {
    status: statusOf(options.status),
    notAfterMs:
      minutes === undefined
        ? undefined
        : Date.now() - wholeNumberOption('older-than', minutes, 0, maxMinutes) * 60 * 1000,
    storeId: options.store === undefined ? undefined : identifier('store', options.store),
    limit: wholeNumberOption('limit', options.limit ?? '1000', 1, maxListed),
  };
  const summary = await listRefunds(client, tables.executions, filter, ({ execution, note }) => {
    const { storeId, orderNo, returnRequestId, kind, currencyCode } = execution;
    const id = { storeId, orderNo, returnRequestId, kind, currencyCode };
    console.log(JSON.stringify({ ...id, ...executionView(execution, note) }));
  });
  console.error(summaryText(summary, filter.status));
}

const maxListed = 1_000_000;
/** Ten years. */
const maxMinutes = 10 * 366 * 24 * 60;

function summaryText({ listed, scanned, impossible, isComplete }: ListingSummary, status: ExecutionStatus): string {
  const [first] = impossible;
  const unread =
    first === undefined ? '' : ` ${impossible.length} more cannot be read, ${first} first: run npm run audit.`;
  const end = isComplete ? '' : ' There may be more: raise --limit.';
  return `${listed} refunds are ${status}, of ${scanned} that were read.${end}${unread}`;
}

async function retry({ client, tables, stage }: Target, options: Options, operands: string[]): Promise<void> {
  const refund = refundOf(options);
  refuseExtra(operands);
  const account = options.account === undefined ? undefined : readAccountFile(options.account);
  const { refundAccountDays } = stage;
  const attempt = await retryRefund(client, tables, refund, { account, refundAccountDays }, Date.now());
  const where = account === undefined ? '' : ' to the account of the file';
  console.log(`Requested ${refund.returnRequestId} again${where}: attempt ${attempt}.`);
}

async function resolve({ client, tables }: Target, options: Options, operands: string[]): Promise<void> {
  const refund = refundOf(options);
  const note = noteOf(options.note);
  refuseExtra(operands);
  const isPendingMeant = options['although-pending'] === true;
  await resolveRefund(client, tables, refund, { note, isPendingMeant }, Date.now());
  console.log(`Resolved ${refund.returnRequestId}. A success that is still reported raises PaidTwice.`);
}

async function republishRequests(target: Target, options: Options, operands: string[]): Promise<void> {
  const order = { storeId: identifier('store', options.store), orderNo: identifier('order', options.order) };
  const returnRequestId = options.refund === undefined ? undefined : refundIdIn(options.refund);
  refuseExtra(operands);
  const { bus, destroy } = busOf(target);
  try {
    for await (const done of republish(target.client, target.tables, bus, order, { returnRequestId })) {
      const what = done.eventId === undefined ? `left out: ${done.obstacle}` : `published as ${done.eventId}`;
      console.log(`${done.returnRequestId} ${what}.`);
    }
  } finally {
    destroy();
  }
}

function refundOf(options: Options): RefundId {
  return {
    storeId: identifier('store', options.store),
    orderNo: identifier('order', options.order),
    returnRequestId: refundIdIn(options.refund),
  };
}

function refundIdIn(value: string | undefined): string {
  if (value === undefined || !new RegExp(returnRequestIdPattern).test(value)) {
    throw new UsageError(
      '--refund must be the returnRequestId of a cancellation, such as RETREQ and 26 more characters.',
    );
  }
  return value;
}

function statusOf(value: string | undefined): ExecutionStatus {
  const status = executionStatuses.find((one) => one === value);
  if (status === undefined) throw new UsageError(`--status must be one of ${executionStatuses.join(', ')}.`);
  return status;
}

const maxNoteLength = 500;

/** Without characters that a terminal acts on, or that nobody sees. */
const notePattern = new RegExp(`^[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${maxNoteLength}}$`, 'u');

function noteOf(value: string | undefined): string {
  if (value === undefined || !notePattern.test(value)) {
    throw new UsageError(`--note must be 1 to ${maxNoteLength} characters in one line, none of them invisible.`);
  }
  return value;
}
