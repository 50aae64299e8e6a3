import { lastName } from './json-pointer.ts';
import { inLanguage, type Language, type Localized } from './language.ts';
import {
  caseMessages,
  type MessageCase,
  messages,
  mistakeMessages,
  remainingMessage,
  stepsMessage,
  thenText,
} from './messages.ts';
import type { RuleViolation } from '../domain/rule-violation.ts';

/** Why a place of a request was refused, for programs. */
export type Reason = keyof typeof messages;

/** All reasons. Marked as pure, so that bundles that do not use it leave it out. */
export const reasons = /* @__PURE__ */ Object.keys(messages) as Reason[];

/** One place of a request that is wrong, and the value that its message shows. */
export interface Violation extends Omit<RuleViolation, 'reason' | 'ruleCase' | 'shown'> {
  readonly reason: Reason;
  readonly ruleCase?: MessageCase | undefined;
  readonly shown?: string | Localized | undefined;
}

/** A violation as it stands in `errors` of a response (contract, section 5). */
export interface ErrorEntry {
  readonly field?: string;
  readonly header?: string;
  readonly reason: Reason;
  readonly message: string;
}

export function describeViolation(violation: Violation, language: Language): ErrorEntry {
  const { reason, ruleCase, at, shown = '', sent = '', withQuantity = '', orElse = '' } = violation;
  const { currencyCode = '', mistake, remaining } = violation;
  const place = 'header' in at ? at.header : placeOf(at.field, language);
  const message: Localized = ruleCase === undefined ? messages[reason] : caseMessages[ruleCase];
  const values = { place, shown: inLanguage(shown, language), sent, withQuantity, orElse, currencyCode };
  const parts = [fill(message[language], values)];
  if (mistake) parts.push(fill(mistakeMessages[mistake][language], { meant: violation.meant ?? '' }));
  if (remaining) {
    const { steps, ...rest } = remaining;
    parts.push(fill(remainingMessage[language], rest));
    if (steps) parts.push(fill(stepsMessage[language], { steps: steps.join(thenText[language]) }));
  }
  return { ...at, reason, message: parts.join(' ') };
}

/** Replaces each name in braces by its value. */
function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => String(values[name]));
}

/** A field name in a request may be as long as the body; a message quotes only this many characters of it. */
const maxNameLength = 64;

/** How a message names a place: a field by its name, an item by its path, and the whole body by a word. */
function placeOf(field: string, language: Language): string {
  const name = lastName(field);
  if (name === '') return language === 'ko' ? '본문' : 'body';
  if (/^\d+$/.test(name)) return field.slice(1);
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength)}...` : name;
}
