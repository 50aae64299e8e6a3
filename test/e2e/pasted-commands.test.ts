import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { demoExamples, demoStore } from '../../tools/local/demo.ts';
import { curlCommand } from '../../tools/local/curl.ts';
import { assemblyOf } from '../support/assemblies.ts';
import { projectRoot } from '../support/run-node.ts';
import { type RunningLocal, startLocal } from '../support/start-local.ts';

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const defaultUrl = 'http://127.0.0.1:3000';

/** A command as a person pastes it, and what it prints if it did what its text says. */
interface Pasted {
  readonly command: string;
  readonly prints: RegExp;
}

const [fullOrder, itemLevel, partialAmount] = demoExamples;

/** What a cancellation or a detail prints, the first time and every later time. */
const success = (orderNo: string | undefined) => new RegExp(`^{"resultCode":"0".*"orderNo":"${orderNo}"`, 'm');

/** Every command that README.md and npm start show, in their sequence. */
function commandsOf({ url, output }: RunningLocal): Pasted[] {
  const shell = [...readme.matchAll(/```sh\n([^`]*curl[^`]*)```/g)].map(([, text = '']) => text);
  const named = [...readme.matchAll(/`(npm run cancel -- [^`]+)`/g)].map(([, text = '']) => text);
  const printed = [...output().matchAll(/^(?:BODY=[^\n]*\n(?: *(?:curl|-).*\n)+|(?:\w+=\S+ )?npm run .*)/gm)];
  const all = [...shell, ...named.map((text) => `${text} --url ${url}`), ...printed.map(([text]) => text)];
  return all.map((text) => ({ command: text.replaceAll(defaultUrl, url), prints: purposeOf(text) }));
}

function purposeOf(text: string): RegExp {
  if (text.includes('npm run cancel')) return /^(Canceled|Was canceled before): 50000 KRW of order ORD20251224004/m;
  if (text.includes('show-order')) return /"orderNo": "ORD20251224004"/;
  if (text.includes('list-refunds')) return /^/;
  if (text.includes('npm run event')) return /^Sent payment\.captured\.v1 payment-7001\.captured\.$/m;
  if (text.includes('audit')) return /: all sound\.$/m;
  if (text.includes('smoke')) return /^All responses of .* are right\./m;
  const orderNo = /"orderNo":"(\w+)"/.exec(text)?.[1];
  return success(orderNo);
}

/** Runs a command in a shell, as a person does. */
async function paste(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd: projectRoot, timeout: 60_000 });
  return stdout;
}

describe('the commands that are shown', () => {
  test('README.md shows the command that npm start prints for the first example', () => {
    expect(readme).toContain(curlCommand(defaultUrl, demoStore, JSON.stringify(fullOrder?.request)));
  });

  test.each<[string, (commands: Pasted[]) => Pasted[]]>([
    ['as they are shown', (commands) => commands],
    ['from the last to the first', (commands) => commands.toReversed()],
    [
      'every second one first',
      (commands) => commands.toSorted((one, other) => parity(commands, one) - parity(commands, other)),
    ],
  ])('each do what their text says, %s', async (_order, ordered) => {
    const local = await startLocal(['--assembly', assemblyOf('dev')]);
    try {
      const commands = commandsOf(local);
      expect(commands.length).toBe(13);
      for (const { command, prints } of ordered(commands)) expect(await paste(command)).toMatch(prints);
    } finally {
      await local.interrupt();
    }
  });

  test('use four different orders', () => {
    const orderNos = [fullOrder, itemLevel, partialAmount].map((example) => example?.request.orderNo);
    expect(new Set([...orderNos, 'ORD20251224004']).size).toBe(4);
  });
});

function parity(commands: readonly Pasted[], command: Pasted): number {
  return commands.indexOf(command) % 2;
}
