import type { Paragraph, Span } from '../model.ts';
import { type DateMention, dates } from '../time/dates.ts';
import { sliceCodePoints } from './codepoints.ts';
import { type Figure, figures } from './figures.ts';
import { names } from './names.ts';
import { countries } from './places.ts';
import { isUnspaced, type Token, tokens } from './tokens.ts';

/** One sentence, read once and kept: what ranking, verification and edition rules look at. */
export interface SentenceAnalysis {
  text: string;
  /** Code points, relative to the paragraph. */
  span: Span;
  /** Content tokens (no stopwords), in order. */
  content: Token[];
  /** Term -> ascending positions in `content`; character pairs of scripts without spaces included. */
  terms: Map<string, number[]>;
  /** Number of tokens, stopwords included. */
  length: number;
  /** Opens with a word that points back ("It", "This", "They"). */
  pointsBack: boolean;
  negated: boolean;
  readonly figures: Figure[];
  readonly dates: DateMention[];
  /** Folded words of capitalised names, sentence-opening single words left out. */
  readonly names: string[][];
  readonly countries: string[];
}

export interface ParagraphAnalysis {
  sentences: SentenceAnalysis[];
  terms: Set<string>;
}

const POINTS_BACK = /^(?:it|its|this|these|they|their|he|she|his|her|such|those|that|the latter|the former)\b/i;
const NEGATED = /\b(?:not|never|no longer|without|neither|nor|cannot|n't)\b|n['’]t\b/i;

/** Reads a sentence; the costly parts (figures, dates, names) are read when first asked for. */
export function analyseSentence(text: string, span: Span): SentenceAnalysis {
  const all = tokens(text);
  const content = all.filter((token) => !token.stop);
  const terms = new Map<string, number[]>();
  const put = (term: string, at: number) => {
    const list = terms.get(term);
    if (list) list.push(at);
    else terms.set(term, [at]);
  };
  content.forEach((token, i) => {
    put(token.term, i);
    const next = content[i + 1];
    if (next && isUnspaced(token.term) && isUnspaced(next.term)) put(`${token.term}_${next.term}`, i);
  });
  let figureList: Figure[] | undefined;
  let dateList: DateMention[] | undefined;
  let nameList: string[][] | undefined;
  let countryList: string[] | undefined;
  return {
    text,
    span,
    content,
    terms,
    length: all.length,
    pointsBack: POINTS_BACK.test(text),
    negated: NEGATED.test(text),
    get dates() {
      dateList ??= dates(text);
      return dateList;
    },
    get figures() {
      figureList ??= figures(text).filter((figure) => !this.dates.some((date) => figure.start < date.end && date.start < figure.end));
      return figureList;
    },
    get names() {
      nameList ??= names(text)
        .filter((name) => !name.initial || name.text.includes(' '))
        .map((name) => tokens(name.text).map((token) => token.word));
      return nameList;
    },
    get countries() {
      countryList ??= countries(text).map((country) => country.code);
      return countryList;
    },
  };
}

const analyses = new WeakMap<Paragraph, ParagraphAnalysis>();

/** Reads a paragraph sentence by sentence. Kept for as long as the paragraph object lives. */
export function analyseParagraph(paragraph: Paragraph): ParagraphAnalysis {
  let found = analyses.get(paragraph);
  if (!found) {
    const spans = paragraph.sentences.length > 0 ? paragraph.sentences : [{ start: 0, end: paragraph.end - paragraph.start }];
    const sentences = spans.map((span) => analyseSentence(sliceCodePoints(paragraph.text, span.start, span.end), span));
    found = { sentences, terms: new Set(sentences.flatMap((sentence) => [...sentence.terms.keys()])) };
    analyses.set(paragraph, found);
  }
  return found;
}

const lines = new Map<string, SentenceAnalysis>();
/** A few lines stand over many paragraphs. */
const LINES_KEPT = 50_000;

/** Reads a title or heading; kept. */
export function analyseLine(line: string): SentenceAnalysis {
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
