import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleText, itemOf, requestOf, store } from '../../../../tools/in-memory/requests.ts';
import { type CancelCommand, serveCancelCommand } from '../../../support/cancel-command.ts';
import { runNode } from '../../../support/run-node.ts';
import { serveHandler } from '../../../support/serve-handler.ts';

const keyMessage =
  '--idempotency-key must be 1 to 128 printable ASCII characters without a comma, and without spaces around them.';

let command: CancelCommand;

beforeEach(async () => {
  command = await serveCancelCommand();
});
afterEach(() => command.close());

const cancel = async (text: string, ...options: string[]) => await command.cancel(text, ...options);

describe('npm run cancel', () => {
  test('prints what was canceled, line by line, with its totals and its ids', async () => {
    const { exitCode, stdout, stderr } = await cancel(exampleText('full-order', 'request'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(`Canceled: 106000 KRW of order ORD20251224001.

  line 1     P001   2 x 50000   100000 KRW   tax 10000
  line 2     P002   1 x 3000    3000 KRW     tax 0
  line 3     P003   1 x 3000    3000 KRW     tax 0
  products                      106000 KRW   tax 10000
  delivery                      0 KRW        tax 0

returnRequestId   RETREQ`);
    expect(stdout).toContain(`requestId         ${command.served.events[0]?.requestContext.requestId}\n`);
    expect(stdout).toMatch(/\nresponded at      2025-12-30T21:14:13\.909Z\n/);
  });

  test('prints the tax that was canceled where the request left it out', async () => {
    const item = itemOf({ seq: 1, itemId: 'P001', amount: 50_000 });
    const { stdout } = await cancel(JSON.stringify(requestOf([item])));
    expect(stdout).toContain(`
  line 1     P001   1 x 50000   50000 KRW
  products                      50000 KRW   tax 5000
`);
  });

  test('prints what remains of each line, after a replay as well', async () => {
    const request = JSON.stringify(requestOf([itemOf({ amount: 1000 })]));
    const first = await cancel(request);
    const remaining = `
Remaining of the order, which is PARTIALLY_CANCELED:

  line 1   P001   2 of 2   100000 KRW   tax 10000
  line 2   P002   1 of 1   3000 KRW     tax 0
  line 3   P003   1 of 1   2000 KRW     tax 0

ETag              "ORD20251224001.2"
`;
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain(remaining);
    expect((await cancel(request)).stdout).toContain(remaining);
  });

  test('says so where what remains cannot be read, and still ends with 0: it is canceled', async () => {
    const withoutDetail = await serveHandler(command.service);
    const url = ['--url', withoutDetail.url];
    const run = await runNode(['bin/cancel.ts', command.fileWith(exampleText('full-order', 'request')), ...url]);
    const json = await runNode([
      'bin/cancel.ts',
      command.fileWith(exampleText('full-order', 'request')),
      '--json',
      ...url,
    ]);
    await withoutDetail.close();
    const why = 'The order was not returned. The response (403) is not the envelope of the service: is the url right?';
    expect([run.exitCode, json.exitCode]).toEqual([0, 0]);
    expect(run.stdout).toMatch(/^Canceled: 106000 KRW/);
    expect(run.stderr).toContain(`\nWhat remains is not known. ${why}\n`);
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: 'REPLAYED',
      remaining: null,
      whyRemainingIsUnknown: why,
    });
  });

  test('prints the time in the zone that it is given', async () => {
    const { stdout } = await cancel(exampleText('full-order', 'request'), '--time-zone', 'Asia/Seoul');
    expect(stdout).toContain('responded at      2025-12-31T06:14:13.909+09:00\n');
  });

  test('reads the request from standard input', async () => {
    const running = promisify(execFile)(process.execPath, ['bin/cancel.ts', '-', '--url', command.served.url]);
    running.child.stdin?.end(exampleText('full-order', 'request'));
    expect((await running).stdout).toMatch(/^Canceled: 106000 KRW/);
  });

  test('prints a refusal with each place, why, and what remains', async () => {
    const { exitCode, stdout, stderr } = await cancel(JSON.stringify(requestOf([itemOf({ quantity: 2 })])));
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(
      /^Refused with 400 EBP-C-0004: The cancellation is not possible\. Nothing was canceled by this request\. POST \/api\/v2\/payment\/detail returns what can still be canceled\.\n\n/,
    );
    expect(stderr).toContain(
      '  /items/0/quantity   QUANTITY_EXCEEDS_REMAINING\n    quantity is more than the 1 left of the line. Left of line 3 (P003):',
    );
  });

  test('prints what the schema refuses, and sends nothing', async () => {
    const { exitCode, stderr } = await cancel('{"orderNo":"A","totalCancelAmount":1,"totalCancelAmount":2}');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('/totalCancelAmount   FIELD_REPEATED');
    expect(command.served.events).toEqual([]);
  });

  test.each<[string, string, object]>([
    [
      'CANCELED',
      exampleText('full-order', 'request'),
      {
        isReplay: false,
        etag: '"ORD20251224001.2"',
        remaining: [{ remainingQuantity: 0 }, {}, {}],
        remainingEtag: '"ORD20251224001.2"',
      },
    ],
    ['REFUSED', JSON.stringify(requestOf([itemOf()], { orderNo: 'NONE' })), { status: 404, resultCode: 'EBP-Z-0002' }],
    ['INVALID', '{}', { attempts: 0, errors: expect.any(Array) }],
    ['INVALID', 'no JSON', { attempts: 0, errors: [], message: expect.stringContaining('must hold one JSON object') }],
  ])('prints one JSON object for machines: %s', async (outcome, text, more) => {
    const { stdout, stderr } = await cancel(text, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ outcome, ...more });
    expect(stderr).toBe('');
  });

  test.each<[string[], string]>([
    [['no-such-file.json'], 'no-such-file.json cannot be read: no such file or directory.'],
    [[], 'FILE.json is missing. See npm run cancel -- --help.'],
    [['a', '--ric', 'USA'], '--ric must be KIC, AIC or EIC, not USA.'],
    [['a', '--time-zone', 'Mars/X'], 'timeZone must be an IANA time zone such as Asia/Seoul.'],
    [['a', '--idempotency-key', '취소'], keyMessage],
    [['a', '--idempotency-key', ' a'], keyMessage],
    [['a', '--idempotency-key', 'a,b'], keyMessage],
    [['a', '--if-match', 'ORD-1'], '--if-match must be * or the ETag of an order, such as ORD-1.3.'],
  ])('prints one JSON object for machines also where its arguments are wrong: %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await runNode(['bin/cancel.ts', '--json', ...args]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ outcome: 'INVALID', message, errors: [], isRetryable: false, attempts: 0 });
  });

  test('takes a store of your own, its hash key from the environment', async () => {
    const own = await serveCancelCommand(store);
    const args = ['--key', store.accessKey, '--store', store.storeId, '--division', store.divisionCode];
    const env = { PAYMENT_CANCEL_HASH_KEY: store.hashKey };
    const run = await runNode(
      [
        'bin/cancel.ts',
        own.fileWith(exampleText('full-order', 'request')),
        ...args,
        '--channel',
        'ONLINE',
        '--url',
        own.served.url,
      ],
      env,
    );
    await own.close();
    expect(run).toMatchObject({ exitCode: 0, stderr: `At ${own.served.url}\n` });
    expect(run.stdout).not.toContain(store.hashKey);
  });

  test('ends with 75 where the service is not there: the same command may be run again', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const file = command.fileWith(exampleText('full-order', 'request'));
    const url = `http://127.0.0.1:${port}`;
    const { exitCode, stderr } = await runNode(['bin/cancel.ts', file, '--url', url]);
    expect(exitCode).toBe(75);
    expect(stderr).toBe(`At ${url}
Nothing was canceled. The connection failed (ECONNREFUSED).

Run the same command again.
`);
  });

  test.each<[string[], string]>([
    [[], 'FILE.json is missing.'],
    [['a', 'b'], 'b is not understood here.'],
    [['no-such-file.json'], 'no-such-file.json cannot be read: no such file or directory.'],
    [['lib'], 'lib cannot be read: illegal operation on a directory.'],
    [['a', '--time-zone', 'Mars/X'], 'timeZone must be an IANA time zone such as Asia/Seoul.'],
    [['README.md'], 'README.md must hold one JSON object'],
    [['/dev/zero'], '/dev/zero is larger than the 65536 bytes'],
    [['a', '--hash-key', 'b'], "Unknown option '--hash-key'"],
    [['a', '--url', 'here'], '--url must be a URL such as'],
    [['a', '--url', 'https://api.example'], 'The demo store exists only on localhost'],
    [['a', '--key', 'k'], 'A store needs --key, --store, --division and --channel.'],
    [['a', '--key', 'k', '--store', 's', '--division', 'd', '--channel', 'c'], 'PAYMENT_CANCEL_HASH_KEY must hold'],
    [['a', '--ric', 'USA'], '--ric must be KIC, AIC or EIC, not USA.'],
    [['a', '--language', 'fr'], '--language must be en or ko, not fr.'],
    [['a', '--currency', 'K R'], 'currencyCode must be'],
  ])('%j fails with one line', async (args, message) => {
    const { exitCode, stdout, stderr } = await runNode(['bin/cancel.ts', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`Error: ${message}`)]);
  });
});
