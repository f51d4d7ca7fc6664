import { BM25 } from '../../core/lexical.ts';
import type { Turn } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { MODIFIERS, NEGATION } from '../../core/reading/marks.ts';
import { largeFigures } from '../../core/reading/words.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { countries } from '../../core/text/places.ts';
import { tokens } from '../../core/text/tokens.ts';
import { type DateMention, dates } from '../../core/time/dates.ts';
import type { Question, Rewritten, Session } from '../records.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { readWhen, withoutEditionWords } from './edition-words.ts';
import { filled } from './ellipsis.ts';
import { formOf, unitOf } from './form.ts';
import { asks, corrects, unwrapped } from './message.ts';
import { leans } from './parts.ts';
import { readScope } from './scope.ts';
import { readTerms } from './terms.ts';

/** How far back a chain of follow-ups is read. */
const MOST_CARRIED = 3;
/** Set off from the noun: glued to it, most are no modifier ("company", "president"). */
const MODIFIED = new RegExp(`\\b(?:${MODIFIERS})[- ]\\p{L}{3,}|\\bnon\\p{L}{5,}`, 'giu');
/** Languages whose nouns are written with a capital. */
const CAPITAL_NOUNS: ReadonlySet<string> = new Set(['de']);
const CHARACTERS_READ = 2000;

/** Reads one question, with what was asked before it, into one record. */
export async function understand(
  session: Session,
  vectors: LocalVectors | null,
  embedded: (language: string) => boolean,
  rewritten: Rewritten | null = null,
): Promise<Question> {
  const { request, reader, library, settings, step } = session;
  const history = request.history ?? [];
  const { asked, carried } = rewritten
    ? { asked: unwrapped(request.question), carried: [] }
    : await leaning(request.question, history, reader);
  const spoken = rewritten?.search ?? asked;
  const when = readWhen(spoken, dates(spoken));
  const text = withoutEditionWords(spoken);
  const stated = dates(text);
  const language = session.language ?? languageOf(asked, history);
  const textLanguage = detectLanguage(text.slice(0, CHARACTERS_READ));
  const scope = readScope(request, when, library.list);
  const own = formOf(text, textLanguage);
  // "And the other one?" wants what the question before wanted.
  const form = own === 'other' && carried[0] !== undefined && !asks(text) ? formOf(carried[0], textLanguage) : own;
  const { terms, search, pairs, corrections } = await readTerms({
    text,
    carried,
    language: textLanguage,
    languages: library.languages,
    library,
    reader,
    vectors,
    settings,
  });
  const places = countries(text);
  const question: Question = {
    asked: request.question,
    standalone: rewritten?.standalone ?? (carried.length > 0 ? `${asked} (${carried.join('; ')})` : asked),
    text: carried.length > 0 ? `${[...carried].reverse().join(' ')} ${text}` : text,
    language,
    embedded: embedded(textLanguage === 'und' ? (library.languages[0] ?? 'en') : textLanguage),
    form,
    unit: unitOf(text, form, textLanguage),
    terms,
    search,
    pairs,
    names: namesOf(text, textLanguage),
    countries: new Set(places.map(({ code }) => code)),
    figures: figuresOf(text, stated),
    dates: stated.filter(({ from }) => from.length > 'YYYY'.length),
    years: [...text.matchAll(/\b(?:19|20)\d\d\b/g)].map(([year]) => year),
    negated: NEGATION.test(text),
    modifiers: [...text.matchAll(MODIFIED)].map(([word]) => word.toLowerCase()),
    bound: terms.reduce((sum, { weight }) => sum + weight, 0) * (BM25.k1 + 1) || 1,
    corrections,
    scope,
  };
  step('understand', () => ({
    standalone: question.standalone,
    language,
    form,
    terms: terms.map(({ term, weight, known }) => ({ term, weight: Math.round(weight * 100) / 100, ...(known ? {} : { known }) })),
    corrections,
    when,
    editions: scope.allowed.size,
  }));
  return question;
}

const YEAR = /^(?:19|20)\d\d$/;

/** Figures that are no part of a date. */
function figuresOf(text: string, taken: readonly DateMention[]): string[] {
  const large = largeFigures(text);
  return [
    ...large.map(({ digits }) => digits),
    ...[...text.matchAll(/\d[\d.,:]{0,30}/g)]
      .filter(({ index }) => ![...taken, ...large].some(({ start, end }) => start <= index && index < end))
      .map(([figure]) => figure.replace(/[.,:]+$/, ''))
      .filter((figure) => !YEAR.test(figure)),
  ];
}

/**
 * A question as it is understood with those before it: what it fills in itself, where the briefings know the words, and what it leans on. A name
 * they do not know stays apart: beside all the words of another question it would weigh too little.
 */
async function leaning(message: string, history: readonly Turn[], reader: IndexReader): Promise<{ asked: string; carried: string[] }> {
  const asked = unwrapped(message);
  const at = history.findLastIndex(({ role }) => role === 'user');
  const whole = at < 0 ? null : filled(asked, unwrapped((history[at] as Turn).content.slice(0, CHARACTERS_READ)));
  const own = whole === null ? [] : tokens(asked).flatMap(({ stop, term }) => (stop ? [] : [term]));
  const known = (await reader.terms(own)).every(({ frequency }) => frequency > 0);
  return whole === null || !known
    ? { asked, carried: carriedBy(asked, history, corrects(message)) }
    : { asked: whole, carried: carriedBy(whole, history.slice(0, at)) };
}

/** Earlier questions a question leans on, the latest first: the one before, and those that one leans on. Answers are not read. */
function carriedBy(asked: string, history: readonly Turn[], always = false): string[] {
  const before = history
    .filter(({ role }) => role === 'user')
    .slice(-MOST_CARRIED)
    .map(({ content }) => unwrapped(content.slice(0, CHARACTERS_READ)))
    .reverse();
  const carried: string[] = [];
  let leaning = asked;
  for (const one of before) {
    if (!leans(leaning) && !(always && carried.length === 0)) break;
    carried.push(one);
    leaning = one;
  }
  return carried;
}

/** Language of a question, or of the latest before it that shows one. */
export function languageOf(question: string, history: readonly Turn[]): string {
  const found = detectLanguage(question.slice(0, CHARACTERS_READ));
  if (found !== 'und') return found;
  const before = history
    .filter(({ role }) => role === 'user')
    .slice(-8)
    .reverse()
    .map(({ content }) => detectLanguage(content.slice(0, CHARACTERS_READ)))
    .find((language) => language !== 'und');
  return before ?? 'und';
}

/** Stems of proper names: capitals inside a sentence, and abbreviations. */
function namesOf(text: string, language: string): string[] {
  const found = new Set<string>();
  const put = (word: string) => {
    const token = tokens(word)[0];
    if (token && !token.stop) found.add(token.term);
  };
  if (!CAPITAL_NOUNS.has(language))
    for (const [, word] of text.matchAll(/[\p{Ll},'’)]\s(\p{Lu}[\p{L}\p{N}&.-]{0,60})/gu)) if (word !== 'I') put(word as string);
  for (const [word] of text.matchAll(/\b\p{Lu}{2,20}\p{Ll}?\b/gu)) put(word);
  return [...found];
}
