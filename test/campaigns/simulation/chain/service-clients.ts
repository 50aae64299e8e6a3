import type { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describeError } from '../../../../lambda/environment/log-lines.ts';
import { createDeadLetters, type DeadLetters } from '../../../../lambda/events/dead-letters.ts';
import type { Handled } from '../../../../lambda/events/event-telemetry.ts';
import { createRedelivery, type Redelivery } from '../../../../lambda/events/redelivery.ts';
import { faultOf } from '../faults.ts';
import type { Caller } from '../sdk-call.ts';
import { increment } from '../statistics.ts';
import type { Deadline } from '../virtual-time.ts';
import { assertNoAccount } from './ledger.ts';
import type { Queue } from './queue.ts';
import { callService } from './service-call.ts';
import type { ChainSurroundings } from './surroundings.ts';

interface CallOptions {
  readonly abortSignal?: Deadline;
}

/** What a function of the chain is connected with: the real code over simulated services. */
export class ServiceClients {
  readonly #surroundings: ChainSurroundings;
  #writes = 0;

  constructor(surroundings: ChainSurroundings) {
    this.#surroundings = surroundings;
  }

  /** The SDK gives a transaction that has no token one of its own. */
  dynamoDbFor(caller: Caller): DynamoDBDocumentClient {
    const send = async (command: unknown, { abortSignal }: CallOptions = {}) => {
      if (command instanceof TransactWriteCommand && command.input.ClientRequestToken === undefined) {
        this.#writes += 1;
        command.input.ClientRequestToken = `write ${this.#writes}`;
      }
      return await this.#surroundings.network.send(caller, command, abortSignal);
    };
    return { send } as unknown as DynamoDBDocumentClient;
  }

  /** @param keep gets what is put among the dead letters */
  deadLettersFor(caller: Caller, keep: (body: string, reason: string) => void): DeadLetters {
    const send = async ({ input }: SendMessageCommand, { abortSignal }: CallOptions = {}) =>
      await callService(this.#surroundings, caller, 'SendMessage', abortSignal, () => {
        this.#attempt(() => {
          const reason = input.MessageAttributes?.['reason']?.StringValue ?? '';
          assertNoAccount(reason, 'the reason of a dead letter');
          keep(input.MessageBody ?? '', reason);
        });
        increment(this.#surroundings.statistics.chain, `dead letter of ${nameOf(caller)}`);
        return {};
      });
    return createDeadLetters({ send } as unknown as SQSClient, 'dead letters');
  }

  redeliveryFor(caller: Caller, queue: () => Queue): Redelivery {
    const send = async ({ input }: ChangeMessageVisibilityCommand, { abortSignal }: CallOptions = {}) =>
      await callService(this.#surroundings, caller, 'ChangeMessageVisibility', abortSignal, () => {
        queue().delay(input.ReceiptHandle ?? '', input.VisibilityTimeout ?? 0);
        return {};
      });
    return createRedelivery({ send } as unknown as SQSClient, 'queue');
  }

  async sleep(caller: Caller, ms: number): Promise<void> {
    const { statistics, time } = this.#surroundings;
    if (faultOf(caller.faults, 'CRASH_ASLEEP')) {
      increment(statistics.faults, 'CRASH_ASLEEP');
      caller.crash();
    }
    await new Promise<void>((wake) => {
      time.after(ms, () => {
        if (!caller.isDead) wake();
      });
    });
  }

  /** What would be printed. */
  onReport(caller: Caller, { outcome, counted, fields, error }: Handled<string>): void {
    if (caller.isDead) return;
    increment(this.#surroundings.statistics.chain, `${nameOf(caller)} ${outcome}`);
    const line = JSON.stringify({ outcome, counted, ...fields, error: describeError(error) });
    this.#attempt(() => assertNoAccount(line, 'a log line'));
  }

  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#surroundings.fail(error);
    }
  }
}

function nameOf({ name }: Caller): string {
  return name.replace(/ \d+$/, '');
}
