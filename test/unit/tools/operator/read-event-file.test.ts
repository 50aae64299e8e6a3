import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEventFile } from '../../../../tools/operator/read-event-file.ts';
import { projectRoot } from '../../../support/run-node.ts';
import { reportEventWith } from '../../../support/refunds.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-events-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const examples = join(projectRoot, 'examples/events');
const captured = readFileSync(join(examples, 'captured.json'), 'utf8');

function fileWith(text: string): string {
  const file = join(folder, 'events.json');
  writeFileSync(file, text);
  return file;
}

describe('an event file', () => {
  test.each(readdirSync(examples))('examples/events/%s is accepted', (name) => {
    const ids = readEventFile(join(examples, name)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });

  test('may hold the reports of an executor, too', () => {
    const report = reportEventWith();
    expect(readEventFile(fileWith(JSON.stringify([report, report])))).toEqual([report, report]);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'amount: 1', ' is not valid JSON.'],
    ['no event', '[]', ' must hold one event, or an array of 1 to 1000 events.'],
    ['too many', `[${Array(1001).fill('{}').join()}]`, ' must hold one event, or an array of 1 to 1000 events.'],
    ['nothing', 'null', ': /source must be payment-platform, or refund-executor for a report.'],
    ['an event of this service', '{"source":"payment-cancel"}', ': /source must be payment-platform, or'],
    ['another amount', captured.replace('106000', '106001'), ': /data/amount is not the total of /data/order/items.'],
    ['an unknown type', captured.replace('captured.v1', 'captured.v9'), ': /type must be'],
    [
      'a bad one among others',
      `[${captured}, ${captured.replace('106000', '1')}]`,
      ', event 2: /data/amount is not the total of /data/order/items.',
    ],
    [
      'an amount with more digits than a double holds',
      captured.replace('"amount": 106000', '"amount": 106000.0000000000001'),
      ' cannot be read exactly: /data/amount has more than 15 significant digits.',
    ],
    ['a report without its data', '{"source":"refund-executor"}', ': / must have required property'],
  ])('with %s is refused in one line', (_what, text, problem) => {
    const file = fileWith(text);
    expect(() => readEventFile(file)).toThrow(`The event file ${file}${problem}`);
  });

  test('that is not there is named', () => {
    expect(() => readEventFile(join(folder, 'none.json'))).toThrow('none.json cannot be read (ENOENT).');
  });
});
