import type { Briefing, Chunk, Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { slicer } from '../core/text/codepoints.ts';
import { fileWords } from '../core/text/file-words.ts';
import { fold, type Token, terms, tokens } from '../core/text/tokens.ts';

/** How much a term counts by where it stands; a term of the chunk's own text counts 1. */
export interface FieldWeights {
  /** Titles above the chunk. */
  headings: number;
  /** Title of the briefing, and the words of its file name. */
  title: number;
  /** What leads in: sentences and introductions of lists repeated from another chunk. */
  lead: number;
}

/** One chunk as lexical search sees it. */
export interface LexicalDocument {
  /** Position of the chunk in the snapshot; documents come in this order, none is left out. */
  ordinal: number;
  /** Weighted term frequencies, bigrams included. */
  frequencies: Map<string, number>;
  /** Weighted number of single terms: bigrams do not make a chunk longer. */
  length: number;
}

/** What lexical search reads of a briefing. */
export interface LexicalBriefing {
  briefing: Pick<Briefing, 'title' | 'source' | 'language' | 'access'>;
  paragraphs: readonly Paragraph[];
  chunks: readonly Chunk[];
}

/** A bigram is written `a_b`; no single term contains the underscore. */
export const isBigram = (term: string): boolean => term.includes('_');

/**
 * Snapshot order: briefings by id (code units), paragraphs as they stand in the text, chunks as they were given. The same corpus makes the same
 * index, in whatever order its briefings were added.
 */
export function inSnapshotOrder(corpus: readonly IngestedBriefing[]): IngestedBriefing[] {
  return corpus
    .map((entry) => ({ ...entry, paragraphs: inReadingOrder(entry.paragraphs) }))
    .sort((a, b) => (a.briefing.id < b.briefing.id ? -1 : a.briefing.id > b.briefing.id ? 1 : 0));
}

/** As they stand in the text. */
export const inReadingOrder = (paragraphs: readonly Paragraph[]): Paragraph[] =>
  [...paragraphs].sort((a, b) => a.start - b.start || a.number - b.number);

/** The chunks lexical search finds, in order. `read` is given the tokens of every title and every paragraph, headings included, and whose they are. */
export function* lexicalDocuments(
  corpus: Iterable<LexicalBriefing>,
  weights: FieldWeights,
  read: (tokens: readonly Token[], briefing: LexicalBriefing['briefing']) => void = () => undefined,
): Generator<LexicalDocument> {
  let ordinal = 0;
  for (const { briefing, paragraphs, chunks } of corpus) {
    const slices = new Map(paragraphs.map(({ number, text }) => [number, slicer(text)]));
    const { language } = briefing;
    const termsOfLine = remembered((line) => terms(line, language));
    const keyOf = remembered((line) => fold(line).trim());
    const titles = [briefing.title, fileWords(briefing.source)];
    fieldWords({ briefing, paragraphs }, read);
    for (const { parts, headings } of chunks) {
      const document: LexicalDocument = { ordinal: ordinal++, frequencies: new Map(), length: 0 };
      const count = (list: readonly string[], weight: number) => {
        if (weight <= 0) return;
        for (const term of list) {
          document.frequencies.set(term, (document.frequencies.get(term) ?? 0) + weight);
          if (!isBigram(term)) document.length += weight;
        }
      };
      for (const { paragraph, start, end, lead } of stretches(parts)) {
        const text = slices.get(paragraph)?.(start, end);
        if (text !== undefined) count(terms(text, language), lead ? weights.lead : 1);
      }
      // A first heading often repeats the title, and a file is often named after it: each distinct line counts once.
      const counted = new Set<string>();
      const once = (line: string, weight: number) => {
        if (counted.size < counted.add(keyOf(line)).size) count(termsOfLine(line), weight);
      };
      for (const line of headings) once(line, weights.headings);
      for (const line of titles) once(line, weights.title);
      yield document;
    }
  }
}

/** Tokens of the title and of every paragraph, headings included: what spelling is counted from. */
export function fieldWords(
  { briefing, paragraphs }: Pick<LexicalBriefing, 'briefing' | 'paragraphs'>,
  read: (tokens: readonly Token[], briefing: LexicalBriefing['briefing']) => void,
): void {
  read(tokens(briefing.title, briefing.language), briefing);
  for (const { text } of paragraphs) read(tokens(text, briefing.language), briefing);
}

/** Parts that follow one another in a paragraph as one, so that words on both sides of a sentence's end are neighbours. */
function stretches(parts: Chunk['parts']): Chunk['parts'] {
  const found: Chunk['parts'] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last && last.paragraph === part.paragraph && last.lead === part.lead && part.start >= last.end) last.end = part.end;
    else found.push({ ...part });
  }
  return found;
}

function remembered<T>(make: (line: string) => T): (line: string) => T {
  const known = new Map<string, T>();
  return (line) => {
    const found = known.get(line) ?? make(line);
    known.set(line, found);
    return found;
  };
}

/** Counts words for spelling: folded, unstemmed words of two letters or more, no digits, no stopwords. */
export function createWordCounter(counts = new Map<string, number>()): {
  read(tokens: readonly Token[]): void;
  /** Takes back what `read` counted. */
  forget(tokens: readonly Token[]): void;
  counts: Map<string, number>;
} {
  const counted = ({ word, stop }: Token) => !stop && word.length >= 2 && !HAS_DIGIT.test(word);
  return {
    read(list) {
      for (const token of list) if (counted(token)) counts.set(token.word, (counts.get(token.word) ?? 0) + 1);
    },
    forget(list) {
      for (const token of list) {
        const left = counted(token) ? (counts.get(token.word) ?? 0) - 1 : 0;
        if (left > 0) counts.set(token.word, left);
        else if (counted(token)) counts.delete(token.word);
      }
    },
    counts,
  };
}

const HAS_DIGIT = /\p{N}/u;
