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
 * @param {string} id
 * @throws Error where the page has none
 */
export function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}
