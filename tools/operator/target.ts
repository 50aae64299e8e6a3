import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { endpointFrom } from '../command-line.ts';
import { createLocalClient } from '../local/client.ts';
import { createStageClient } from './stage-client.ts';
import { type Stage, stageNamed, type TableNames, tableNamesOf } from '../../lib/stages.ts';

/** The tables that an operator's command works on. */
export interface Target {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
  /** Whose settings hold: on localhost those of dev. */
  readonly stage: Stage;
  /** What messages call it: a stage by its name, a local engine by its endpoint. */
  readonly place: string;
  /** The first line that a command prints, on standard error because programs may parse standard output. */
  readonly heading: string;
  /** Whether it is a deployed stage. */
  readonly isStage: boolean;
}

/** The tables of a deployed stage, or of localhost if no stage is named. @throws Error naming the stages that exist */
export function targetOf(stageName: string | undefined): Target {
  if (stageName !== undefined) {
    const stage = stageNamed(stageName);
    const place = `stage ${stage.name}`;
    const tables = tableNamesOf(stage.name);
    return { client: createStageClient(), tables, stage, place, heading: `On ${place}`, isStage: true };
  }
  const endpoint = endpointFrom(process.env);
  const place = endpoint ?? 'http://127.0.0.1:8000';
  return {
    client: createLocalClient(place),
    tables: tableNamesOf('dev'),
    stage: stageNamed('dev'),
    place,
    heading: `On the DynamoDB at ${place} (${endpoint === undefined ? 'the default; npm start' : 'DYNAMODB_ENDPOINT'})`,
    isStage: false,
  };
}
