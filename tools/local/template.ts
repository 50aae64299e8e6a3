import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { type DeployedChain, queueUrlOf, readChain } from './template-chain.ts';

/** What AWS would create for the stack, as far as localhost stands in for it. */
export interface DeployedStack {
  readonly routes: readonly Route[];
  readonly tables: readonly CreateTableCommandInput[];
  /** By gateway response type: DEFAULT_4XX, THROTTLED, ... */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  readonly gatewayStage: string;
  readonly chain: DeployedChain;
  /** Whether the gateway passes bodies to a function in Base64 instead of as text. */
  readonly hasBinaryBodies: boolean;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly function: DeployedFunction;
}

export interface DeployedFunction {
  readonly name: string;
  readonly codeFile: string;
  readonly export: string;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface GatewayResponse {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string;
}

export interface Resource {
  readonly Type: string;
  // Each type of resource has properties of its own.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly Properties: Record<string, any>;
}

/**
 * Reads a CloudFormation template.
 * @param assetFolderOf returns the folder of an asset's code, by its S3 key
 * @throws Error naming what is in the template that localhost cannot stand in for
 */
export function readTemplate(
  template: { readonly Resources: Record<string, Resource> },
  assetFolderOf: (s3Key: string) => string,
): DeployedStack {
  const resources = Object.entries(template.Resources);
  const ofType = (type: string) => resources.filter(([, resource]) => resource.Type === type);
  const lookUp = (id: string): Resource => {
    const resource = template.Resources[id];
    if (resource === undefined) throw new Error(`The template has no resource ${id}.`);
    return resource;
  };

  const resolve = (value: unknown): string => {
    if (typeof value === 'string') return value;
    const ref = (value as { Ref?: string } | null)?.Ref ?? '';
    const { Type, Properties } = template.Resources[ref] ?? {};
    if (Type === 'AWS::SQS::Queue') return queueUrlOf(ref);
    const name: unknown = Properties?.['TableName'] ?? Properties?.['Name'];
    if (typeof name === 'string') return name;
    throw new Error(`On localhost there is no value for ${JSON.stringify(value)}.`);
  };

  const pathOf = (resourceId: string): string => {
    const { ParentId, PathPart } = lookUp(resourceId).Properties as { ParentId: { Ref?: string }; PathPart: string };
    return `${ParentId.Ref === undefined ? '' : pathOf(ParentId.Ref)}/${PathPart}`;
  };

  const behind = (method: Resource): string => {
    const uri = JSON.stringify(method.Properties['Integration']?.Uri ?? '');
    const named = (type: string) => ofType(type).find(([name]) => uri.includes(`"${name}"`));
    const alias = named('AWS::Lambda::Alias')?.[1];
    const id = (alias?.Properties['FunctionName'].Ref as string | undefined) ?? named('AWS::Lambda::Function')?.[0];
    if (id === undefined) throw new Error('A route of the template leads to no function.');
    return id;
  };

  const functionNamed = (id: string): DeployedFunction => {
    const { Properties } = lookUp(id);
    const [file = '', name = ''] = String(Properties['Handler']).split('.');
    return {
      name: id,
      codeFile: codeFileIn(assetFolderOf(String(Properties['Code']?.S3Key)), file),
      export: name,
      timeoutMs: Number(Properties['Timeout']) * 1000,
      environment: Object.fromEntries(
        Object.entries(Properties['Environment']?.Variables ?? {}).map(([key, value]) => [key, resolve(value)]),
      ),
    };
  };

  return {
    routes: ofType('AWS::ApiGateway::Method').map(([, method]) => ({
      method: method.Properties['HttpMethod'] as string,
      path: pathOf(method.Properties['ResourceId'].Ref as string),
      function: functionNamed(behind(method)),
    })),
    tables: ofType('AWS::DynamoDB::Table').map(([, table]) => tableOf(table)),
    gatewayResponses: new Map(
      ofType('AWS::ApiGateway::GatewayResponse').map(([, { Properties }]) => [
        Properties['ResponseType'] as string,
        gatewayResponseOf(Properties),
      ]),
    ),
    hasBinaryBodies: ofType('AWS::ApiGateway::RestApi').some(([, api]) =>
      ((api.Properties['BinaryMediaTypes'] ?? []) as string[]).includes('*/*'),
    ),
    chain: readChain(resources, functionNamed, resolve),
    gatewayStage: String(ofType('AWS::ApiGateway::Stage')[0]?.[1].Properties['StageName']),
  };
}

function codeFileIn(folder: string, name: string): string {
  const file = readdirSync(folder).find((candidate) => candidate.replace(/\.[cm]?js$/, '') === name);
  if (file === undefined) throw new Error(`The bundle has no file for the handler ${name}.`);
  return join(folder, file);
}

function tableOf({ Properties }: Resource): CreateTableCommandInput {
  const { TableName, KeySchema, AttributeDefinitions, BillingMode, StreamSpecification } = Properties;
  const table = { TableName, KeySchema, AttributeDefinitions, BillingMode };
  // CloudFormation enables a stream by its view type alone.
  const stream = StreamSpecification && { StreamEnabled: true, ...StreamSpecification };
  return stream === undefined ? table : { ...table, StreamSpecification: stream };
}

const headerPrefix = 'gatewayresponse.header.';

function gatewayResponseOf(properties: Resource['Properties']): GatewayResponse {
  const parameters = Object.entries((properties['ResponseParameters'] ?? {}) as Record<string, string>);
  return {
    status: properties['StatusCode'] === undefined ? undefined : Number(properties['StatusCode']),
    headers: Object.fromEntries(
      parameters.map(([name, value]) => [name.slice(headerPrefix.length), value.replace(/^'(.*)'$/, '$1')]),
    ),
    template: String(properties['ResponseTemplates']?.['application/json'] ?? ''),
  };
}
