import type { Psp, PspAnswer, PspCall, PspNotice, BankAccount } from '../../../../tools/conformance/executor.ts';
import type { ChainFaults } from './chain-faults.ts';
import type { PlannedCancellation } from './plan.ts';

/** Money that was sent, or an authorization that was released. */
export interface Movement {
  readonly operation: PspAnswer['operation'];
  readonly call: PspCall & { readonly account?: BankAccount };
  readonly acceptedAtMs: number;
  status: PspAnswer['status'];
}

const latestNoticeMs = 50;
/** It cannot be found at once, as at real ones: until then only its key keeps a refund from being sent twice. */
const foundAfterMs = 500;

/** A PSP that knows every key for ever, does what is planned for each refund, and counts what it moves. */
export function createPsp(
  plannedOf: (call: PspCall) => PlannedCancellation,
  faults: ChainFaults,
  notify: (notice: PspNotice) => void,
): Psp & { readonly movements: readonly Movement[] } {
  const movements: Movement[] = [];
  const answers = new Map<string, PspAnswer>();

  const answerOf = ({ operation, call, status }: Movement): PspAnswer => ({
    operation,
    status,
    pspReference: `psp-${call.reference}`,
    ...(status === 'FAILED' ? { code: 'DECLINED_BY_BANK' } : {}),
  });
  const receive = async (operation: PspAnswer['operation'], call: Movement['call']): Promise<PspAnswer> => {
    if (faults.meets('PSP_CALL_LOST', call.payment)) throw new Error('The call was lost.');
    const answer = answers.get(call.idempotencyKey) ?? act(operation, call);
    answers.set(call.idempotencyKey, answer);
    if (faults.meets('PSP_ANSWER_LOST', call.payment)) throw new Error('The answer was lost.');
    return answer;
  };
  const act = (operation: PspAnswer['operation'], call: Movement['call']): PspAnswer => {
    const { order, deed } = plannedOf(call);
    if (operation === 'RELEASE') {
      if (deed.isCaptured) return { operation, status: 'FAILED', code: 'CAPTURED' };
      return move(operation, call, 'SUCCEEDED');
    }
    if (order.refundMethod === 'BANK_ACCOUNT' && call.account === undefined) {
      return { operation, status: 'FAILED', code: 'ACCOUNT_MISSING' };
    }
    const attempt = Number(call.reference.split('-').at(-1));
    const result = attempt <= deed.failures ? 'FAILED' : 'SUCCEEDED';
    if (!deed.isLate && result === 'FAILED') return { operation, status: 'FAILED', code: 'DECLINED_BY_BANK' };
    return move(operation, call, result, deed.isLate);
  };
  const move = (
    operation: PspAnswer['operation'],
    call: Movement['call'],
    result: 'SUCCEEDED' | 'FAILED',
    isLate = false,
  ): PspAnswer => {
    const movement: Movement = { operation, call, acceptedAtMs: Date.now(), status: isLate ? 'PENDING' : result };
    movements.push(movement);
    if (isLate) {
      const ms = (call.amount * 7) % latestNoticeMs;
      setTimeout(() => {
        movement.status = result;
        notify({ ...answerOf(movement), reference: call.reference });
      }, ms);
    }
    return answerOf(movement);
  };

  return {
    movements,
    refund: async (call) => await receive('REFUND', call),
    release: async (call) => await receive('RELEASE', call),
    async find(reference) {
      const movement = movements.find(
        ({ call, acceptedAtMs }) => call.reference === reference && acceptedAtMs + foundAfterMs <= Date.now(),
      );
      return movement && answerOf(movement);
    },
  };
}
