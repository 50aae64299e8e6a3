import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, ResourceProperties } from '@aws-cdk/service-spec-types';
import type { Template } from './templates.ts';

// CloudFormation's own specification of all resource types, as AWS publishes it with CDK. Loading takes a second.
const specification = loadAwsServiceSpecSync();

/**
 * What CloudFormation's specification says against a template: unknown resources, properties and attributes, required
 * properties that are missing, and values of another type. Each as `Id.path: what`.
 */
export function violationsOf(template: Template): string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    const resource = resourceOf(Type);
    if (resource === undefined) return [`${id}: there is no type ${Type}`];
    return [...objectViolations(id, Properties, resource.properties), ...referenceViolations(id, Properties, template)];
  });
}

function resourceOf(type: string) {
  return specification.lookup('resource', 'cloudFormationType', 'equals', type).at(0);
}

function objectViolations(path: string, value: object, properties: ResourceProperties): string[] {
  const missing = Object.entries(properties).filter(([name, { required }]) => required && !Object.hasOwn(value, name));
  return [
    ...missing.map(([name]) => `${path}.${name}: is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return property === undefined
        ? [`${path}.${name}: is unknown`]
        : valueViolations(`${path}.${name}`, inner, property.type);
    }),
  ];
}

function valueViolations(path: string, value: unknown, type: PropertyType): string[] {
  // What only CloudFormation can work out: its type is not known here.
  if (isIntrinsic(value)) return [];
  const wrong = [`${path}: ${JSON.stringify(value)} is no ${type.type}`];
  switch (type.type) {
    case 'json':
      return [];
    case 'string':
    case 'date-time':
      return isOneOf(value, 'allowedValues' in type ? type.allowedValues : undefined, 'string') ? [] : wrong;
    case 'number':
      return typeof value === 'number' ? [] : wrong;
    case 'integer':
      return Number.isInteger(value) && isOneOf(value, type.allowedValues, 'number') ? [] : wrong;
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong;
    case 'null':
      return value === null ? [] : wrong;
    case 'tag':
      return isObject(value) && Object.keys(value).toSorted().join() === 'Key,Value' ? [] : wrong;
    case 'array':
      if (!Array.isArray(value)) return wrong;
      return value.flatMap((element, index) => valueViolations(`${path}[${index}]`, element, type.element));
    case 'map':
      if (!isObject(value)) return wrong;
      return Object.entries(value).flatMap(([key, inner]) => valueViolations(`${path}.${key}`, inner, type.element));
    case 'ref':
      if (!isObject(value)) return wrong;
      return objectViolations(path, value, specification.get('typeDefinition', type.reference).properties);
    case 'union':
      return unionViolations(path, value, type.types);
  }
}

/**
 * The violations of the type that fits best. Any JSON does not count beside a type that says what is in it: it is for
 * old templates.
 */
function unionViolations(path: string, value: unknown, types: readonly PropertyType[]): string[] {
  const exact = types.filter(({ type }) => type === 'array' || type === 'map' || type === 'ref');
  const found = (exact.length > 0 ? exact : types).map((type) => valueViolations(path, value, type));
  return found.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

/** References to what the template does not have, and to attributes that its resources do not have. */
function referenceViolations(path: string, value: unknown, { Resources }: Template): string[] {
  if (!isObject(value) && !Array.isArray(value)) return [];
  const { Ref, 'Fn::GetAtt': attribute } = value as {
    Ref?: string;
    'Fn::GetAtt'?: readonly [id: string, name: string];
  };
  if (Ref !== undefined) return Ref.startsWith('AWS::') || Ref in Resources ? [] : [`${path}: there is no ${Ref}`];
  if (attribute === undefined) {
    return Object.entries(value).flatMap(([key, inner]) => referenceViolations(`${path}.${key}`, inner, { Resources }));
  }
  const [id, name] = attribute;
  const target = Resources[id];
  const attributes = target === undefined ? {} : (resourceOf(target.Type)?.attributes ?? {});
  return Object.hasOwn(attributes, name) ? [] : [`${path}: there is no ${id}.${name}`];
}

function isOneOf(
  value: unknown,
  allowed: ReadonlyArray<string | number> | undefined,
  type: 'string' | 'number',
): boolean {
  return typeof value === type && (allowed === undefined || allowed.includes(value as string | number));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIntrinsic(value: unknown): boolean {
  return isObject(value) && /^(Ref|Fn::\w+)$/.test(Object.keys(value).join());
}
