import type { Abbreviation, Span, Verdict } from '../../core/model.ts';
import { type ClaimSource, checkClaim, findSupport, type Support } from '../claims/check.ts';
import type { WordVectors } from '../features.ts';
import { type Reason, reason } from '../reasons.ts';
import type { WrittenSentence } from './parse.ts';
import type { Evidence } from './prompt.ts';

/** A sentence that may be shown, with the sentences of the paragraphs that carry it. */
export interface Accepted {
  text: string;
  verdict: Verdict;
  /** Index of the evidence, and the part of its paragraph, code points. */
  uses: { evidence: number; span: Span }[];
}

/** `mendable`: it cites a paragraph, so it is worth a second try. */
export type Checked = { accepted: Accepted } | { reason: Reason; mendable: boolean };

export interface Checker {
  check(sentence: WrittenSentence): Checked;
  /** Numbers in brackets that stood for no paragraph, so far. */
  unknownMarkers(): number;
}

export interface CheckOptions {
  /** Language of the paragraphs, which the sentences are to be in. */
  language: string;
  idf: (term: string) => number;
  wordVectors: WordVectors | null;
  /** Abbreviations the briefings introduce. */
  abbreviations: readonly Abbreviation[];
}

/** Longer than this is no sentence that one to three sentences of a paragraph could carry. Characters. */
const LONGEST = 700;
/** A tag, or a link of Markdown: some client would act on it. */
export const MARKUP = /<[a-z/!]|\]\s?\(/i;

/**
 * Checks what a model writes against the paragraphs it was shown. Numbers that stand for no paragraph are dropped; a sentence
 * whose own numbers do not carry it, or that has none, gets those that do; what nothing carries is refused.
 */
export function createChecker(evidence: readonly Evidence[], { language, idf, wordVectors, abbreviations }: CheckOptions): Checker {
  const sources: ClaimSource[] = evidence.map(({ paragraph, briefing, lead }) => ({
    paragraph,
    title: briefing.title,
    edition: briefing.edition.date,
    lead,
  }));
  const options = { language, idf, wordVectors, abbreviations };
  let unknown = 0;

  const usesOf = (support: readonly Support[], among: readonly number[]): Accepted['uses'] =>
    distinct(support.map(({ source, spans }) => ({ evidence: among[source] as number, span: covering(spans) })));

  return {
    unknownMarkers: () => unknown,
    check({ text, markers }) {
      const cited = markers.filter((number) => number >= 1 && number <= evidence.length).map((number) => number - 1);
      unknown += markers.length - cited.length;
      if (text.length > LONGEST) return { reason: reason('long'), mendable: true };
      if (MARKUP.test(text)) return { reason: reason('markup'), mendable: true };
      const own = cited.map((index) => sources[index] as ClaimSource);
      const first = own.length > 0 ? checkClaim(text, own, options) : null;
      if (first?.supported) {
        const verdict: Verdict = cited.length === markers.length ? 'verified' : 'repaired';
        return { accepted: { text, verdict, uses: usesOf(first.support, cited) } };
      }
      const others = sources.map((_, index) => index).filter((index) => !cited.includes(index));
      const found = findSupport(
        text,
        others.map((index) => sources[index] as ClaimSource),
        options,
      );
      if (found?.check.supported) return { accepted: { text, verdict: 'repaired', uses: usesOf(found.check.support, others) } };
      return { reason: first?.reason ?? reason('uncited'), mendable: first !== null };
    },
  };
}

/** From the first to the last of some sentences of a paragraph. */
function covering(spans: readonly Span[]): Span {
  return { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
}

function distinct(uses: Accepted['uses']): Accepted['uses'] {
  const seen = new Set<string>();
  return uses.filter(({ evidence, span }) => {
    const key = `${evidence} ${span.start} ${span.end}`;
    return !seen.has(key) && seen.add(key);
  });
}
