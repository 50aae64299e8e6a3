import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { retryWindowMs } from '../../../../lambda/domain/idempotency.ts';
import { headersOf, itemOf, requestOf } from '../../../../tools/in-memory/requests.ts';
import { demoStore } from '../../../../tools/local/demo.ts';
import { type CancelCommand, serveCancelCommand } from '../../../support/cancel-command.ts';
import type { Run } from '../../../support/run-node.ts';

const request = requestOf([itemOf({ amount: 1000 })]);
const text = JSON.stringify(request);
const before =
  'Was canceled before: 1000 KRW of order ORD20251224001. This is the first response again; nothing was canceled twice.';

let command: CancelCommand;

beforeEach(async () => {
  command = await serveCancelCommand();
});
afterEach(() => command.close());

describe('npm run cancel, where the same is canceled again', () => {
  test('cancels the same content once, however it is written, and once more with a new key', async () => {
    const first = await command.cancel(text);
    const again = await command.cancel(JSON.stringify(request, null, 2).replace(/1000\b/, '1000.0'));
    const more = await command.cancel(text, '--idempotency-key', 'once-more');
    expect([first, again, more].map(headlineOf)).toEqual([
      'Canceled: 1000 KRW of order ORD20251224001.',
      before,
      'Canceled: 1000 KRW of order ORD20251224001.',
    ]);
    expect(first.stdout).toContain('idempotency key   none: the content of the request identifies the cancellation\n');
    expect(more.stdout).toContain('idempotency key   once-more\n');
    expect(command.service.records.size).toBe(2);
  });

  test('finds canceled what another program has sent without a key', async () => {
    const headers = headersOf(text, {}, demoStore);
    const sent = await fetch(`${command.served.url}/api/v2/payment/cancel`, { method: 'POST', headers, body: text });
    expect(sent.status).toBe(200);
    expect(headlineOf(await command.cancel(text))).toBe(before);
    expect(command.service.records.size).toBe(1);
  });

  test('cancels nothing after the time for retries, and says how the same would be canceled once more', async () => {
    await command.cancel(text);
    command.service.nowMs += retryWindowMs + 1;
    const { exitCode, stderr } = await command.cancel(text);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Refused with 409 EBP-C-0005: The cancellation was already made\.\n/);
    expect(stderr).toMatch(/ {2}X-Idempotency-Key {3}DUPLICATE_CANCELLATION\n.*RETREQ\w+/);
    expect(stderr).toContain('Only to cancel the same once more: give a new key with --idempotency-key.');
    expect(command.service.records.size).toBe(1);
  });
});

describe('npm run cancel --if-match', () => {
  test.each([
    ['with its quotes', '"ORD20251224001.1"'],
    ['without the quotes, which a shell takes away', 'ORD20251224001.1'],
    ['as any', '*'],
  ])('cancels the state that is given %s', async (_how, etag) => {
    const { exitCode, stdout } = await command.cancel(text, '--if-match', etag);
    expect([exitCode, /ETag.*/.exec(stdout)?.[0]]).toEqual([0, 'ETag              "ORD20251224001.2"']);
  });

  test('cancels nothing in another state: it prints the present ETag, and ends with 1', async () => {
    await command.cancel(text);
    const late = ['--if-match', 'ORD20251224001.1', '--idempotency-key', 'late'];
    const { exitCode, stdout, stderr } = await command.cancel(text, ...late);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^Refused with 412 EBP-C-0004: The order has changed\. Nothing was canceled by this request\.\n/,
    );
    expect(stderr).toContain('  If-Match   ORDER_CHANGED\n');
    expect(stderr).toContain('ETag              "ORD20251224001.2"\n');
    expect(stderr).toContain('decide again, and then give the present ETag with --if-match.');
    const json = await command.cancel(text, ...late, '--json');
    expect([json.exitCode, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { outcome: 'ORDER_CHANGED', status: 412, etag: '"ORD20251224001.2"' },
    ]);
  });
});

test('what was certainly not canceled is printed as that, and ends with 75 as what is not known does', async () => {
  const runs: Run[] = [];
  for (const isOpen of [false, true]) {
    command.service.repository.commit = async () => ({ kind: 'UNANSWERED', isOpen });
    runs.push(await command.cancel(text, '--json'));
  }
  expect(runs.map(({ exitCode, stdout }) => [exitCode, JSON.parse(stdout) as object])).toMatchObject([
    [75, { outcome: 'UNAVAILABLE', status: 503, isRetryable: true }],
    [75, { outcome: 'UNKNOWN', status: 503, isRetryable: true }],
  ]);
});

function headlineOf({ stdout }: Run): string {
  return stdout.split('\n', 1)[0] ?? '';
}
