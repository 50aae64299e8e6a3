import type { Endpoint } from '../../../../lambda/domain/endpoint.ts';
import { rotatedSecrets } from '../../../../lambda/domain/endpoint.ts';
import {
  changeEndpoint,
  changeSecrets,
  findEndpoint,
  resumeEndpoint,
} from '../../../../lambda/dynamodb/endpoint-commands.ts';
import { increment } from '../statistics.ts';
import { secretOf, urlOf } from './endpoint-ledger.ts';
import type { EndpointAct } from './endpoint-plan.ts';
import type { ServiceClients } from './service-clients.ts';
import type { ChainSurroundings, Functions } from './surroundings.ts';

const table = 'Endpoints';

/** Lets operators change endpoints, each at its time, as their commands do. */
export function planEndpointActs(
  acts: readonly EndpointAct[],
  surroundings: ChainSurroundings,
  functions: Functions,
  clients: ServiceClients,
): void {
  const { time, statistics } = surroundings;
  for (const [index, { kind, atMs, storeId }] of acts.entries()) {
    time.after(atMs, () => {
      const client = clients.dynamoDbFor(functions.callerOf(`operator ${kind}`, [], () => undefined));
      const act = async () => {
        const endpoint = await findEndpoint(client, table, storeId);
        return endpoint !== undefined && (await change(endpoint));
      };
      const change = async (endpoint: Endpoint) => {
        const { types, secrets } = endpoint;
        if (kind === 'RESUME') return await resumeEndpoint(client, table, endpoint, time.nowMs);
        if (kind === 'SET_URL')
          return await changeEndpoint(client, table, endpoint, { url: urlOf(storeId, index + 1), types });
        const rotated = rotatedSecrets(secrets, secretOf(storeId, index + 1), time.nowMs);
        return await changeSecrets(client, table, endpoint, rotated);
      };
      increment(statistics.chain, `operator ${kind}`);
      act().then(
        (isDone) => increment(statistics.chain, `operator ${isDone ? 'DONE' : 'REFUSED'}`),
        // Of a row that cannot be.
        () => increment(statistics.chain, 'operator REFUSED'),
      );
    });
  }
}
