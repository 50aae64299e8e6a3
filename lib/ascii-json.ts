/**
 * A value as JSON in ASCII alone. CloudFormation gives other characters of a template back as question marks, so that
 * every comparison with what is deployed would find a change.
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
