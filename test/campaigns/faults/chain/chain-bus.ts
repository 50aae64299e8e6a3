import type { ReportEvent } from '../../../../lambda/events/execution-report.ts';
import { serviceSource } from '../../../../lambda/events/event-names.ts';
import type { RefundEvent } from '../../../../lambda/events/refund-event.ts';
import type { BusEvent, EventPattern } from '../../../../tools/local/events/event-pattern.ts';
import { type Entry, LocalBus } from '../../../../tools/local/events/local-bus.ts';
import type { ChainFaults } from './chain-faults.ts';
import type { UnderWay } from './under-way.ts';

const latestMs = 300;

/** A bus that refuses entries, and delivers what it has taken doubled, late, and so in any sequence. */
export class ChainBus extends LocalBus {
  /** The texts of events that it has taken, by their ids, as often as each was taken. */
  readonly taken = new Map<string, string[]>();
  /** The texts of all other events. */
  readonly others: string[] = [];
  /** Cancellations whose end was published. */
  readonly finished = new Set<string>();
  readonly #faults: ChainFaults;
  readonly #underWay: UnderWay;

  constructor(name: string, faults: ChainFaults, underWay: UnderWay) {
    super(name);
    this.#faults = faults;
    this.#underWay = underWay;
  }

  override put(entry: Entry): object {
    if (this.#faults.meets('BUS_REFUSES', aboutOf(entry.Detail))) {
      return { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
    }
    const result = super.put(entry);
    if ('EventId' in result) this.#note(entry);
    return result;
  }

  override subscribe(pattern: EventPattern, deliver: (event: BusEvent) => void): void {
    super.subscribe(pattern, (event) => {
      const about = aboutOf(JSON.stringify(event.detail));
      const copies = this.#faults.meets('DELIVERED_TWICE', about) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        this.#underWay.begins();
        const late = this.#faults.draw('DELIVERED_LATE', about);
        if (late === undefined) deliver(event);
        else setTimeout(() => deliver(event), late * latestMs);
      }
    });
  }

  #note({ Source, Detail = '' }: Entry): void {
    if (Source !== serviceSource) {
      this.others.push(Detail);
      return;
    }
    const { id, data } = JSON.parse(Detail) as RefundEvent;
    const texts = this.taken.get(id);
    if (texts === undefined) this.taken.set(id, [Detail]);
    else texts.push(Detail);
    if (data.status === 'SUCCEEDED' || data.status === 'RESOLVED') this.finished.add(data.returnRequestId);
    this.#underWay.changed();
  }
}

/** What an event is about, without what is another one in each run. */
export function aboutOf(detail = ''): string {
  const { source, data } = JSON.parse(detail) as RefundEvent | ReportEvent;
  return `${source} ${data.orderNo} ${data.amount} ${data.attempt}-${data.sequence}`;
}
