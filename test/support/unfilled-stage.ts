import { type Stage, stageNamed } from '../../lib/stages.ts';

/**
 * A stage without what whoever deploys it fills in: its place, its subscribers, its domain, and who is let onto the bus.
 * Tests are about the stack for every account, and stay right when somebody fills them in.
 */
export function unfilledStage(name: unknown): Stage {
  const stage = stageNamed(name);
  return {
    ...stage,
    environment: undefined,
    subscribers: { pages: [], alarms: [] },
    domain: undefined,
    executors: stage.executors && [],
    platforms: stage.platforms && [],
    operators: [],
  };
}
