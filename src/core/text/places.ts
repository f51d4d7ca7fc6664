import { HAN_LANGUAGES } from './figures.ts';
import { englishCountries } from './places/english.ts';
import { countryMentions } from './places/others.ts';

export { englishCountries as countries, englishNames as countryNames } from './places/english.ts';

/**
 * ISO 3166 codes of the countries a text names, each once, by the names of the given language and, in scripts that may
 * hold them, English ones. For `en` and unknown languages the codes that `countries` finds.
 */
export function countriesIn(text: string, language: string): string[] {
  const inEnglish = () => englishCountries(text).map(({ code }) => code);
  if (language === 'en' || language === 'und') return [...new Set(inEnglish())];
  const own = countryMentions(text, language).map(({ code }) => code);
  return [...new Set([...own, ...(HAN_LANGUAGES.has(language) ? inEnglish() : [])])];
}
