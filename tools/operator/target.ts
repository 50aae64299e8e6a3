import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { endpointFrom } from '../command-line.ts';
import { createLocalClient } from '../local/client.ts';
import { createStageClient } from './stage-client.ts';
import { stageNamed, type TableNames, tableNamesOf } from '../../lib/stages.ts';

/** The tables that an operator's command works on. */
export interface Target {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  /** As it is told: a stage by its name, an engine on localhost by its endpoint. */
  readonly place: string;
  /** The first line that a command prints. On standard error: what it prints on standard output may be parsed. */
  readonly heading: string;
  /** Whether it is a deployed stage. */
  readonly isStage: boolean;
}

/** The tables of a deployed stage, or without one those of localhost. @throws Error naming the stages there are */
export function targetOf(stageName: string | undefined): Target {
  if (stageName !== undefined) {
    const { name } = stageNamed(stageName);
    const place = `stage ${name}`;
    return { client: createStageClient(), tables: tableNamesOf(name), place, heading: `On ${place}`, isStage: true };
  }
  const endpoint = endpointFrom(process.env);
  const place = endpoint ?? 'http://127.0.0.1:8000';
  return {
    client: createLocalClient(place),
    tables: tableNamesOf('dev'),
    place,
    heading: `On the DynamoDB at ${place} (${endpoint === undefined ? 'the default; npm start' : 'DYNAMODB_ENDPOINT'})`,
    isStage: false,
  };
}
