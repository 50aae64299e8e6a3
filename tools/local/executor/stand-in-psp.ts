import type { Psp, PspAnswer, PspCall, PspNotice, TableRow } from '../../conformance/executor.ts';
import type { EngineTable } from './engine-table.ts';

/** What the stand-in knows of one refund. */
export interface PspRow extends TableRow {
  readonly answer: PspAnswer;
  /** What it will say a moment later. */
  readonly result: PspAnswer;
}

const settleMs = 1000;

/** Amounts that end in these digits show what else may happen. */
export const failsOnceEnding = 13;
export const failsAlwaysEnding = 14;

export interface StandInPsp extends Psp {
  /** Goes on with what a restart has interrupted. */
  resume(): Promise<void>;
  stop(): void;
}

/**
 * A PSP for localhost: it accepts a refund, and a second later says that it is paid. Of an amount that ends in 13 the
 * first attempt fails, and of one that ends in 14 each.
 */
export function createStandInPsp(table: EngineTable<PspRow>, notify: (notice: PspNotice) => void): StandInPsp {
  const timers = new Set<NodeJS.Timeout>();
  const settleLater = (row: PspRow) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      settle(row).catch(() => settleLater(row));
    }, settleMs);
    timers.add(timer);
  };
  const settle = async (row: PspRow) => {
    await table.put({ ...row, version: 2, answer: row.result });
    notify({ reference: row.id, ...row.result });
  };
  const accept = async (call: PspCall, operation: PspAnswer['operation']): Promise<PspAnswer> => {
    const known = await table.get(call.reference);
    if (known !== undefined) return known.answer;
    const answer: PspAnswer = { operation, status: 'PENDING', pspReference: `local-${call.reference}` };
    const row = { id: call.reference, version: 1, answer, result: resultOf(call, answer) };
    if (await table.put(row)) settleLater(row);
    return answer;
  };
  return {
    refund: async (call) => await accept(call, 'REFUND'),
    release: async (call) => await accept(call, 'RELEASE'),
    find: async (reference) => (await table.get(reference))?.answer,
    async resume() {
      for (const row of await table.all()) if (row.answer.status === 'PENDING') settleLater(row);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function resultOf({ amount, reference }: PspCall, pending: PspAnswer): PspAnswer {
  const ending = Math.trunc(amount) % 100;
  const isFirst = reference.endsWith('-1');
  const fails = ending === failsAlwaysEnding || (ending === failsOnceEnding && isFirst);
  return fails ? { ...pending, status: 'FAILED', code: 'DECLINED_BY_BANK' } : { ...pending, status: 'SUCCEEDED' };
}
