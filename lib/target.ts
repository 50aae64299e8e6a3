import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createDocumentClient } from '../lambda/store/client.ts';
import { endpointFrom } from './command-line.ts';
import { createLocalClient } from './local/client.ts';
import { stageNamed, type TableNames, tableNamesOf } from './stages.ts';

/** The tables that an operator's command works on. */
export interface Target {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly place: string;
}

/** The tables of a deployed stage, or without one those of localhost. @throws Error naming the stages there are */
export function targetOf(stageName: string | undefined): Target {
  if (stageName !== undefined) {
    const stage = stageNamed(stageName);
    return { client: createDocumentClient(), tables: tableNamesOf(stage.name), place: `stage ${stage.name}` };
  }
  const endpoint = endpointFrom(process.env) ?? 'http://127.0.0.1:8000';
  return { client: createLocalClient(endpoint), tables: tableNamesOf('dev'), place: endpoint };
}
