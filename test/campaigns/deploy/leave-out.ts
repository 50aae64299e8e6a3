/** A CloudFormation template, as far as it matters here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly UpdatePolicy?: unknown;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/**
 * A template without some resources. Where another resource refers to one of them, it gets its logical id, so that a
 * policy about it stays as strict as it was. An update policy that refers to one is left out.
 */
export function withoutResources(template: Template, isLeftOut: (resource: Resource) => boolean): Template {
  const isGone = (id: unknown) => {
    const resource = template.Resources[String(id)];
    return resource !== undefined && isLeftOut(resource);
  };
  const kept = Object.entries(template.Resources).filter(([id]) => !isGone(id));
  const resources = kept.map(([id, { UpdatePolicy, DependsOn, ...resource }]) => [
    id,
    {
      ...resource,
      ...(UpdatePolicy === undefined || refersTo(UpdatePolicy, isGone) ? {} : { UpdatePolicy }),
      ...(DependsOn === undefined ? {} : { DependsOn: [DependsOn].flat().filter((other) => !isGone(other)) }),
    },
  ]);
  const rest = { ...template, Resources: Object.fromEntries(resources) as Template['Resources'] };
  return replaced(rest, isGone) as Template;
}

type Test = (id: unknown) => boolean;

/** The resource that { Ref } or { Fn::GetAtt } names; undefined for any other value. */
function referenceOf(value: object): unknown {
  const { Ref, 'Fn::GetAtt': getAtt } = value as { Ref?: unknown; 'Fn::GetAtt'?: unknown };
  return Ref ?? (Array.isArray(getAtt) ? getAtt[0] : undefined);
}

function refersTo(value: unknown, isGone: Test): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isGone(referenceOf(value)) || Object.values(value).some((part) => refersTo(part, isGone));
}

function replaced(value: unknown, isGone: Test): unknown {
  if (Array.isArray(value)) return value.map((part) => replaced(part, isGone));
  if (typeof value !== 'object' || value === null) return value;
  const reference = referenceOf(value);
  if (isGone(reference)) return reference;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part, isGone)]));
}
