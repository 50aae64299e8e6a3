import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fullDiff } from '@aws-cdk/cloudformation-diff';
import { neededBootstrapVersion } from '../../tools/operator/preflight/bootstrap.ts';
import { assemblyOf, commitOfAssemblies, stageNames } from '../support/assemblies.ts';
import { templateOf } from '../support/synthesize-template.ts';
import { onlyResourceOf, propertiesOf, type Template, templatesByStage } from '../support/templates.ts';

const before = templatesByStage().prod;
const next = '222222222222';
const after = templateOf('prod', { commit: next, isDirect: false });

/** What `cdk deploy` compares, and asks a person about. */
const diffOf = (one: Template, other: Template) => fullDiff({ ...one }, { ...other });

describe('a release after another one', () => {
  test('changes the function and no permission, so that cdk deploy asks nobody', () => {
    const diff = diffOf(before, after);
    const changed = Object.keys(diff.resources.changes).filter((id) => id.startsWith('FunctionCancelFunction'));
    // The function, the version before and the version after.
    expect(changed).toHaveLength(3);
    expect(diff.permissionsBroadened).toBe(false);
    expect(diff.permissionsAnyChanges).toBe(false);
  });

  // Lambda publishes no second version of the same function: a description that changes alone would fail.
  test('publishes another version, also when nothing but the commit is another', () => {
    const [one, other] = [before, after].map((template) => onlyResourceOf(template, 'AWS::Lambda::Version')[0]);
    expect(other).not.toBe(one);
    expect(propertiesOf(after, 'AWS::Lambda::Version')['Description']).toBe(next);
  });

  test('would be asked about if it gave a role another action', () => {
    const [id, role] = onlyResourceOf(before, 'AWS::IAM::Policy', 'DocumentationDocsRoleDefaultPolicy');
    const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
    const changed = { ...role, Properties: { ...role.Properties, PolicyDocument } };
    const other = { ...before, Resources: { ...before.Resources, [id]: changed } };
    expect(diffOf(before, other).permissionsBroadened).toBe(true);
  });
});

describe('what is deployed', () => {
  test.each(stageNames)('is written on the stack of %s, for whoever looks for the commit', (stage) => {
    const { artifacts } = JSON.parse(readFileSync(join(assemblyOf(stage), 'manifest.json'), 'utf8')) as Manifest;
    expect(artifacts[`payment-cancel-${stage}`]?.properties.tags).toEqual({ commit: commitOfAssemblies });
  });
});

describe('the preflight', () => {
  test.each(stageNames)('asks for the bootstrap version that the stack of %s needs', (stage) => {
    const { artifacts } = JSON.parse(readFileSync(join(assemblyOf(stage), 'manifest.json'), 'utf8')) as Manifest;
    const { requiresBootstrapStackVersion } = artifacts[`payment-cancel-${stage}`]?.properties ?? {};
    expect(requiresBootstrapStackVersion).toBe(neededBootstrapVersion);
  });
});

interface Manifest {
  readonly artifacts: Readonly<
    Record<
      string,
      {
        readonly properties: {
          readonly tags?: Readonly<Record<string, string>>;
          readonly requiresBootstrapStackVersion?: number;
        };
      }
    >
  >;
}
