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
 * @throws Error if the page has no element with this id
 */
export function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}
