/**
 * @param {string} name
 * @param {string} text
 */
export function textElement(name, text) {
  const created = document.createElement(name);
  created.textContent = text;
  return created;
}

/**
 * A sentence, marked with its language for screen readers.
 * @param {string} text
 */
export function sentenceElement(text) {
  const span = textElement('span', text);
  if (/\p{Script=Hangul}/u.test(text)) span.lang = 'ko';
  return span;
}

/**
 * @param {string} id
 * @throws Error if the page has no element with this id
 */
export function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}
