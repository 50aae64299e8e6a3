const maxProblems = 10;

interface Found {
  readonly instancePath: string;
  readonly keyword?: string;
  readonly message?: string;
  readonly params: object;
}

/** What a validator found, without the values. */
export function problemsOf(errors: readonly Found[]): string[] {
  // A type that is not known has been named by the list of those that are.
  const found = errors.filter(({ keyword }) => keyword !== 'discriminator');
  const problems = found.map(({ instancePath, message = 'is not accepted', params }) => {
    const { allowedValues, allowedValue } = params as { allowedValues?: readonly string[]; allowedValue?: string };
    const accepted = allowedValues === undefined ? allowedValue : listOf(allowedValues);
    return `${instancePath || '/'} ${message}${accepted === undefined ? '' : `: ${accepted}`}`;
  });
  return [...new Set(problems)].slice(0, maxProblems);
}

/** The values that are accepted, not all of a long list. */
function listOf(values: readonly string[]): string {
  const left = values.length - maxListed;
  return `${values.slice(0, maxListed).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

const maxListed = 10;
