import type { ExecutionRow } from '../../../lambda/dynamodb/refund-items.ts';
import { majorUnits } from '../../support/expected-event.ts';
import type { Random } from '../../support/random.ts';
import { mutatedBytes } from './mutate-bytes.ts';
import { oddNames, oddValue } from './odd-values.ts';
import { type Members, members, nodesOf, slotsOf, textOf, type Tree } from './tree.ts';
import { account } from './world.ts';

/** The body of a message: a report about one of these executions, or what somebody made of it. */
export function reportBody(executions: readonly ExecutionRow[], random: Random): string {
  const text = textOf(reportTree(executions, random), random);
  if (!random.chance(12)) return text;
  const another = () => Buffer.from(textOf(reportTree(executions, random), random));
  return mutatedBytes(Buffer.from(text), random, another).toString('utf8');
}

function reportTree(executions: readonly ExecutionRow[], random: Random): Members {
  const data = dataOf(random.pick(executions), random);
  const detail = members({
    specversion: '"1.0"',
    id: JSON.stringify(random.pick(['report-1', 'a', '\u{1f600}'.repeat(256), 'x'.repeat(256), '\u0000'])),
    source: '"refund-executor"',
    type: '"executor.report.v1"',
    time: JSON.stringify(random.pick(times)),
    data,
    // CloudEvents has more attributes, and executors may have their own.
    subject: random.chance(20) ? JSON.stringify(account.accountNumber) : undefined,
  });
  const body = members({ version: '"0"', 'detail-type': '"executor.report.v1"', source: '"refund-executor"', detail });
  if (random.chance(30)) spoil(body, random);
  return body;
}

const times = [
  '2025-12-30T21:14:14Z',
  '2025-12-30T21:14:14.909123456Z',
  '2025-12-30T21:14:14+09:00',
  '2025-12-30T21:14:14.5-11:30',
];

function dataOf({ orderKey, rid, att, seq, cur, a }: ExecutionRow, random: Random): Members {
  const [storeId, orderNo] = orderKey.split('/');
  const status = random.pick(['PENDING', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'FAILED']);
  const near = (number: bigint) => Math.max(1, Number(number) + random.pick([0, 0, 0, 1, 1, 2, -1]));
  return members({
    storeId: JSON.stringify(random.chance(97) ? storeId : 'STORE-9'),
    orderNo: JSON.stringify(orderNo),
    returnRequestId: JSON.stringify(random.chance(96) ? rid : `RETREQ${'Z'.repeat(26)}`),
    attempt: String(random.chance(80) ? att : near(att)),
    sequence: String(near(seq)),
    status: JSON.stringify(status),
    currencyCode: JSON.stringify(random.chance(94) ? cur : random.pick(['USD', 'KRW', 'EUR'])),
    amount: amountOf(majorUnits(a, cur), random),
    failureReason: status === 'FAILED' && random.chance(70) ? random.pick(reasons) : undefined,
    pspReference: random.chance(30) ? random.pick(['"psp-1"', '"!~"', `"${'p'.repeat(128)}"`]) : undefined,
    settlement: status === 'SUCCEEDED' && random.chance(20) ? random.pick(['"VOIDED"', '"REFUNDED"']) : undefined,
    paidTo: random.chance(20) ? JSON.stringify(account) : undefined,
  });
}

const reasons = ['"ACCOUNT_CLOSED"', '"A"', '"A_1"', `"${'A'.repeat(64)}"`];

function amountOf(amount: number, random: Random): string {
  if (random.chance(90)) return String(amount);
  return random.pick([
    String(amount + 1),
    `${amount}e0`,
    String(-amount),
    `${amount}.5`,
    `${amount}.0000`,
    '1e400',
    '0.1',
  ]);
}

/** What a careless executor sends in the place of a field, an account among it. */
const carelessValues = [
  JSON.stringify(account.accountNumber),
  JSON.stringify(account.accountHolderName),
  JSON.stringify(account),
  JSON.stringify(`paid to ${account.accountNumber}`),
  '"SUCCESS"',
  '"failed"',
  '"RESOLVED"',
  '"REQUESTED"',
  '"refund_executor"',
  '"1.1"',
  '"2025-12-30 21:14:14"',
  '"2025-12-30T21:14Z"',
  '"account closed"',
  '0',
  '1000000',
  '1000001',
  '1.5',
  '"1"',
  '[1]',
];

/** Makes a body what a careless sender would make of it. */
export function spoil(body: Members, random: Random): void {
  for (let count = random.pick([1, 1, 2, 4]); count > 0; count -= 1) {
    const slots = slotsOf(body);
    const node = random.pick(nodesOf(body)) as Partial<Members> & Tree;
    switch (random.below(6)) {
      case 0:
        if (typeof node !== 'string' && 'members' in node && node.members.length > 0) {
          node.members.splice(random.below(node.members.length), 1);
        }
        break;
      case 1:
        if (typeof node !== 'string' && 'members' in node) {
          node.members.push([random.pick(oddNames), oddValue(random)]);
        }
        break;
      case 2:
        if (typeof node !== 'string' && 'members' in node && node.members.length > 0) {
          // The same name twice: the last one counts.
          const [name] = random.pick(node.members);
          node.members.push([name, random.pick(carelessValues)]);
        }
        break;
      case 3:
        random.pick(slots).replace(oddValue(random));
        break;
      default:
        random.pick(slots).replace(random.pick(carelessValues));
    }
  }
}
