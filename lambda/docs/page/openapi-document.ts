/** The parts of an OpenAPI document that the page shows. */
export interface OpenApiDocument {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, { readonly name: string; readonly description: string }>>;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody: Content & { readonly description: string };
  readonly responses: Readonly<Record<string, Response>>;
}

/** An operation and its path. */
export interface Route extends Operation {
  readonly path: string;
}

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly example?: string;
}

export interface Response extends Content {
  readonly description: string;
}

interface Content {
  readonly content: {
    readonly 'application/json': { readonly schema: object; readonly examples: Readonly<Record<string, Example>> };
  };
}

export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** The operations, in the sequence of the document. */
export function routesOf({ paths }: OpenApiDocument): Route[] {
  return Object.entries(paths).map(([path, { post }]) => ({ path, ...post }));
}

/** The schema of a body. @throws Error if it is not one of the named schemas of the document */
export function schemaOf({ content }: Content, { components }: OpenApiDocument): Schema {
  const { schema } = content['application/json'];
  const name = '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;
  const named = name === undefined ? undefined : components.schemas[name];
  if (named === undefined) throw new Error('The OpenAPI document has a body without a named schema.');
  return named;
}
