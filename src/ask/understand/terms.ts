import type { IndexReader, QueryTerm, TermInfo } from '../../core/ports.ts';
import { irregularForms } from '../../core/text/irregular.ts';
import { withoutLigatures } from '../../core/text/lost.ts';
import { countries, countryNames } from '../../core/text/places.ts';
import { stem } from '../../core/text/stem.ts';
import { isStopword } from '../../core/text/stopwords.ts';
import { fold, isUnspaced, type Token, tokens } from '../../core/text/tokens.ts';
import { type Library, type PlainAbbreviation, plainly } from '../library.ts';
import type { QuestionTerm } from '../records.ts';
import type { AskSettings } from '../settings.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { isLight, tellingOf } from './telling.ts';

export interface TermsRequest {
  /** The question itself. */
  text: string;
  /** Questions before it whose words it leans on, the latest first. */
  carried: readonly string[];
  /** Of the question. */
  language: string;
  /** Of the briefings, the most frequent first. */
  languages: readonly string[];
  library: Pick<Library, 'abbreviations' | 'abbreviated'>;
  reader: IndexReader;
  vectors: LocalVectors | null;
  settings: AskSettings;
}

export interface ReadTerms {
  terms: QuestionTerm[];
  /** What the word search is asked for. */
  search: QueryTerm[];
  pairs: [string, string][];
  corrections: { from: string; to: string }[];
}

/** Longest message of which every word is looked up; more are not a question. */
const MOST_TERMS = 60;
/** Languages of the briefings in which a word is looked up. */
const MOST_LANGUAGES = 3;
/** Abbreviations spelled out for one question. */
const MOST_SPELLED = 6;
/** Shorter words are not corrected: too many words are near them. */
const LEAST_CORRECTED = 5;
/** Of this length and more a word may have two letters wrong. */
const TWO_WRONG = 8;

/** The content words of a question and their weights; of scripts without spaces, neighbouring characters. */
export async function readTerms({
  text,
  carried,
  language,
  languages,
  library,
  reader,
  vectors,
  settings,
}: TermsRequest): Promise<ReadTerms> {
  // Stems as the index has them; what says nothing in the question's own language says nothing in another.
  const main = languages.includes(language) ? language : (languages[0] ?? 'en');
  const contentOf = (one: string): Token[] =>
    units(tokens(one, main).map((token) => ({ ...token, stop: token.stop || isStopword(token.word, language) })));
  const own = contentOf(text);
  const list: { token: Token; carried: number }[] = own.map((token) => ({ token, carried: 0 }));
  carried.forEach((one, at) => {
    for (const token of contentOf(one)) list.push({ token, carried: at + 1 });
  });
  if (list.length === 0) for (const token of tokens(text, main)) list.push({ token, carried: 0 });
  const seen = new Set<string>();
  const kept = list.slice(0, MOST_TERMS);
  const places = new Map(countries(text).flatMap(({ code, words }) => words.map((word) => [word, code] as const)));
  const called = new Map([...new Set(places.values())].map((code) => [code, otherNames(code, main)]));
  const codes = codesIn(text);
  const others = languages.filter((one) => one !== main).slice(0, MOST_LANGUAGES - 1);
  const formsOf = ({ term, word }: Pick<Token, 'term' | 'word'>): string[] => [
    ...new Set([
      term,
      ...codes.flatMap(({ joined, apart }) => (apart.at(-1) === term ? [joined] : [])),
      ...termsOf(irregularForms(word)),
      ...termsOf(withoutLigatures(word)),
      ...(term === word || !/_/.test(term) ? others.map((one) => stem(word, one)) : []),
    ]),
  ];
  const infos = new Map<string, TermInfo>();
  /** All that is not known yet in one call, which may be a round trip. */
  const learn = async (wanted: readonly string[]): Promise<void> => {
    const unknown = [...new Set(wanted)].filter((term) => !infos.has(term));
    if (unknown.length > 0) for (const info of await reader.terms(unknown)) infos.set(info.term, info);
  };
  await learn([
    ...kept.flatMap(({ token }) => formsOf(token)),
    ...[...called.values()].flat(2),
    ...codes.flatMap(({ joined, apart }) => [joined, ...apart]),
  ]);
  const meant = await Promise.all(
    kept.map(({ token: { word, term }, carried: turn }) =>
      (infos.get(term)?.frequency ?? 0) === 0 && turn === 0 ? correctionOf(word, reader, vectors) : null,
    ),
  );
  const corrections: ReadTerms['corrections'] = [];
  const drafts: { term: string; word: string; carried: number }[] = [];
  kept.forEach(({ token, carried: turn }, at) => {
    let { word, term } = token;
    const correction = meant[at] ?? null;
    if (correction !== null) {
      corrections.push({ from: word, to: correction });
      word = correction;
      term = stem(correction, main);
    }
    if (seen.has(term)) return;
    seen.add(term);
    drafts.push({ term, word, carried: turn });
  });
  const spelled = spellOut(drafts, text, library);
  const forms = drafts.map(formsOf);
  await learn(forms.flat());
  const terms = drafts.map(({ term, word, carried: turn }, at): QuestionTerm => {
    const same = forms[at] as string[];
    const knownForms = same.filter((one) => (infos.get(one)?.frequency ?? 0) > 0);
    const idfs = (knownForms.length > 0 ? knownForms : [term]).map((one) => infos.get(one)?.idf ?? 0);
    const idf = Math.min(...idfs);
    const english = language === 'en' || language === 'und';
    const light = english && isLight(term);
    const country = places.get(word) ?? null;
    const has = (one: string) => (infos.get(one)?.frequency ?? 0) > 0;
    const named = (called.get(country ?? '') ?? []).some((name) => name.every(has));
    const apart = codes.find(({ joined }) => joined === term)?.apart.filter(has) ?? [];
    return {
      term,
      word,
      idf,
      weight: idf * (english ? tellingOf(term) : 1) * settings.carriedWeight ** turn,
      light,
      carried: turn > 0,
      same,
      long: spelled.long.get(term) ?? apart,
      near: spelled.near.get(term) ?? [],
      country,
      known: knownForms.length > 0 || named || apart.length > 0,
    };
  });
  const pairs: [string, string][] = [];
  for (let at = 1; at < own.length; at++) pairs.push([(own[at - 1] as Token).term, (own[at] as Token).term]);
  const search: QueryTerm[] = [];
  for (const { weight, same, near, long } of terms) {
    // Each form brings the weight of the word, however rare the form itself is.
    for (const one of same) search.push({ term: one, weight: weight / Math.max(infos.get(one)?.idf ?? 0, LEAST_IDF) });
    for (const one of near) search.push({ term: one, weight: settings.nearWeight });
    for (const one of long) search.push({ term: one, weight: settings.nearWeight });
  }
  for (const name of [...called.values()].flat())
    if (name.every((one) => (infos.get(one)?.frequency ?? 0) > 0))
      for (const one of name) search.push({ term: one, weight: settings.nearWeight });
  for (const [first, second] of pairs) search.push({ term: `${first}_${second}`, weight: settings.pairWeight });
  return { terms, search, pairs, corrections };
}

