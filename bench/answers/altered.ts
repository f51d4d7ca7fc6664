import { OPPOSITE_WORDS } from '../../src/ask/lexicon.ts';
import { isLight } from '../../src/ask/understand/telling.ts';
import { MODIFIERS } from '../../src/core/reading/marks.ts';
import { countries } from '../../src/core/text/places.ts';
import { tokens } from '../../src/core/text/tokens.ts';

/** Put before a noun they make it another thing. */
const PREFIXES = ['non-', 'former ', 'deputy ', 'assistant ', 'ex-'];
/** Countries of all parts of the world, one of which is put for the one asked about. */
const COUNTRIES = ['India', 'Brazil', 'Germany', 'Kenya', 'Viet Nam', 'Mexico', 'Norway', 'Egypt', 'Japan', 'Canada', 'Nigeria', 'Poland'];
/** A capital inside a sentence. */
const NAME = /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{2,}/gu;
/** Share of questions in which a word is swapped for one of another question. */
const SWAPPED = 0.5;
const plainWord = (alternative: string) => alternative.replace(/-\?/g, '-').replace(/\?/g, '');

/**
 * Questions near to one that a text answers and that it no longer answers: the opposite asked ("maximum" for "minimum"), another kind of
 * thing ("non-members"), another figure or year, another country, another group or name (words out of `others`). Only what the text does
 * not hold is put in.
 */
export function altered(
  question: string,
  text: string,
  others: { groups: readonly string[]; names: readonly string[] },
  random: () => number,
): string[] {
  const made: string[] = [];
  const held = text.toLowerCase();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (const sides of OPPOSITE_WORDS) {
    for (const [one, other] of [sides, [sides[1], sides[0]] as const]) {
      const said = new RegExp(`\\b(?:${one})(s?)\\b`, 'i').exec(question);
      const words = other
        .split('|')
        .map(plainWord)
        .filter((word) => !held.includes(word));
      if (!said || words.length === 0 || !new RegExp(`\\b(?:${one})s?\\b`, 'i').test(text)) continue;
      made.push(question.replace(said[0], `${pick(words)}${said[1]}`));
    }
  }
  const modified = new RegExp(`\\b(?:${MODIFIERS})[- ](?=\\p{L}{3,})`, 'iu').exec(question);
  if (modified) made.push(question.replace(modified[0], ''));
  const nouns = tokens(question).filter(({ stop, word }) => !stop && /^[a-z]{5,}s$/.test(word) && held.includes(word));
  if (nouns.length > 0) {
    const { start } = pick(nouns);
    const prefix = pick(PREFIXES);
    if (!held.includes(prefix.trim())) made.push(`${question.slice(0, start)}${prefix}${question.slice(start)}`);
  }
  const own = tokens(question).filter(({ stop, term, word }) => !stop && !isLight(term) && /^[a-z]{4,}$/.test(word) && held.includes(word));
  const group = others.groups.length > 0 ? pick(others.groups) : '';
  if (group && own.length > 1 && random() < SWAPPED && !held.includes(group.slice(0, -1))) {
    const { start, end } = pick(own);
    made.push(`${question.slice(0, start)}${group}${question.slice(end)}`);
  }
  const [country] = countries(question);
  const spelled = country && new RegExp(`\\b${country.words.join('\\W+')}\\b`, 'i').exec(question);
  const told = new Set(countries(text).map(({ code }) => code));
  const foreign = COUNTRIES.filter((one) => countries(one).every(({ code }) => !told.has(code)));
  if (spelled && foreign.length > 0) made.push(question.replace(spelled[0], pick(foreign)));
  const named = (question.match(NAME) ?? []).filter((name) => held.includes(name.toLowerCase()) && countries(name).length === 0);
  const strangers = others.names.filter((name) => !held.includes(name.toLowerCase()));
  if (named.length > 0 && strangers.length > 0) made.push(question.replace(pick(named), pick(strangers)));
  const figure = /\b\d{1,4}\b/.exec(question);
  if (figure) {
    const other =
      figure[0].length === 4
        ? String(Number(figure[0]) - 3 - Math.floor(random() * 9))
        : String(Number(figure[0]) + 2 + Math.floor(random() * 7));
    if (!held.includes(other)) made.push(question.replace(figure[0], other));
  }
  return made;
}

/** What other questions of a set name: groups and things in the plural, and names. */
export const othersIn = (questions: readonly string[]): { groups: string[]; names: string[] } => ({
  groups: [
    ...new Set(
      questions.flatMap((question) => tokens(question).flatMap(({ stop, word }) => (!stop && /^[a-z]{5,}s$/.test(word) ? [word] : []))),
    ),
  ],
  names: [...new Set(questions.flatMap((question) => question.match(NAME) ?? []))],
});
