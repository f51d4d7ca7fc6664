import type { IndexReader } from '../core/ports.ts';
import { bodyNames } from '../core/text/bodies.ts';
import { datesIn, figuresIn } from '../core/text/localised.ts';
import { countryMentions } from '../core/text/localised-places.ts';
import { fold, tokens } from '../core/text/tokens.ts';
import { spellDate } from '../core/time/dates.ts';
import { cognates } from './cognates.ts';
import { type Entry, keyOf, LEXICON_LANGUAGES, type LexiconLanguage, lexiconOf } from './lexicon.ts';

/** A question put into English word by word. */
export interface Gloss {
  text: string;
  /** Words of substance that were understood, and all of them. */
  understood: number;
  /** Of those understood, how many the corpus uses in their English form. */
  met: number;
  content: number;
  /** Those that were not, as asked. */
  unknown: string[];
}

/** How many pieces have a word that occurs in the corpus; figures and dates are let pass, they are judged by what they count. */
async function metIn(pieces: readonly Piece[], reader: IndexReader): Promise<number> {
  const terms = pieces.map(({ english }) =>
    tokens(english)
      .filter((token) => !token.stop)
      .map((token) => token.term),
  );
  const infos = await reader.terms([...new Set(terms.flat())]);
  const used = new Set(infos.filter(({ frequency }) => frequency > 0).map(({ term }) => term));
  return terms.filter((list) => list.length === 0 || list.some((term) => used.has(term) || /^\p{N}/u.test(term))).length;
}

interface Piece {
  english: string;
  /** `form`: a question or function word; `known`: a word of substance; `unknown`: kept as asked. */
  kind: 'form' | 'known' | 'unknown';
}

/** Longer questions are cut: nobody asks in so many letters. UTF-16 units. */
const LONGEST = 1000;
/** Edits between a word and the corpus's spelling of its cognate. */
const COGNATE_EDITS = 2;

const isGlossed = (language: string): language is LexiconLanguage => (LEXICON_LANGUAGES as readonly string[]).includes(language);

/**
 * Puts a question in French, Spanish, German or Chinese into English: names of bodies and countries, dates and figures by
 * their tables, question forms and frequent words by a small dictionary, and what is left by likeness to words of the
 * corpus (`ratification`, `coopération`); without a reader that last step is left out. What nothing knows stays as it was and
 * counts as unknown. Null for other languages.
 */
export async function gloss(question: string, language: string, reader: IndexReader | null): Promise<Gloss | null> {
  if (!isGlossed(language)) return null;
  const text = question.slice(0, LONGEST);
  const marks = await inCorpus(marksOf(text, language), reader);
  const pieces = language === 'zh' ? chinese(text, marks) : await spaced(text, language, marks, reader);
  const said = arrange(pieces, text, language);
  const content = said.filter((piece) => piece.kind !== 'form' && piece.english !== '');
  const words = said.map((piece) => piece.english).filter((word) => word !== '');
  const known = content.filter((piece) => piece.kind === 'known');
  return {
    text: `${capitalise(words.join(' '))}?`,
    understood: known.length,
    met: reader ? await metIn(known, reader) : known.length,
    content: content.length,
    unknown: content.filter((piece) => piece.kind === 'unknown').map((piece) => piece.english),
  };
}

let englishRegions: Intl.DisplayNames | null = null;
function regions(): Intl.DisplayNames {
  englishRegions ??= new Intl.DisplayNames(['en'], { type: 'region' });
  return englishRegions;
}

interface Mark {
  start: number;
  end: number;
  english: string;
  long?: string | undefined;
}

/** A body by its long name where the corpus does not use the short one. */
async function inCorpus(marks: readonly Mark[], reader: IndexReader | null): Promise<Mark[]> {
  const terms = marks.map((mark) => (mark.long ? (tokens(mark.english)[0]?.term ?? '') : ''));
  const known = reader && terms.some((term) => term !== '') ? await reader.terms(terms) : [];
  return marks.map((mark, i) => (mark.long && known[i]?.frequency === 0 ? { ...mark, english: mark.long } : mark));
}

