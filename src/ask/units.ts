import type { IndexReader, QueryTerm } from '../core/ports.ts';
import { irregularForms } from '../core/text/irregular.ts';
import { termOf, tokens } from '../core/text/tokens.ts';
import { countriesOfContinent } from './continents.ts';
import { contentTerms, type Question } from './question.ts';
import { type AskSettings, DEFAULT_SETTINGS } from './settings.ts';
import { phraseTerm, relatedStems, synonymsOf } from './synonyms.ts';

/** One thing the question speaks of, with every way the briefings may write it. */
export interface Unit {
  /** Folded words as asked. */
  words: string[];
  /** Alternatives, each a sequence of terms that must all occur; the first is the question's own. */
  alternatives: string[][];
  /** Terms of the snapshot that often say the same: everyday synonyms and other forms of the word. Weaker than alternatives. */
  similar: string[];
  /** Weight in coverage: idf of the question's own words, summed. */
  idf: number;
  /** Whether any alternative occurs in the snapshot. */
  known: boolean;
  name: boolean;
  figure: boolean;
  /** Shapes the question rather than naming its subject. */
  light: boolean;
  /** Part of a date: found by BM25 like any word, but whether the time fits is judged apart, not by coverage. */
  time: boolean;
}

export interface Expansion {
  units: Unit[];
  terms: QueryTerm[];
  /** Misspelt words and what they were read as. */
  corrections: { from: string; to: string }[];
  /** Largest BM25 the terms can reach: sum of idf x (k1 + 1), weights applied. */
  bound: number;
  /** Idf of a term that no paragraph contains. */
  largestIdf: number;
}

/**
 * Weight of a neighbouring-word pair beside 1 for a word. Mean reciprocal rank over eight English sets
 * (bench/retrieval-sweep.ts): .762 at 0.1, .765 at 0.3, .764 at 0.5, .763 at 0.7; Spanish and TimeQA lose a point at 0.5.
 */
const BIGRAM_WEIGHT = 0.3;
/** Words of asking: they say what form the answer has, or nothing. Folded. */
const SCAFFOLD = new Set(
  (
    'since up again ever together often recently recent year years date dates month months time times number numbers amount amounts figure figures ' +
    'sum total name names named called kind kinds type types thing things way come comes came get gets got go goes went going take takes took put see look find found ' +
    'want need exactly already still yet really question answer information info details detail know happen happened happens actually anything something anyone ' +
    'someone anywhere one ones following two part quite long old first ago use used using make made list main key far stand stands mean means meaning abbreviation acronym sort tell brief briefing summarise summarize summary overview outline describe explain discuss elaborate recap'
  ).split(' '),
);
/** Said of any place: likewise. */
const PLACE_WORDS = new Set('city cities town place location continent run runs ran held based located'.split(' '));
/** Said of anything that lasts: likewise. */
const DATE_WORDS = new Set('duration period frame timeframe timeline span run runs ran running lasted lasts place until'.split(' '));
/** Said of any sum of money: the form of the answer, not its subject. */
const MONEY_WORDS = new Set('money dollar dollars usd pay paid spend spent give given gave much funding cost budget few last'.split(' '));
const K1 = 1.2;
const MAX_TERMS = 64;

interface LongForm {
  words: string[];
  short: string;
  /** Place in the order they are looked at, the longest first. */
  place: number;
}

interface AbbreviationTable {
  short: Map<string, string[][]>;
  /** Long forms by each of their words. */
  long: Map<string, LongForm[]>;
}

const abbreviationTables = new WeakMap<IndexReader, AbbreviationTable>();

/** Read once for each snapshot: reading 3,000 abbreviations takes 20 ms. */
async function tableOf(reader: IndexReader): Promise<AbbreviationTable> {
  let table = abbreviationTables.get(reader);
  if (!table) {
    table = { short: new Map(), long: new Map() };
    const forms: LongForm[] = [];
    for (const { short, long, implied } of await reader.abbreviations()) {
      const shortTerm = tokens(short).map((token) => token.term)[0];
      const longTerms = tokens(long)
        .filter((token) => !token.stop)
        .map((token) => token.term);
      if (!shortTerm || longTerms.length === 0) continue;
      table.short.set(shortTerm, [...(table.short.get(shortTerm) ?? []), longTerms]);
      if (!implied) forms.push({ words: longTerms, short: shortTerm, place: 0 });
    }
    forms.sort((a, b) => b.words.length - a.words.length);
    for (const [place, form] of forms.entries()) {
      form.place = place;
      for (const word of new Set(form.words)) {
        const list = table.long.get(word);
        if (list) list.push(form);
        else table.long.set(word, [form]);
      }
    }
    abbreviationTables.set(reader, table);
  }
  return table;
}

