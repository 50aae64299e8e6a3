import {
  type CodeDeployClient,
  LifecycleEventAlreadyCompletedException,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import type { Runtime } from '../environment/runtime.ts';

/** The event that CodeDeploy invokes a hook with. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

export interface HookDependencies {
  readonly bakeMs: number;
  readonly codeDeploy: CodeDeployClient;
  readonly sleep: Runtime['sleep'];
}

/**
 * Keeps a release open for a while after all traffic was shifted. An alarm that is raised meanwhile rolls it back, as
 * CodeDeploy does for as long as a deployment is not finished. It would have to be rolled back by hand otherwise.
 * @throws Error when the report fails
 */
export function createPostTrafficHook({ bakeMs, codeDeploy, sleep }: HookDependencies) {
  return async ({ DeploymentId, LifecycleEventHookExecutionId }: HookEvent): Promise<void> => {
    await sleep(bakeMs);
    const report = new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status: 'Succeeded',
    });
    try {
      await codeDeploy.send(report);
    } catch (error) {
      // It was rolled back meanwhile. An error would make Lambda invoke the hook again, for as long once more.
      if (!(error instanceof LifecycleEventAlreadyCompletedException)) throw error;
    }
  };
}