const FIRST = ['', 'first', 'second', 'third'];
const MONEY: Record<string, string> = { USD: 'US$ ', EUR: '€', GBP: '£', CHF: 'CHF ', CNY: 'CNY ', JPY: 'JPY ' };

/** Names, dates, figures and countries with their English, in order, not overlapping; what comes first in this list wins. */
function marksOf(text: string, language: LexiconLanguage): Mark[] {
  const found: Mark[] = [];
  const add = (mark: Mark) => {
    if (!found.some((other) => mark.start < other.end && other.start < mark.end)) found.push(mark);
  };
  for (const mark of bodies(text, language)) add(mark);
  for (const { from, to, start, end } of datesIn(text, language)) {
    add({ start, end, english: from === to ? spellDate(from) : `${spellDate(from)} to ${spellDate(to)}` });
  }
  for (const { code, start, end } of countryMentions(text, language)) add({ start, end, english: regions().of(code) ?? code });
  for (const { value, unit, kind, start, end } of figuresIn(text, language)) {
    const number = value.toLocaleString('en-US', { maximumFractionDigits: 6, useGrouping: kind !== 'year' });
    const english =
      kind === 'ordinal'
        ? (FIRST[value] ?? `${number}${suffix(value)}`)
        : unit === '%'
          ? `${number} per cent`
          : `${MONEY[unit ?? ''] ?? ''}${number}`;
    add({ start, end, english });
  }
  return found.sort((a, b) => a.start - b.start);
}

function suffix(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
}

interface Form {
  form: string;
  english: string;
  long: string | undefined;
  exact: boolean;
}

let forms: Map<string, Form[]> | null = null;

/** Names of bodies by the first letter of each form in a language, longest first. */
function formsOf(language: string): readonly Form[] {
  forms ??= new Map();
  let found = forms.get(language);
  if (!found) {
    found = bodyNames()
      .filter((name) => name.language === language)
      .map(({ form, english, long }) => ({ form: fold(form), english, long, exact: /^\p{Lu}{2,6}$/u.test(form) }))
      .sort((a, b) => b.form.length - a.form.length);
    forms.set(language, found);
  }
  return found;
}

function bodies(text: string, language: string): Mark[] {
  const found: Mark[] = [];
  const folded = language === 'zh' ? text : foldKeepingLength(text);
  for (const { form, english, long, exact } of formsOf(language)) {
    for (let at = folded.indexOf(form); at >= 0; at = folded.indexOf(form, at + form.length)) {
      const end = at + form.length;
      const whole = language === 'zh' || (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[end] ?? ''));
      // "UE", "SIDA" are names in capitals only.
      if (whole && (!exact || text.slice(at, end) === text.slice(at, end).toUpperCase())) found.push({ start: at, end, english, long });
    }
  }
  return found;
}

function foldKeepingLength(text: string): string {
  return text
    .replace(/[’‘]/g, "'")
    .replace(/[^\x00-\x7f]/g, (letter) => {
      const folded = fold(letter);
      return folded.length === 1 ? folded : letter;
    })
    .toLowerCase()
    .slice(0, text.length);
}

const prepare = (form: string): string[] => fold(form).match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
/** Words that differ by an accent only, or ask only at the head of a question. */
const ACCENTED: Record<string, Record<string, string>> = { fr: { ou: 'or', à: 'in' }, es: { si: 'if' } };
const ASKS_AT_HEAD: Record<string, ReadonlySet<string>> = {
  fr: new Set(['qui', 'que', 'qu', 'quoi']),
  es: new Set(['que', 'como', 'cuando', 'donde', 'quien', 'quienes', 'cual', 'cuanto']),
  de: new Set(),
};
const HEAD_WORDS = 3;

