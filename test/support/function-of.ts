import type { DeployedFunction, DeployedStack } from '../../tools/local/template.ts';

/** The deployed function that serves a path. @throws Error when none does */
export function functionOf({ routes }: DeployedStack, path: string): DeployedFunction {
  const route = routes.find((each) => each.path === path);
  if (route === undefined) throw new Error(`The stack has no route ${path}.`);
  return route.function;
}
