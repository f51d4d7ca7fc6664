import type { Paragraph, Span } from '../model.ts';
import { type DateMention, dates } from '../time/dates.ts';
import { sliceCodePoints } from './codepoints.ts';
import { type Figure, figures } from './figures.ts';
import { names } from './names.ts';
import { countries } from './places.ts';
import { eachWord, isUnspaced, type Token, tokens } from './tokens.ts';
import { knownTerm, numberOfTerm, numberOfWord, termOfWord, termsByWord, wordOfNumber } from './vocabulary.ts';

/** One sentence, read once and kept: what ranking, verification and edition rules look at. */
export interface SentenceAnalysis {
  text: string;
  /** Code points, relative to the paragraph. */
  span: Span;
  /** Content tokens (no stopwords), in order. */
  readonly content: Token[];
  /** Term -> ascending positions in `content`; character pairs of scripts without spaces included. */
  readonly terms: Map<string, number[]>;
  /** The words of `content` by number (vocabulary.ts): quicker to compare than tokens, and smaller to keep. */
  readonly words: Int32Array;
  /** Where each of them begins, UTF-16 offsets, ascending. */
  readonly starts: Int32Array;
  /** Character pairs of scripts without spaces: number of the term, then its position, and so on; null when there are none. */
  readonly unspaced: Int32Array | null;
  /** Number of tokens, stopwords included. */
  readonly length: number;
  /** Opens with a word that points back ("It", "This", "They"). */
  readonly pointsBack: boolean;
  readonly negated: boolean;
  readonly figures: Figure[];
  readonly dates: DateMention[];
  /** Folded words of capitalised names, sentence-opening single words left out. */
  readonly names: string[][];
  readonly countries: string[];
}

export interface ParagraphAnalysis {
  readonly sentences: SentenceAnalysis[];
  /** Terms of all sentences. */
  readonly terms: TermsOf;
}

/** The part of a set that is asked of a paragraph's terms. */
interface TermsOf extends Iterable<string> {
  has(term: string): boolean;
}

const POINTS_BACK = /^(?:it|its|this|these|they|their|he|she|his|her|such|those|that|the latter|the former)\b/i;
const NEGATED = /\b(?:not|never|no longer|without|neither|nor|cannot|n't)\b|n['’]t\b/i;

/** Reads a sentence; each part when it is first asked for. */
function analyseSentence(text: string, span: Span): SentenceAnalysis {
  return new Reading(text, span);
}

/** A class, because its objects come by the thousand: what is not asked for costs nothing. */
class Reading implements SentenceAnalysis {
  readonly text: string;
  readonly span: Span;
  #content: Token[] | undefined;
  #words: Int32Array | undefined;
  #starts: Int32Array | undefined;
  #ends: Int32Array | undefined;
  #unspaced: Int32Array | null | undefined;
  #length = 0;
  #terms: Map<string, number[]> | undefined;
  #pointsBack: boolean | undefined;
  #negated: boolean | undefined;
  #figures: Figure[] | undefined;
  #dates: DateMention[] | undefined;
  #names: string[][] | undefined;
  #countries: string[] | undefined;

  constructor(text: string, span: Span) {
    this.text = text;
    this.span = span;
  }
  #read(): Int32Array {
    let count = 0;
    let all = 0;
    let unspaced = false;
    eachWord(this.text, (word, start, end) => {
      all++;
      const number = numberOfWord(word);
      if (number < 0) return;
      if (count === read.length) {
        read = doubled(read);
        begins = doubled(begins);
        ends = doubled(ends);
      }
      begins[count] = start;
      ends[count] = end;
      read[count++] = number;
      // No script without spaces is ASCII.
      if (word.charCodeAt(0) > 127 && isUnspaced(word)) unspaced = true;
    });
    this.#length = all;
    const words = read.slice(0, count);
    this.#starts = begins.slice(0, count);
    this.#ends = ends.slice(0, count);
    this.#unspaced = unspaced ? unspacedPairs(words) : null;
    return words;
  }
  #tokens(): Token[] {
    const { words, starts } = this;
    const ends = this.#ends as Int32Array;
    const found: Token[] = [];
    for (let at = 0; at < words.length; at++) {
      const number = words[at] as number;
      found.push({
        word: wordOfNumber(number),
        term: termOfWord(number),
        start: starts[at] as number,
        end: ends[at] as number,
        stop: false,
      });
    }
    return found;
  }
  get content() {
    this.#content ??= this.#tokens();
    return this.#content;
  }
  get words() {
    this.#words ??= this.#read();
    return this.#words;
  }
  get starts() {
    this.#words ??= this.#read();
    return this.#starts as Int32Array;
  }
  get unspaced() {
    this.#words ??= this.#read();
    return this.#unspaced as Int32Array | null;
  }
  get length() {
    this.#words ??= this.#read();
    return this.#length;
  }
  get terms() {
    this.#terms ??= positions(this.content);
    return this.#terms;
  }
  get pointsBack() {
    this.#pointsBack ??= POINTS_BACK.test(this.text);
    return this.#pointsBack;
  }
  get negated() {
    this.#negated ??= NEGATED.test(this.text);
    return this.#negated;
  }
  get dates() {
    this.#dates ??= dates(this.text);
    return this.#dates;
  }
  get figures() {
    this.#figures ??= figures(this.text).filter((figure) => !this.dates.some((date) => figure.start < date.end && date.start < figure.end));
    return this.#figures;
  }
  get names() {
    this.#names ??= names(this.text)
      .filter((name) => !name.initial || name.text.includes(' '))
      .map((name) => tokens(name.text).map((token) => token.word));
    return this.#names;
  }
  get countries() {
    this.#countries ??= countries(this.text).map((country) => country.code);
    return this.#countries;
  }
}

