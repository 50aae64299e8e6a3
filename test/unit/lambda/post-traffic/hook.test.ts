import { describe, expect, test } from '@jest/globals';
import { type CodeDeployClient, LifecycleEventAlreadyCompletedException } from '@aws-sdk/client-codedeploy';
import { createPostTrafficHook } from '../../../../lambda/post-traffic/hook.ts';
import { sdkError } from '../../../support/stub-client.ts';

/** Runs the hook, and returns what it did, in sequence. */
async function bake(error?: Error): Promise<unknown[]> {
  const done: unknown[] = [];
  const hook = createPostTrafficHook({
    bakeMs: 600_000,
    sleep: async (ms) => done.push(ms),
    codeDeploy: {
      async send({ input }: { readonly input: unknown }) {
        if (error !== undefined) throw error;
        done.push(input);
      },
    } as unknown as CodeDeployClient,
  });
  await hook({ DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'execution-1' });
  return done;
}

describe('the hook after traffic', () => {
  test('lets the release end only when its time is over', async () => {
    expect(await bake()).toEqual([
      600_000,
      { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'execution-1', status: 'Succeeded' },
    ]);
  });

  test('ends quietly when the release was rolled back meanwhile', async () => {
    const over = new LifecycleEventAlreadyCompletedException({ message: 'It is over.', $metadata: {} });
    expect(await bake(over)).toEqual([600_000]);
  });

  test('fails when its report fails, after which Lambda invokes it again', async () => {
    await expect(bake(sdkError('ThrottlingException', 400))).rejects.toThrow('The message of ThrottlingException.');
  });
});
