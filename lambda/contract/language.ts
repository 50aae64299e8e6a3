/** `en` is the default, also for any other value of X-System-Language (contract, section 1). */
export type Language = 'en' | 'ko';

export type Localized = Readonly<Record<Language, string>>;

export function languageOf(systemLanguage: string | undefined): Language {
  return systemLanguage === 'ko' ? 'ko' : 'en';
}

export function inLanguage(text: string | Localized, language: Language): string {
  return typeof text === 'string' ? text : text[language];
}
