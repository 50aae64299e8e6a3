/**
 * A value as JSON in ASCII only. CloudFormation returns other characters of a template as question marks, so each
 * comparison with what is deployed would show a change.
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
