import { countries } from '../../core/text/places.ts';
import { tokens } from '../../core/text/tokens.ts';
import { ASKS_WITH, POINTING } from '../lexicon.ts';

/** How a question begins that only puts something else in place of what was asked about. */
const OPENS =
  /^[¿\s]{0,3}(?:and|what about|how about|and what about|and how about|und was ist mit|was ist mit|wie ist es mit|und|et|qu['’]en est[- ]il (?:de|pour)|y qu[eé] hay de|y)\s+/iu;
/** Prepositions by which a place in a question is found again; one of the same language is another one's noun at worst. */
const PREPOSITIONS = new Set(
  'in for of on at to from with by under during after before since für von bei aus mit auf an seit nach vor à en pour de dans sur chez avec depuis para con desde a'.split(
    ' ',
  ),
);
const ARTICLES = new Set('the a an der die das den dem des ein eine einen einem la le les un une el los las'.split(' '));
/** Longest follow-up and question looked at, UTF-16 units; most words of what is put in. */
const LONGEST_QUESTION = 120;
const LONGEST_QUESTION_BEFORE = 400;
const MOST_WORDS = 5;

/**
 * "What is the fee in Leeds?" – "And in York?": the question before with what the follow-up puts in the place of something like it: of what
 * stands after the same preposition, or of the one country named. Null where it is not that plain.
 */
export function filled(message: string, before: string): string | null {
  if (message.length > LONGEST_QUESTION || before.length > LONGEST_QUESTION_BEFORE || before === '') return null;
  const opened = OPENS.exec(message);
  if (!opened) return null;
  const given = message.slice(opened[0].length).replace(/[\s?？!.]+$/u, '');
  const words = given.split(/\s+/);
  const first = (words[0] as string).toLowerCase();
  // What is a preposition here may be a pronoun elsewhere.
  const named = PREPOSITIONS.has(first) ? words.slice(1).join(' ') : given;
  const asks = tokens(named).some(({ word }) => ASKS_WITH.has(word) || POINTING.has(word));
  if (given === '' || words.length > MOST_WORDS || asks) return null;
  const place = PREPOSITIONS.has(first) && words.length > 1 ? afterPreposition(before, first) : countryIn(given, before);
  return place ? `${before.slice(0, place.start)}${given}${before.slice(place.end)}` : null;
}

/** A preposition of a question and what belongs to it: words up to the next function word or mark. Only where it is the one of its kind. */
function afterPreposition(before: string, preposition: string): { start: number; end: number } | null {
  const words = [...before.matchAll(/[\p{L}\p{N}\p{M}'’&.-]*[\p{L}\p{N}\p{M}]/gu)];
  const found = words.filter(([word]) => word.toLowerCase() === preposition);
  const [only] = found;
  if (!only || found.length > 1) return null;
  let at = words.indexOf(only) + 1;
  while (at < words.length && ARTICLES.has((words[at] as RegExpExecArray)[0].toLowerCase())) at++;
  const from = at;
  let end = only.index + only[0].length;
  for (; at < words.length; at++) {
    const { 0: word, index } = words[at] as RegExpExecArray;
    const joined = at === from || /^\s+$/.test(before.slice(end, index));
    if (!joined || (tokens(word)[0]?.stop ?? true) || PREPOSITIONS.has(word.toLowerCase())) break;
    end = index + word.length;
  }
  return at > from ? { start: only.index, end } : null;
}

/** The one country a question names, where the follow-up names one and nothing else. */
function countryIn(given: string, before: string): { start: number; end: number } | null {
  const own = countries(given);
  const content = tokens(given).filter(({ stop }) => !stop);
  const [place, ...others] = countries(before);
  if (own.length !== 1 || content.length !== own[0]?.words.length || !place || others.length > 0) return null;
  const words = tokens(before);
  const start = words.findIndex((_, at) => place.words.every((word, next) => words[at + next]?.word === word));
  return start < 0 ? null : { start: words[start]?.start as number, end: words[start + place.words.length - 1]?.end as number };
}
