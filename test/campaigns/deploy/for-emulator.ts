import { localReceiverVariable } from '../../../lambda/environment/variables.ts';
import { type Resource, type Template, withoutResources } from './leave-out.ts';
import { isUnknown } from './unknown-resources.ts';

/**
 * A template as it is deployed to the emulator: without what that cannot make, and with a webhook sender that may call a
 * receiver on loopback, which no stage allows.
 */
export function forEmulator(whole: Template): Template {
  const known = withoutResources(whole, isUnknown);
  const resources = Object.entries(known.Resources);
  if (!resources.some(([, resource]) => isSender(resource))) throw new Error('The template has no webhook sender.');
  const changed = resources.map(([id, resource]) => [id, isSender(resource) ? withLocalReceiver(resource) : resource]);
  return { ...known, Resources: Object.fromEntries(changed) as Template['Resources'] };
}

function isSender({ Type, Metadata }: Resource): boolean {
  const isIn = String(Metadata?.['aws:cdk:path']).endsWith('/Webhooks/Sender/Function/Resource');
  return isIn && Type === 'AWS::Lambda::Function';
}

function withLocalReceiver(sender: Resource): Resource {
  const { Environment, ...others } = sender.Properties as { readonly Environment: { readonly Variables: object } };
  const Variables = { ...Environment.Variables, [localReceiverVariable]: 'http' };
  return { ...sender, Properties: { ...others, Environment: { Variables } } };
}
