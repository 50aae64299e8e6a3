/** Leaves out what exceptions say: it is for the reader of a log, and tests look at the class and the cause. */
export const strykerPlugins = [{ kind: 'Ignore', name: 'messages', value: { shouldIgnore } }];

function shouldIgnore({ node, parent, listKey, key }) {
  const isFirstArgument = parent?.type === 'NewExpression' && listKey === 'arguments' && key === 0;
  return isFirstArgument && isSentence(node) ? 'The message of an exception.' : undefined;
}

/** A code, such as the one that RequestRefused is given, is not: the answer depends on it. */
function isSentence({ type, value, quasis = [] }) {
  if (type === 'StringLiteral') return value.includes(' ');
  return type === 'TemplateLiteral' && quasis.some((part) => part.value.raw.includes(' '));
}
