import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../../../tools/local/assembly.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payment-cancel-assembly-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('an assembly', () => {
  test("has the stage's stack, with the code of its functions", () => {
    writeFileSync(join(folder, 'payment-cancel-dev.template.json'), JSON.stringify(template));
    mkdirSync(join(folder, 'asset.0a1b'));
    writeFileSync(join(folder, 'asset.0a1b', 'index.mjs'), '');
    expect(readAssembly(folder, 'dev').routes).toMatchObject([
      { method: 'GET', path: '/docs', function: { codeFile: join(folder, 'asset.0a1b', 'index.mjs') } },
    ]);
  });

  test('of another stage is refused, with the command that makes the right one', () => {
    writeFileSync(join(folder, 'payment-cancel-prod.template.json'), JSON.stringify(template));
    expect(() => readAssembly(folder, 'dev')).toThrow(
      `The stack of the stage dev is not in ${folder}: npm run synth writes it to cdk.out.`,
    );
  });
});

const template = {
  Resources: {
    Path: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: {}, PathPart: 'docs' } },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: { HttpMethod: 'GET', ResourceId: { Ref: 'Path' }, Integration: { Uri: ['Docs'] } },
    },
    Docs: {
      Type: 'AWS::Lambda::Function',
      Properties: { Handler: 'index.handler', Code: { S3Key: '0a1b.zip' }, Timeout: 5 },
    },
  },
};