/** Edits a word of this length may be away from the word meant; short words are left alone. */
function allowedEdits(word: string): number {
  if (word.length < 5 || /\d/.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * Turns a question into weighted query terms: abbreviations in both directions, misspelt words replaced by the nearest
 * words of the snapshot, neighbouring pairs. `carried` are terms of earlier turns (`carriedTerms` in rewrite.ts): they take part
 * in the word search and in nothing else.
 */
export async function expand(
  question: Question,
  reader: IndexReader,
  settings: AskSettings = DEFAULT_SETTINGS,
  carried: readonly QueryTerm[] = [],
): Promise<Expansion> {
  const table = await tableOf(reader);
  const own = contentTerms(question.tokens).slice(0, MAX_TERMS);
  const wordOf = new Map(question.tokens.map((token) => [token.term, token.word]));
  const nameWords = new Set([...question.names.flat(), ...question.countries.flatMap((country) => country.words)]);

  const timeWords = new Set(
    question.tokens
      .filter((token) => question.dates.some((date) => token.start >= date.start && token.end <= date.end))
      .map((token) => token.term),
  );
  const units: Unit[] = [];
  const taken = new Set<string>();
  const forms = new Set(own.flatMap((term) => table.long.get(term) ?? []));
  for (const { words, short } of [...forms].sort((a, b) => a.place - b.place)) {
    if (words.length < 2 || !words.every((word) => own.includes(word) && !taken.has(word))) continue;
    for (const word of words) taken.add(word);
    units.push({
      words,
      alternatives: [words, [short]],
      similar: [],
      idf: 0,
      known: false,
      name: true,
      figure: false,
      light: false,
      time: false,
    });
  }
  // "the Chinese trade unions" for the ACFTU: two words of a long form may mean its abbreviation.
  const partly = (term: string) =>
    (table.long.get(term) ?? [])
      .filter(
        ({ words }) =>
          words.length >= 3 &&
          own.some((other) => other !== term && words.includes(other) && Math.abs(words.indexOf(other) - words.indexOf(term)) === 1),
      )
      .map(({ short }) => [short]);
  for (const term of own) {
    if (taken.has(term)) continue;
    const word = wordOf.get(term) ?? term;
    const named = nameWords.has(word) || table.short.has(term);
    const otherForms = named ? [] : irregularForms(word).flatMap((form) => (termOf(form) === null ? [] : [[termOf(form) as string]]));
    const longs = [...(table.short.get(term) ?? []), ...partly(term), ...otherNumeral(word), ...otherForms];
    units.push({
      words: [word],
      alternatives: [[term], ...longs],
      similar: [],
      idf: 0,
      known: false,
      name: named,
      figure: /^\d/.test(term),
      light: !nameWords.has(word) && isLight(word, question),
      time: timeWords.has(term),
    });
  }

  const likely = units.map((unit) => similarTerms(unit, question, own));
  const infos = new Map(
    (await reader.terms([...new Set([...units.flatMap((unit) => unit.alternatives.flat()), ...likely.flat()])])).map((info) => [
      info.term,
      info,
    ]),
  );
  const known = (terms: string[]) => terms.every((term) => (infos.get(term)?.frequency ?? 0) > 0);
  const corrections: Expansion['corrections'] = [];
  for (const [i, unit] of units.entries()) {
    const found = (likely[i] as string[]).filter((term) => known([term]));
    // "Cambodian" and "Cambodia" name the same.
    if (unit.name) unit.alternatives.push(...found.map((term) => [term]));
    else unit.similar = found;
    unit.known = unit.similar.length > 0 || unit.alternatives.some(known);
    const word = unit.words[0] as string;
    const edits = allowedEdits(word);
    if (unit.known || unit.alternatives.length > 1 || edits === 0 || question.countries.some((country) => country.words.includes(word)))
      continue;
    const best = (await reader.similarWords(word, edits)).filter(
      (found) => found.word[0] === word[0] && Math.abs(found.word.length - word.length) <= edits,
    )[0];
    if (!best) continue;
    const term = tokens(best.word)[0]?.term;
    if (!term) continue;
    corrections.push({ from: word, to: best.word });
    unit.alternatives.push([term]);
    unit.known = true;
    for (const info of await reader.terms([term])) infos.set(info.term, info);
  }

  const [rarest] = await reader.terms(['\u0000']);
  const largestIdf = rarest?.idf ?? 1;
  const idf = (term: string) => infos.get(term)?.idf ?? largestIdf;
  const weights = new Map<string, number>();
  let bound = 0;
  for (const unit of units) {
    const sums = unit.alternatives
      .filter((terms, i) => i === 0 || known(terms))
      .map((terms) => terms.reduce((sum, term) => sum + idf(term), 0));
    const usable = unit.alternatives.filter(known);
    const mended =
      corrections.some((correction) => correction.from === unit.words[0]) ||
      // "Spend" where the briefings have "spent" is as rare as that.
      ((unit.name || irregularForms(unit.words[0] as string).length > 0) && sums.length > 1 && !known(unit.alternatives[0] as string[]));
    const reference =
      usable.length === 0 && unit.similar.length > 0 ? Math.max(...unit.similar.map(idf)) : ((mended ? sums.at(-1) : sums[0]) as number);
    // An acronym counts like the rarest words of its long form, not like all of them together.
    unit.idf = Math.min(reference, largestIdf * 1.5);
    // A word the briefings never use is more often another way to say it than another subject; names and figures are not.
    // "Which African country": any country of the continent will do, which the guards see to.
    if (unit.light || (!unit.known && countriesOfContinent(unit.words[0] as string))) unit.idf *= settings.scaffoldWeight;
    else if (!unit.known && !unit.name && !unit.figure) unit.idf *= settings.unknownWeight;
    const share = unit.words.every((word) => question.carried.has(word)) ? settings.carriedSearchWeight : 1;
    bound += share * unit.idf * (K1 + 1);
    for (const terms of usable) {
      const total = terms.reduce((sum, term) => sum + idf(term), 0);
      for (const term of terms) weights.set(term, Math.max(weights.get(term) ?? 0, share * Math.min(1, unit.idf / total)));
    }
    for (const term of unit.similar) {
      const weight = settings.similarWeight * Math.min(1, unit.idf / idf(term));
      weights.set(term, Math.max(weights.get(term) ?? 0, weight));
    }
  }
  const pairs: string[] = [];
  const content = question.tokens.filter((token) => !token.stop);
  for (let i = 0; i + 1 < content.length && pairs.length < MAX_TERMS; i++) {
    pairs.push(`${(content[i] as { term: string }).term}_${(content[i + 1] as { term: string }).term}`);
  }
  for (const pair of pairs) if (!weights.has(pair)) weights.set(pair, BIGRAM_WEIGHT);
  for (const { term, weight } of carried) if (weight > (weights.get(term) ?? 0)) weights.set(term, weight);
  for (const unit of units) {
    if (unit.time) unit.idf = 0;
    else if (unit.words.every((word) => question.carried.has(word)))
      unit.idf *= unit.name ? settings.carriedNameWeight : settings.carriedWeight;
  }
  return { units, terms: [...weights].map(([term, weight]) => ({ term, weight })), corrections, bound, largestIdf };
}

const ORDINAL_WORDS = 'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const NUMBER_WORDS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const ENDINGS = ['th', 'st', 'nd', 'rd'];

/** The other way to write a small number: "second" and "2nd", "seventeen" and "17", as terms. */
function otherNumeral(word: string): string[][] {
  const ordinal = ORDINAL_WORDS.indexOf(word) + 1;
  if (ordinal > 0) return [[`${ordinal}${ENDINGS[ordinal] ?? 'th'}`]];
  const number = NUMBER_WORDS.indexOf(word) + 1;
  if (number > 1) return [[String(number)]];
  const figure = /^(\d{1,2})(st|nd|rd|th)?$/.exec(word);
  const spelt = figure && (figure[2] ? ORDINAL_WORDS : NUMBER_WORDS)[Number(figure[1]) - 1];
  return spelt ? [tokens(spelt).map((token) => token.term)] : [];
}

/** Whether a word says what form the answer has rather than what it is about. */
function isLight(word: string, question: Question): boolean {
  // "the first project" is not any project.
  if (word === 'first' && question.ordinal) return false;
  if (question.answerType === 'money' && MONEY_WORDS.has(word)) return true;
  if (question.answerType === 'date' && DATE_WORDS.has(word)) return true;
  return SCAFFOLD.has(word) || (question.answerType === 'place' && PLACE_WORDS.has(word));
}

/** Terms that may say the same as a unit, whether any briefing has them or not. Names and figures have no synonyms. */
function similarTerms(unit: Unit, question: Question, own: readonly string[]): string[] {
  const [term] = unit.alternatives[0] as string[];
  if (term === undefined || unit.words.length !== 1 || unit.figure || unit.time) return [];
  const out = new Set(relatedStems(term));
  const asked = question.tokens.find((token) => token.word === unit.words[0]);
  // "HQ" is written like a name and is none.
  const common = asked !== undefined && /^[A-Z]{2,4}$/.test(question.text.slice(asked.start, asked.end));
  if (!unit.name || common) {
    for (const other of synonymsOf(term)) out.add(other);
    const at = question.tokens.findIndex((token) => token.word === unit.words[0]);
    const phrase = at < 0 ? null : phraseTerm(unit.words[0] as string, question.tokens[at + 1]?.word ?? '');
    if (phrase) for (const other of [phrase, ...synonymsOf(phrase)]) out.add(other);
  }
  return [...out].filter((other) => !own.includes(other));
}