/** Stems of the other names of a country: "Swaziland" is Eswatini. */
const otherNames = (code: string, language: string): string[][] =>
  countryNames(code).map((name) => tokens(name, language).flatMap(({ stop, term }) => (stop ? [] : [term])));

/** Letters and digits of one code, which people write together, with a hyphen or with a space: "A7", "A-7", "A 7". */
function codesIn(text: string): { joined: string; apart: string[] }[] {
  return [...fold(text).matchAll(/(?<![\p{L}\p{N}])(\p{L}{1,5})[- ]?(\d{1,6})(?![\p{L}\p{N}])/gu)].map(([, letters, digits]) => ({
    joined: `${letters}${digits}`,
    apart: tokens(`${letters} ${digits}`).flatMap(({ stop, term }) => (stop ? [] : [term])),
  }));
}

/** A word of every chunk still has a little weight. */
const LEAST_IDF = 0.01;

const termsOf = (words: readonly string[]): string[] => words.flatMap((word) => tokens(word)[0]?.term ?? []);

/** Content words; of scripts without spaces, pairs of neighbouring characters, as the index has them. */
function units(list: readonly Token[]): Token[] {
  const content = list.filter(({ stop }) => !stop);
  return content.flatMap((token, at) => {
    if (!isUnspaced(token.term)) return [token];
    const next = content[at + 1];
    if (next && isUnspaced(next.term) && next.start === token.end)
      return [{ ...token, term: `${token.term}_${next.term}`, word: `${token.word}${next.word}` }];
    const before = content[at - 1];
    return before && isUnspaced(before.term) && before.end === token.start ? [] : [token];
  });
}

/** What a word was meant to be: only one that neither the briefings nor the vectors know is mended. */
async function correctionOf(word: string, reader: IndexReader, vectors: LocalVectors | null): Promise<string | null> {
  if (word.length < LEAST_CORRECTED || !/^\p{L}+$/u.test(word) || !vectors || vectors.knows(word)) return null;
  const near = await reader.similarWords(word, word.length < TWO_WRONG ? 1 : 2);
  const alike = near.filter((one) => one.word[0] === word[0] && one.word.length >= LEAST_CORRECTED - 1);
  // One letter wrong is far likelier than two, whatever is more frequent.
  return alike.sort((a, b) => a.distance - b.distance || b.frequency - a.frequency)[0]?.word ?? null;
}

/**
 * Abbreviations both ways: the words of the long form for a short one, the short form for words of the long one. An index has thousands: only
 * those are looked at whose short form, or the first word of the long one, is said.
 */
function spellOut(
  drafts: readonly { term: string; word: string }[],
  text: string,
  { abbreviations, abbreviated }: TermsRequest['library'],
) {
  const long = new Map<string, readonly string[]>();
  const near = new Map<string, string[]>();
  const said = ` ${plainly(text)} `;
  const own = new Map(drafts.map(({ term, word }) => [word, term]));
  const places = new Set([
    ...[...own.keys()].flatMap((word) => abbreviated.byShort.get(word) ?? []),
    ...said.split(' ').flatMap((word) => abbreviated.byFirst.get(word) ?? []),
  ]);
  let count = 0;
  for (const place of [...places].sort((a, b) => a - b)) {
    if (count === MOST_SPELLED) break;
    const { short, long: name, plain } = abbreviations[place] as PlainAbbreviation;
    const term = own.get(plain.short);
    if (term === undefined && !said.includes(plain.long)) continue;
    const words = tokens(name).filter(({ stop }) => !stop);
    if (term !== undefined) {
      if (words.length > 1)
        long.set(
          term,
          words.map((word) => word.term),
        );
      count++;
    } else if (words.length > 1) {
      const stem = tokens(short)[0]?.term;
      if (stem) for (const word of words) near.set(word.term, [...(near.get(word.term) ?? []), stem]);
      count++;
    }
  }
  return { long, near };
}
