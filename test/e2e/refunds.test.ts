import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CancellationData } from '../../lambda/contract/cancellation-data.ts';
import type { Envelope } from '../../lambda/contract/envelope.ts';
import { cancelPath, detailPath } from '../../lambda/contract/paths.ts';
import type { PaymentDetail } from '../../lambda/detail/payment-detail.ts';
import { headersOf, itemOf, requestOf } from '../../tools/in-memory/requests.ts';
import { demoStore } from '../../tools/local/demo.ts';
import { assemblyOf } from '../support/assemblies.ts';
import { projectRoot } from '../support/run-node.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';

const run = promisify(execFile);
const orderNo = 'ORD20251224003';

let folder: string;
let local: RunningLocal | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-refunds-'));
});
afterEach(async () => {
  await local?.interrupt();
  local = undefined;
  rmSync(folder, { recursive: true });
});

async function start(): Promise<RunningLocal> {
  local = await startLocal(['--assembly', assemblyOf('dev'), '--db-path', join(folder, 'data')]);
  return local;
}

async function post<Data>({ url }: RunningLocal, path: string, request: object): Promise<Data> {
  const body = JSON.stringify(request);
  const response = await fetch(`${url}${path}`, { method: 'POST', headers: headersOf(body, {}, demoStore), body });
  const { data } = (await response.json()) as Envelope<Data>;
  if (data === null) throw new Error(`${path} responded with ${response.status}.`);
  return data;
}

const cancel = async (service: RunningLocal, amount: number) => {
  const { returnRequestId } = await post<CancellationData>(
    service,
    cancelPath,
    requestOf([itemOf({ quantity: 1, amount })], { orderNo }),
  );
  return returnRequestId;
};

const executionsOf = async (service: RunningLocal) => {
  const { cancellations } = await post<PaymentDetail>(service, detailPath, { orderNo });
  return cancellations?.map(({ execution }) => [execution?.status, execution?.attempt, execution?.failureReason]);
};

const admin = async ({ dynamodbEndpoint, eventsEndpoint }: RunningLocal, ...args: string[]) => {
  const env = {
    PATH: process.env['PATH'],
    DYNAMODB_ENDPOINT: dynamodbEndpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: eventsEndpoint,
  };
  return await run(process.execPath, ['bin/admin.ts', ...args], { cwd: projectRoot, env });
};

test('a refund that was asked for is paid, one that failed is retried, and the detail says so', async () => {
  const service = await start();
  const paid = await cancel(service, 500);
  await service.printed(`"eventId":"${paid}-1-2","type":"payment.refund_succeeded.v1"`);
  const failed = await cancel(service, 1013);
  await service.printed(`"eventId":"${failed}-1-2","type":"payment.refund_failed.v1"`);
  expect(await executionsOf(service)).toEqual([
    ['SUCCEEDED', 1, undefined],
    ['FAILED', 1, 'DECLINED_BY_BANK'],
  ]);

  const { stdout } = await admin(service, 'list-refunds', '--status', 'FAILED');
  expect(stdout).toContain(failed);
  const of = ['--store', demoStore.storeId, '--order', orderNo, '--refund', failed];
  await admin(service, 'retry-refund', ...of);
  await service.printed(`"eventId":"${failed}-2-2","type":"payment.refund_succeeded.v1"`);
  expect(await executionsOf(service)).toEqual([
    ['SUCCEEDED', 1, undefined],
    ['SUCCEEDED', 2, undefined],
  ]);

  await expect(admin(service, 'republish', ...of)).rejects.toThrow('was not published: it is SUCCEEDED already');
});

test('a service that is killed goes on where it was: no refund is lost, and none is paid twice', async () => {
  const first = await start();
  const id = await cancel(first, 500);
  await first.printed(`"eventId":"${id}-1-0"`);
  await first.kill();
  const second = await start();
  await second.printed(`"eventId":"${id}-1-2","type":"payment.refund_succeeded.v1"`);
  expect(await executionsOf(second)).toEqual([['SUCCEEDED', 1, undefined]]);
  const { stdout } = await run(process.execPath, ['bin/audit.ts', '--progress', join(folder, 'audit.json')], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'], DYNAMODB_ENDPOINT: second.dynamodbEndpoint },
  });
  expect(stdout).toContain('all sound');
});
