import { fold } from '../../core/text/tokens.ts';
import { TALK_LANGUAGES } from './kinds.ts';

/** Languages somebody may want an answer in. */
const NAMED_LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pt', 'ru', 'tr', 'zh'];
/** As the names of the system do not have them. Folded. */
const OTHERWISE: readonly (readonly [name: string, tag: string])[] = [
  ['英文', 'en'],
  ['汉语', 'zh'],
  ['法文', 'fr'],
  ['德文', 'de'],
  ['西语', 'es'],
  ['عربي', 'ar'],
  ['انجليزي', 'en'],
  ['فرنسي', 'fr'],
  ['castellano', 'es'],
];
const HAN = /\p{Script=Han}/u;
/** Endings that a name has within a sentence: "ins Englische", "al inglés". */
const ENDING = /(?:e|en|es)$/;

/** Folded names of languages, in the languages of the interface. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ...TALK_LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'language' });
    return NAMED_LANGUAGES.flatMap((tag): [string, string][] => {
      const name = fold(names.of(tag) ?? tag);
      return language === 'ar' ? [name, `ب${name}`, `لل${name.slice(2)}`].map((one): [string, string] => [one, tag]) : [[name, tag]];
    });
  }),
  ...OTHERWISE,
]);

/** The one language that a message names; undefined where it names none, or several. */
export function languageNamed(message: string): string | undefined {
  const text = fold(message);
  const found = new Set<string>();
  for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    const tag = NAMES.get(word) ?? NAMES.get(word.replace(ENDING, ''));
    if (tag !== undefined) found.add(tag);
    else if (HAN.test(word)) for (const [name, own] of NAMES) if (HAN.test(name) && word.includes(name)) found.add(own);
  }
  return found.size === 1 ? [...found][0] : undefined;
}
