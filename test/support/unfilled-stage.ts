import { type Stage, stageNamed } from '../../lib/stages.ts';

/**
 * A stage without what whoever deploys it fills in: its place, its subscribers and its domain. Tests are about the stack
 * for every account, and stay right when somebody fills them in.
 */
export function unfilledStage(name: unknown): Stage {
  return { ...stageNamed(name), environment: undefined, subscribers: { pages: [], alarms: [] }, domain: undefined };
}
