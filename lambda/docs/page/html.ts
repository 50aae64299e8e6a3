/** HTML, in which all text is escaped. */
export interface Html {
  readonly html: string;
}

/** A template that escapes its values, for text and for quoted attributes, unless they are HTML already. */
export function html(parts: TemplateStringsArray, ...values: ReadonlyArray<string | Html | readonly Html[]>): Html {
  return { html: parts.reduce((text, part, index) => text + textOf(values[index - 1] ?? '') + part) };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function textOf(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escapeHtml(value);
  return 'html' in value ? value.html : value.map((part) => part.html).join('');
}
