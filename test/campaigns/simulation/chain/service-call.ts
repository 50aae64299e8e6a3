import { aborted, connectionReset, failed, throttled, unauthorized } from '../../../support/dynamodb-errors.ts';
import type { FaultKind } from '../faults.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import type { Deadline } from '../virtual-time.ts';
import type { ChainSurroundings } from './surroundings.ts';

const notOfCalls: ReadonlySet<FaultKind> = new Set<FaultKind>(['CRASH_BEFORE_RESPONSE']);
const hangs: ReadonlySet<FaultKind> = new Set<FaultKind>(['REQUEST_LOST', 'REQUEST_LATE', 'ANSWER_LOST', 'SLOW']);

/**
 * A call to the bus or to a queue. The SDK's retries are left out, but for what they can do to the bus: TAKEN_TWICE. What
 * has left arrives, whatever becomes of its sender.
 * @param effect what the call does when it arrives, and its answer
 */
export async function callService<Output>(
  { time, statistics, trace }: ChainSurroundings,
  caller: Caller,
  what: string,
  deadline: Deadline | undefined,
  effect: (fault: FaultKind | undefined) => Output,
): Promise<Output> {
  const { random } = caller;
  const wire = caller.wires;
  caller.wires += 1;
  statistics.wireCalls += 1;
  const fault = caller.faults.find((each) => each.wire === wire && !notOfCalls.has(each.kind));
  const kind = fault?.kind;
  const choice = fault?.choice ?? 0;
  if (kind !== undefined) increment(statistics.faults, kind);
  trace?.(`${caller.name} wire ${wire} ${what}${kind === undefined ? '' : ` ${kind}`}`);

  return await new Promise((resolve, reject) => {
    if (caller.isDead) return;
    const settle = (settled: () => void) => {
      if (!caller.isDead) settled();
    };
    if (kind !== undefined && hangs.has(kind) && deadline !== undefined) {
      time.after(deadline.atMs - time.nowMs, () => settle(() => reject(aborted())));
    }
    if (kind === 'CRASH_BEFORE_REQUEST') {
      caller.crash();
      return;
    }
    if (kind === 'REQUEST_LOST') return;
    const answer = (settled: () => void) => time.after(random.between(1, 6), () => settle(settled));
    if (kind === 'REQUEST_RESET') answer(() => reject(connectionReset()));
    else if (kind === 'THROTTLED') answer(() => reject(throttled(choice)));
    else if (kind === 'SERVER_ERROR') answer(() => reject(failed(choice)));
    else if (kind === 'CREDENTIALS_REFUSED') answer(() => reject(unauthorized(choice)));
    else {
      const extraMs = kind === 'SLOW' ? 1 + (choice % 900) : kind === 'REQUEST_LATE' ? 1 + (choice % 60_000) : 0;
      time.after(random.between(1, 6) + extraMs, () => {
        let output = effect(kind);
        if (kind === 'TAKEN_TWICE') output = effect(kind);
        if (kind === 'ANSWER_LOST') return;
        answer(() => {
          if (kind === 'CRASH_BEFORE_ANSWER') caller.crash();
          else if (kind === 'ANSWER_RESET') reject(connectionReset());
          else if (kind === 'SERVER_ERROR_AFTER_EFFECT') reject(failed(choice));
          else resolve(output);
        });
      });
      if (kind === 'CRASH_AFTER_REQUEST') caller.crash();
    }
  });
}
