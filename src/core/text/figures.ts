import { englishFigures } from './figures/english.ts';
import type { Figure } from './figures/figure.ts';
import { hanFigures } from './figures/han.ts';
import { spacedFigures } from './figures/spaced.ts';
import { HAN_LANGUAGES, NUMBER_WORDS } from './figures/words.ts';

export type { Figure } from './figures/figure.ts';
export { HAN_LANGUAGES } from './figures/words.ts';

/** Languages whose figures, dates and countries are read by their own rules; any other text is read as English. */
export const READ_LANGUAGES: ReadonlySet<string> = new Set([...Object.keys(NUMBER_WORDS), ...HAN_LANGUAGES]);

/**
 * Every figure of a text, in order, with values that compare across languages: digits with the separators of its language
 * ("1.000.000", "2,5 Millionen", "280万"), spelled-out numbers, money, percentages, ordinals, years. A text in a language that is not
 * read is read as English. "one" alone is skipped: it is nearly always a pronoun or an article. Total for any string.
 */
export function figures(text: string, language = 'en'): Figure[] {
  const words = NUMBER_WORDS[language];
  if (HAN_LANGUAGES.has(language)) return inOrder(hanFigures(text));
  if (words === undefined || language === 'en') return englishFigures(text);
  return inOrder(spacedFigures(text, language, words));
}

const inOrder = (found: Figure[]): Figure[] => found.sort((a, b) => a.start - b.start);
