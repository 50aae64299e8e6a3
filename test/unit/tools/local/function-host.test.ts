import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FunctionHost, FunctionTimeout, startFunction } from '../../../../tools/local/function-host.ts';
import type { DeployedFunction } from '../../../../tools/local/template.ts';
import { projectRoot, runNode } from '../../../support/run-node.ts';

const started: FunctionHost[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-function-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(async (host) => await host.stop()));
  rmSync(folder, { recursive: true });
});

/** A function of this code, deployed. */
function deployedOf(code: string, overrides: Partial<DeployedFunction> = {}): DeployedFunction {
  const codeFile = join(folder, 'index.js');
  writeFileSync(codeFile, code);
  return { name: 'Handler', codeFile, export: 'handler', timeoutMs: 5000, environment: {}, ...overrides };
}

async function start(code: string, overrides: Partial<DeployedFunction> = {}): Promise<FunctionHost> {
  const host = await startFunction(deployedOf(code, overrides), { AWS_REGION: 'us-east-1' });
  started.push(host);
  return host;
}

describe('the function on localhost', () => {
  test('gets the event, and its result is returned', async () => {
    const host = await start('exports.handler = async (event) => ({ statusCode: 200, body: event.body });');
    expect(await host.invoke({ body: '홍길동' })).toEqual({ statusCode: 200, body: '홍길동' });
  });

  test("has the template's environment and the runtime's, and nothing else", async () => {
    const host = await start('exports.handler = async () => process.env;', { environment: { ORDERS_TABLE: 'orders' } });
    expect(await host.invoke({})).toEqual({ AWS_REGION: 'us-east-1', ORDERS_TABLE: 'orders' });
  });

  test('knows its name and the time that remains', async () => {
    const host = await start(
      'exports.handler = async (_event, context) => [context.functionName, context.getRemainingTimeInMillis()];',
      { timeoutMs: 60_000 },
    );
    const [name, remainingMs] = (await host.invoke({})) as [string, number];
    expect(name).toBe('Handler');
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(60_000);
  });

  test('returns each result to its own invocation', async () => {
    const host = await start(`
      const waiting = [];
      exports.handler = (event) => new Promise((resolve) => {
        waiting.push(() => resolve(event));
        if (waiting.length === 3) waiting.toReversed().forEach((end) => end());
      });`);
    expect(await Promise.all([1, 2, 3].map(async (event) => await host.invoke(event)))).toEqual([1, 2, 3]);
  });

  test('runs ten invocations at once, and the eleventh when one has ended', async () => {
    const host = await start(`
      let running = 0;
      const ends = [];
      exports.handler = (event) => new Promise((resolve) => {
        running += 1;
        const most = running;
        ends.push(() => { running -= 1; resolve(most); });
        if (ends.length >= 10) ends.splice(0).forEach((end) => end());
      });`);
    const running = await Promise.all(Array.from({ length: 20 }, async () => await host.invoke({})));
    expect(running).toEqual([...running.keys()].map((index) => (index % 10) + 1));
  });

  test('fails with the name of its error alone', async () => {
    const host = await start(`exports.handler = async () => { throw new TypeError('account 1234567890'); };`);
    await expect(host.invoke({})).rejects.toThrow(new Error('TypeError'));
  });

  test('times out', async () => {
    const host = await start('exports.handler = () => new Promise(() => {});', { timeoutMs: 50 });
    await expect(host.invoke({})).rejects.toBeInstanceOf(FunctionTimeout);
  });

  test('is replaced by a new one when it has ended', async () => {
    const host = await start(`exports.handler = async (event) => (event === 'end' ? process.exit(1) : event);`);
    await expect(host.invoke('end')).rejects.toThrow(new Error('The function ended.'));
    expect(await host.invoke('next')).toBe('next');
  });

  test('leaves nobody waiting when it is stopped', async () => {
    const host = await start('exports.handler = () => new Promise(() => {});');
    const invocations = Promise.allSettled(Array.from({ length: 11 }, async () => await host.invoke({})));
    await host.stop();
    const ends = await invocations;
    expect(ends).toEqual(ends.map(() => ({ status: 'rejected', reason: new Error('The function ended.') })));
  });

  test.each([
    [
      'it fails to load',
      `throw new Error('The environment lacks ORDERS_TABLE.');`,
      'The environment lacks ORDERS_TABLE.',
    ],
    ['it has no such export', 'exports.main = () => {};', 'The bundle does not export handler.'],
  ])('does not start when %s', async (_why, code, message) => {
    await expect(start(code)).rejects.toThrow(expect.objectContaining({ message }));
  });

  test.each([
    ['it throws instead of returning a promise', `exports.handler = () => { throw new Error('at once'); };`],
    [
      'something in it throws outside of its promise',
      `exports.handler = () => new Promise(() => { queueMicrotask(() => { throw new Error('aside'); }); });`,
    ],
  ])('fails alone, and the process of the gateway goes on, when %s', async (_why, code) => {
    const script = join(folder, 'main.mjs');
    writeFileSync(
      script,
      `import { startFunction } from ${JSON.stringify(join(projectRoot, 'tools/local/function-host.ts'))};
       const host = await startFunction(${JSON.stringify(deployedOf(code))}, {});
       await host.invoke({}).catch(() => console.log('refused'));
       await host.stop();`,
    );
    expect(await runNode([script])).toMatchObject({ exitCode: 0, stdout: 'refused\n' });
  });
});