async function spaced(text: string, language: LexiconLanguage, marks: readonly Mark[], reader: IndexReader | null): Promise<Piece[]> {
  const lexicon = lexiconOf(language, prepare);
  const words = [...text.matchAll(/[\p{L}\p{M}]+|\p{N}[\p{N}.,]*/gu)].map((match) => ({
    raw: match[0],
    folded: fold(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const pieces: Piece[] = [];
  let next = 0;
  for (let i = 0; i < words.length; ) {
    const word = words[i] as (typeof words)[number];
    while (next < marks.length && (marks[next] as Mark).end <= word.start) next++;
    const mark = marks[next];
    if (mark && mark.start <= word.start && word.start < mark.end) {
      pieces.push({ english: mark.english, kind: 'known' });
      while (i < words.length && (words[i] as { start: number }).start < mark.end) i++;
      continue;
    }
    const free = mark ? words.findIndex((other, at) => at >= i && other.start >= mark.start) : words.length;
    const entries = lexicon.get(keyOf(word.folded, language)) ?? [];
    const end = free < 0 ? words.length : free;
    const entry =
      entries.find((one) => matches(one, words, i, end, null)) ??
      entries.find((one) => matches(one, words, i, end, INFLECTION[language] as RegExp));
    const accented = ACCENTED[language]?.[word.raw.toLowerCase()];
    if (accented !== undefined && (entry?.words.length ?? 1) === 1) {
      pieces.push({ english: accented, kind: 'form' });
      i++;
    } else if (entry) {
      const late =
        i >= HEAD_WORDS && entry.words.length === 1 && ASKS_AT_HEAD[language]?.has(word.folded) && word.raw.toLowerCase() === word.folded;
      pieces.push({ english: late ? '' : entry.english, kind: entry.form ? 'form' : 'known' });
      i += entry.words.length;
    } else {
      pieces.push(...(await unknown(word.raw, i === 0, language, lexicon, reader)));
      i++;
    }
  }
  return pieces;
}

/** Endings of number, gender and case, so that the dictionary need not list every form. */
const INFLECTION: Record<string, RegExp> = { fr: /(?:es|s|x|e)$/, es: /(?:es|s|[oa]s?)$/, de: /(?:e[nmrs]?|n|s)$/ };
/** Shorter words differ by their endings alone. */
const LEAST_INFLECTED = 5;

/** Whether the words from `at` on are an entry's, exactly or (`loosely`) but for the ending of each longer word. */
function matches(entry: Entry, words: readonly { folded: string }[], at: number, end: number, loosely: RegExp | null): boolean {
  if (at + entry.words.length > end || (loosely && entry.form)) return false;
  return entry.words.every(({ text, prefix }, k) => {
    const word = (words[at + k] as { folded: string }).folded;
    if (prefix ? word.startsWith(text) : word === text) return true;
    return (
      loosely !== null &&
      word.length >= LEAST_INFLECTED &&
      text.length >= LEAST_INFLECTED &&
      word.replace(loosely, '') === text.replace(loosely, '')
    );
  });
}

/** A word no table knows: a name stays, a German compound is taken apart, a cognate becomes the corpus's word. */
async function unknown(
  raw: string,
  opens: boolean,
  language: LexiconLanguage,
  lexicon: ReadonlyMap<string, Entry[]>,
  reader: IndexReader | null,
): Promise<Piece[]> {
  const folded = fold(raw);
  const occurs = async (word: string) => {
    const term = tokens(word)[0]?.term;
    return term !== undefined && ((await reader?.terms([term]))?.[0]?.frequency ?? 0) > 0;
  };
  const isName = /^\p{N}/u.test(raw) || /\p{L}\p{Lu}/u.test(raw) || (/^\p{Lu}/u.test(raw) && !opens && language !== 'de');
  if (isName) return [{ english: raw, kind: (await occurs(raw)) ? 'known' : 'unknown' }];
  if (folded.length < 3) return [{ english: '', kind: 'form' }];
  if (language === 'de') {
    const parts = compound(folded, lexicon);
    if (parts) return parts;
  }
  for (const candidate of [folded, ...cognates(folded, language)]) {
    if (await occurs(candidate)) return [{ english: candidate, kind: 'known' }];
  }
  if (folded.length >= 6 && reader) {
    for (const candidate of [folded, ...cognates(folded, language)].slice(0, 3)) {
      const near = (await reader.similarWords(candidate, COGNATE_EDITS)).find(
        ({ word, distance }) => word.slice(0, 3) === candidate.slice(0, 3) && distance <= (candidate.length < 8 ? 1 : COGNATE_EDITS),
      );
      if (near) return [{ english: near.word, kind: 'known' }];
    }
  }
  return [{ english: raw, kind: 'unknown' }];
}

/** Arbeitsmarkt+politik: known words from the front, joined by s, es, n or nothing. */
function compound(word: string, lexicon: ReadonlyMap<string, Entry[]>): Piece[] | null {
  const pieces: Piece[] = [];
  let rest = word;
  while (rest.length > 0) {
    const entry = (lexicon.get(keyOf(rest, 'de')) ?? []).find(({ words, form }) => {
      const own = words[0]?.text ?? '';
      return !form && words.length === 1 && own.length >= 4 && rest.startsWith(own);
    });
    if (!entry || pieces.length === 4) return null;
    pieces.push({ english: entry.english, kind: 'known' });
    rest = rest.slice((entry.words[0] as { text: string }).text.length);
    if (entry.words[0]?.prefix || /^(?:e?n|e?s|er?|en)?$/.test(rest)) break;
    rest = rest.replace(/^(?:es|s|en|n)(?=\p{L}{4})/u, '');
  }
  return pieces.length > 0 ? pieces : null;
}

/** Chinese is written without spaces: at each character the longest form that fits. */
function chinese(text: string, marks: readonly Mark[]): Piece[] {
  const lexicon = lexiconOf('zh', (form) => [form]);
  const pieces: Piece[] = [];
  let next = 0;
  let rest = '';
  const flush = () => {
    if (rest !== '') pieces.push({ english: rest, kind: 'unknown' });
    rest = '';
  };
  for (let i = 0; i < text.length; ) {
    while (next < marks.length && (marks[next] as Mark).end <= i) next++;
    const mark = marks[next];
    const latin = /^[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}+&.’'-]*/u.exec(text.slice(i, i + 60))?.[0];
    const entry = (lexicon.get(text[i] as string) ?? []).find((one) => {
      const form = one.words[0]?.text ?? '';
      if (!text.startsWith(form, i)) return false;
      // "二期" is the second phase, not a figure and a word.
      return !mark || i + form.length <= mark.start || (mark.start === i && i + form.length > mark.end);
    });
    if (mark && mark.start <= i && !(entry && i + (entry.words[0]?.text.length ?? 0) > mark.end)) {
      flush();
      pieces.push({ english: mark.english, kind: 'known' });
      i = mark.end;
    } else if (latin) {
      flush();
      pieces.push({ english: latin, kind: 'known' });
      i += latin.length;
    } else if (entry) {
      flush();
      pieces.push({ english: entry.english, kind: entry.form ? 'form' : 'known' });
      i += (entry.words[0] as { text: string }).text.length;
    } else {
      if (/\p{Script=Han}/u.test(text[i] as string)) rest += text[i];
      else flush();
      i++;
    }
  }
  flush();
  return pieces;
}

const ASKS = /^(?:how|what|which|who|where|when|why|since when|until when|in which|with whom)\b/;

/** Words after "how many" that may be one noun phrase. */
const NOUNS = 4;

/** Puts the asking words where English has them: in front, "how many" and "which" with the noun that follows. */
function arrange(pieces: readonly Piece[], text: string, language: LexiconLanguage): Piece[] {
  const list = pieces.filter((piece) => piece.english !== '');
  const at = list.findIndex((piece) => piece.kind === 'form' && ASKS.test(piece.english));
  if (at < 0) {
    const asks = language === 'zh' ? /吗/.test(text) : language === 'fr' && /-(?:t-)?(?:ils?|elles?|on)\b/i.test(text);
    return asks ? [{ english: 'has', kind: 'form' }, ...list] : list;
  }
  if (language !== 'zh' || at === 0) return list;
  const asking = list[at] as Piece;
  // The nouns that follow, up to the next verb or particle, belong to it.
  const takesNoun = /^(?:how many|which|what|in which)$/.test(asking.english);
  let end = at + 1;
  while (takesNoun && end < list.length && end <= at + NOUNS && (list[end] as Piece).kind !== 'form') end++;
  const bare = asking.english === 'how many' && end === at + 1;
  const front: Piece[] = bare ? [{ english: 'how much money', kind: 'form' }] : list.slice(at, end);
  return [...front, ...list.slice(0, at), ...list.slice(end)];
}

const capitalise = (text: string) => (text[0] ?? '').toUpperCase() + text.slice(1);
