import type { Executor, ExecutorParts, PspAnswer, RequestEvent, TableRow } from '../../tools/conformance/executor.ts';

export interface ExecutorRow extends TableRow {
  readonly event: RequestEvent;
  readonly sequence: number;
  readonly answer?: PspAnswer;
}

export function createExecutor({ psp, table, report, now }: ExecutorParts<ExecutorRow>): Executor {
  const say = async (row: ExecutorRow, answer: PspAnswer) => {
    const sequence = row.sequence + 1;
    if (!(await table.put({ ...row, version: row.version + 1, sequence, answer }))) throw new Error('lost a race');
    await send({ ...row, sequence, answer });
  };
  const send = async ({ event, sequence, answer }: ExecutorRow) => {
    if (answer === undefined) return;
    const { storeId, orderNo, returnRequestId, attempt, currencyCode, amount } = event.data;
    await report({
      specversion: '1.0',
      id: `${returnRequestId}-${attempt}-${sequence}`,
      source: 'refund-executor',
      type: 'executor.report.v1',
      time: new Date(now()).toISOString(),
      data: {
        storeId,
        orderNo,
        returnRequestId,
        attempt,
        sequence,
        status: answer.status,
        currencyCode,
        amount,
        ...(answer.status === 'FAILED' ? { failureReason: answer.code ?? 'DECLINED' } : {}),
        ...(answer.pspReference ? { pspReference: answer.pspReference } : {}),
      },
    });
  };
  return {
    async handle(event) {
      const { returnRequestId, attempt, kind, currencyCode, amount } = event.data;
      const id = `${returnRequestId}-${attempt}`;
      const known = await table.get(id);
      if (known?.answer) return await send(known);
      const row = known ?? { id, version: 1, event, sequence: 0 };
      if (!known && !(await table.put(row))) throw new Error('lost a race');
      const call = { idempotencyKey: id, reference: id, payment: event.subject, currencyCode, amount };
      await say(row, kind === 'VOID' ? await psp.release(call) : await psp.refund(call));
    },
    async notice({ reference, ...answer }) {
      const row = await table.get(reference);
      if (row === undefined) throw new Error('not yet');
      await say(row, answer);
    },
  };
}
