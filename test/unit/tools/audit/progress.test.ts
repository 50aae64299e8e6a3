import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadProgress, newProgress, saveProgress } from '../../../../tools/audit/progress.ts';

const audited = { place: 'stage prod', identity: 'arn 1' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-test-'));
  file = join(folder, 'progress.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a progress file', () => {
  test('is read as it was saved, with the time of saving', () => {
    const progress = newProgress(audited, 2);
    progress.orders[0] = { isDone: false, cursor: { orderKey: 'S/1' } };
    progress.counts.violations = 1;
    progress.violations.push('VIOLATION S/1: something');
    saveProgress(file, progress, 1234);
    expect(loadProgress(file, audited)).toEqual({ ...progress, savedAtMs: 1234 });
  });

  test('that is not there is no progress', () => {
    expect(loadProgress(file, audited)).toBeUndefined();
  });

  test.each([
    [{ ...audited, place: 'stage dev' }, 'is not the progress of an audit of stage dev'],
    [{ ...audited, identity: 'arn 2' }, 'is the progress of an audit of tables that others have replaced since'],
  ])('of other tables is refused: %j', (others, problem) => {
    saveProgress(file, newProgress(audited, 2), 1234);
    expect(() => loadProgress(file, others)).toThrow(
      new Error(`${file} ${problem}: name another with --progress, or start anew with --restart.`),
    );
  });

  test.each([
    ['of the first version', { of: audited, savedAtMs: 1, orders: [{ isDone: true }], counts: {} }],
    ['of a later version', { ...newProgress(audited, 2), version: 3 }],
  ])('%s is refused in one line', (_name, content) => {
    writeFileSync(file, JSON.stringify(content));
    expect(() => loadProgress(file, audited)).toThrow(
      new Error(
        `${file} is the progress of an audit of another version: ` +
          'name another with --progress, or start anew with --restart.',
      ),
    );
  });

  test.each([
    ['is empty', ''],
    ['is not JSON', '{'],
    ['is of something else', '{"name":"payment-cancel"}'],
    ['names no tables', JSON.stringify({ ...newProgress(audited, 2), of: { place: audited.place } })],
    ['has a listing that is none', JSON.stringify({ ...newProgress(audited, 1), refunds: { failed: [] } })],
    [
      'has a cursor that is none',
      JSON.stringify({ ...newProgress(audited, 1), orders: [{ isDone: false, cursor: 1 }] }),
    ],
  ])('that %s is refused', (_name, text) => {
    writeFileSync(file, text);
    expect(() => loadProgress(file, audited)).toThrow('is not the progress of an audit of stage prod');
  });

  test('that cannot be read is reported with the option that names another', () => {
    mkdirSync(file);
    expect(() => loadProgress(file, audited)).toThrow(
      expect.objectContaining({ message: `The progress file ${file} cannot be read: name another with --progress.` }),
    );
  });

  test('that cannot be written is reported with the option that names another', () => {
    const nowhere = join(folder, 'nowhere', 'progress.json');
    expect(() => saveProgress(nowhere, newProgress(audited, 1), 0)).toThrow(
      expect.objectContaining({
        message: `The progress file ${nowhere} cannot be written (ENOENT): name another with --progress.`,
      }),
    );
  });
});