/** Where words are gathered before their number is known. */
let read = new Int32Array(256);
let begins = new Int32Array(256);
let ends = new Int32Array(256);

const doubled = (list: Int32Array): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(2 * list.length);
  larger.set(list);
  return larger;
};

function unspacedPairs(words: Int32Array): Int32Array | null {
  const found: number[] = [];
  let before: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const term = termOfWord(words[at] as number);
    const here = isUnspaced(term) ? term : null;
    if (before !== null && here !== null) found.push(numberOfTerm(`${before}_${here}`), at - 1);
    before = here;
  }
  return found.length > 0 ? Int32Array.from(found) : null;
}

function positions(content: readonly Token[]): Map<string, number[]> {
  const terms = new Map<string, number[]>();
  const put = (term: string, at: number) => {
    const list = terms.get(term);
    if (list) list.push(at);
    else terms.set(term, [at]);
  };
  let unspaced = false;
  for (let at = 0; at < content.length; at++) {
    const { term } = content[at] as Token;
    put(term, at);
    const before = unspaced;
    // No script without spaces is ASCII.
    unspaced = term.charCodeAt(0) > 127 && isUnspaced(term);
    if (before && unspaced) put(`${(content[at - 1] as Token).term}_${term}`, at - 1);
  }
  return terms;
}

const analyses = new WeakMap<Paragraph, ParagraphAnalysis>();

/** Whether a term stands in any of some sentences. */
function holds(sentences: readonly SentenceAnalysis[], term: string): boolean {
  // All is read before the term is looked up: reading gives numbers.
  for (const sentence of sentences) if (sentence.unspaced !== null) return sentences.some(({ terms }) => terms.has(term));
  const wanted = knownTerm(term);
  if (wanted < 0) return false;
  const termOf = termsByWord();
  for (const { words } of sentences) {
    for (let at = 0; at < words.length; at++) if (termOf[words[at] as number] === wanted) return true;
  }
  return false;
}

class ParagraphReading implements ParagraphAnalysis {
  readonly sentences: SentenceAnalysis[];
  /** No set of its own: few terms are ever looked for. */
  readonly terms: TermsOf;

  constructor(sentences: SentenceAnalysis[]) {
    this.sentences = sentences;
    this.terms = {
      has: (term) => holds(sentences, term),
      [Symbol.iterator]: () => new Set(sentences.flatMap((sentence) => [...sentence.terms.keys()])).values(),
    };
  }
}

/** Reads a paragraph sentence by sentence. Kept for as long as the paragraph object lives. */
export function analyseParagraph(paragraph: Paragraph): ParagraphAnalysis {
  let found = analyses.get(paragraph);
  if (!found) {
    const spans = paragraph.sentences.length > 0 ? paragraph.sentences : [{ start: 0, end: paragraph.end - paragraph.start }];
    const sentences = spans.map((span) => analyseSentence(sliceCodePoints(paragraph.text, span.start, span.end), span));
    found = new ParagraphReading(sentences);
    analyses.set(paragraph, found);
  }
  return found;
}

const lines = new Map<string, SentenceAnalysis>();
/** A few lines stand over many paragraphs. */
const LINES_KEPT = 50_000;

/** Reads a title or heading; kept. */
function analyseLine(line: string): SentenceAnalysis {
  let found = lines.get(line);
  if (!found) {
    found = analyseSentence(line, { start: 0, end: 0 });
    if (lines.size >= LINES_KEPT) lines.clear();
    lines.set(line, found);
  }
  return found;
}

/** Content terms of a title or heading. */
export function termsOfLine(line: string): ReadonlyMap<string, unknown> {
  return analyseLine(line).terms;
}
