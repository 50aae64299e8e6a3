import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Endpoint, turnMs } from '../domain/endpoint.ts';
import type { RemainingMs } from '../environment/deadline.ts';
import { endpointOf, type EndpointRow } from './endpoint-items.ts';
import { abortAfter } from './failures.ts';

/** The turn to call an endpoint in trouble, known by when it ends: epoch milliseconds. */
export interface Turn {
  readonly untilMs: number;
}

/**
 * What came of a call, as far as the next one depends on it. SLOW: answered well, but late. LATE: not answered in the time
 * that a call without a turn has.
 */
export type Answered = 'GOOD' | 'SLOW' | 'LATE' | 'FAILED' | 'GONE';

export interface EndpointRepository {
  /** Read consistently, so that a removal or a rotation holds at once. @throws InvariantViolated, or the error of AWS */
  find(storeId: string, remainingMs: RemainingMs): Promise<Endpoint | undefined>;
  /** Takes the turn to call an endpoint in trouble; undefined when somebody else has it. @throws the error of AWS */
  takeTurn(endpoint: Endpoint, nowMs: number, remainingMs: RemainingMs): Promise<Turn | undefined>;
  /**
   * Notes what came of a call. Has no effect when the endpoint was set anew or removed meanwhile, or the turn was lost.
   * @throws the error of AWS
   */
  note(
    endpoint: Endpoint,
    answered: Answered,
    turn: Turn | undefined,
    nowMs: number,
    remainingMs: RemainingMs,
  ): Promise<void>;
}

export function createEndpointRepository(client: DynamoDBDocumentClient, table: string): EndpointRepository {
  const update = async (
    { storeId, url }: Endpoint,
    { set, condition, values }: Change,
    remainingMs: RemainingMs,
  ): Promise<boolean> => {
    const command = new UpdateCommand({
      TableName: table,
      Key: { storeId },
      UpdateExpression: set,
      ConditionExpression: `#url = :url${condition}`,
      ExpressionAttributeNames: { '#url': 'url' },
      ExpressionAttributeValues: { ':url': url, ...values },
    });
    try {
      await client.send(command, { abortSignal: abortAfter(remainingMs) });
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
  return {
    async find(storeId, remainingMs) {
      const command = new GetCommand({ TableName: table, Key: { storeId }, ConsistentRead: true });
      const { Item } = await client.send(command, { abortSignal: abortAfter(remainingMs) });
      return Item && endpointOf(Item as EndpointRow);
    },

    async takeTurn(endpoint, nowMs, remainingMs) {
      const untilMs = nowMs + turnMs;
      const change = {
        set: 'SET busyUntil = :until',
        // Where there is none, the trouble has ended since the row was read: it is not begun again.
        condition: ' AND busyUntil <= :now',
        values: { ':until': untilMs, ':now': nowMs },
      };
      return (await update(endpoint, change, remainingMs)) ? { untilMs } : undefined;
    },

    async note(endpoint, answered, turn, nowMs, remainingMs) {
      await update(endpoint, changeOf(answered, turn, nowMs), remainingMs);
    },
  };
}

interface Change {
  readonly set: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, number>>;
}

function changeOf(answered: Answered, turn: Turn | undefined, nowMs: number): Change {
  const now = { ':now': nowMs };
  if (answered === 'GONE') {
    return { set: 'SET goneAt = :now REMOVE failingSince, busyUntil', condition: '', values: now };
  }
  const setFailing = 'failingSince = if_not_exists(failingSince, :now)';
  if (turn === undefined) {
    // Whoever has the turn keeps it.
    const setTrouble = 'busyUntil = if_not_exists(busyUntil, :now)';
    return { set: `SET ${answered === 'FAILED' ? `${setFailing}, ` : ''}${setTrouble}`, condition: '', values: now };
  }
  const condition = ' AND busyUntil = :turn';
  const mine = { ':turn': turn.untilMs };
  switch (answered) {
    case 'GOOD':
      return { set: 'REMOVE failingSince, busyUntil', condition, values: mine };
    case 'SLOW':
      return { set: 'SET busyUntil = :now REMOVE failingSince', condition, values: { ...mine, ...now } };
    case 'LATE':
    case 'FAILED':
      return { set: `SET ${setFailing}, busyUntil = :now`, condition, values: { ...mine, ...now } };
  }
}
