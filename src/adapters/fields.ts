import type { Paragraph } from '../core/model.ts';
import type { IngestedBriefing } from '../core/ports.ts';
import { type Token, terms, termsOf, tokens } from '../core/text/tokens.ts';

/** How much a term counts by where it stands; a term of the paragraph itself counts 1. */
export interface FieldWeights {
  /** Briefing title and headings above. */
  context: number;
  /** The paragraph that introduces a list, for its items. */
  lead: number;
}

/** One paragraph as lexical search sees it. */
export interface LexicalDocument {
  /** Position of the paragraph in the snapshot. */
  ordinal: number;
  /** Weighted term frequencies, bigrams included. */
  frequencies: Map<string, number>;
  /** Weighted number of single terms: bigrams do not make a paragraph longer. */
  length: number;
}

/** A bigram is written `a_b`; no single term contains the underscore. */
export const isBigram = (term: string): boolean => term.includes('_');

/** Terms of a list's introduction that its items inherit: about one sentence, so that a long lead cannot drown an item. */
const LEAD_TERMS = 40;

/**
 * Snapshot order: briefings by id (code units), paragraphs by number. The same corpus makes the same index, in
 * whatever order its briefings were added.
 */
export function inSnapshotOrder(corpus: readonly IngestedBriefing[]): IngestedBriefing[] {
  return corpus
    .map((entry) => ({ ...entry, paragraphs: [...entry.paragraphs].sort((a, b) => a.number - b.number) }))
    .sort((a, b) => (a.briefing.id < b.briefing.id ? -1 : a.briefing.id > b.briefing.id ? 1 : 0));
}

/** Numbers of the headings that some paragraph which is not a heading stands under, at any depth. */
function headingsWithText(paragraphs: readonly Paragraph[]): Set<number> {
  const byNumber = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
  const covered = new Set<number>();
  for (const paragraph of paragraphs) {
    if (paragraph.kind === 'heading') continue;
    for (let above = paragraph.heading; above !== null && !covered.has(above); above = byNumber.get(above)?.heading ?? null)
      covered.add(above);
  }
  return covered;
}

/**
 * The paragraphs lexical search finds, in order: everything but headings that have text under them, whose words stand
 * in the context of that text instead. `read` is given the tokens of every title and every paragraph, headings included.
 */
export function* lexicalDocuments(
  corpus: readonly { briefing: { title: string }; paragraphs: readonly Paragraph[] }[],
  weights: FieldWeights,
  read: (tokens: readonly Token[]) => void = () => undefined,
): Generator<LexicalDocument> {
  let ordinal = -1;
  for (const { briefing, paragraphs } of corpus) {
    const covered = headingsWithText(paragraphs);
    const byNumber = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
    const known = new Map<string, string[]>();
    const termsOnce = (text: string): string[] => {
      const found = known.get(text) ?? terms(text);
      known.set(text, found);
      return found;
    };
    read(tokens(briefing.title));
    for (const paragraph of paragraphs) {
      ordinal++;
      const own = tokens(paragraph.text);
      read(own);
      if (paragraph.kind === 'heading' && covered.has(paragraph.number)) continue;
      const document: LexicalDocument = { ordinal, frequencies: new Map(), length: 0 };
      const count = (list: readonly string[], weight: number) => {
        if (weight <= 0) return;
        for (const term of list) {
          document.frequencies.set(term, (document.frequencies.get(term) ?? 0) + weight);
          if (!isBigram(term)) document.length += weight;
        }
      };
      count(termsOf(own), 1);
      // A first heading often repeats the title: each distinct line counts once.
      for (const line of new Set([briefing.title, ...paragraph.headings])) count(termsOnce(line), weights.context);
      const lead = paragraph.lead === null ? undefined : byNumber.get(paragraph.lead);
      if (lead && lead !== paragraph) count(termsOnce(lead.text).slice(-LEAD_TERMS), weights.lead);
      yield document;
    }
  }
}

/** Counts words for spelling: folded, unstemmed words of two letters or more, no digits, no stopwords. */
export function createWordCounter(): { read(tokens: readonly Token[]): void; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return {
    read(list) {
      for (const { word, stop } of list) {
        if (!stop && word.length >= 2 && !HAS_DIGIT.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    },
    counts,
  };
}

const HAS_DIGIT = /\p{N}/u;
