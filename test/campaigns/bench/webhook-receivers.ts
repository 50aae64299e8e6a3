import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';

// A thread with the receivers of a merchant: what a path is called says how it answers. It posts its port, and then
// how many calls of each path were open at once, at most, whenever it is asked.

const openNow = new Map<string, number>();
const openAtMost = new Map<string, number>();

const chunk = Buffer.alloc(16 * 1024);

/** As a network would let it: on localhost, megabytes would arrive before anybody can say that it is enough. */
async function send300Mb(response: ServerResponse): Promise<void> {
  response.writeHead(200);
  for (let left = 300_000_000; left > 0 && !response.destroyed; left -= chunk.length) {
    response.write(chunk);
    await sleep(5);
  }
}

const answers: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  '/good': async (response) => {
    await sleep(30);
    response.writeHead(204).end();
  },
  '/hangs': () => undefined,
  '/slow': async (response) => {
    await sleep(9000);
    response.writeHead(200).end();
  },
  '/large': send300Mb,
};

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const open = (openNow.get(path) ?? 0) + 1;
  openNow.set(path, open);
  openAtMost.set(path, Math.max(open, openAtMost.get(path) ?? 0));
  response.once('close', () => openNow.set(path, (openNow.get(path) ?? 0) - 1));
  request.resume();
  void answers[path]?.(response);
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
parentPort?.on('message', () => {
  parentPort?.postMessage(Object.fromEntries(openAtMost));
  openAtMost.clear();
});
