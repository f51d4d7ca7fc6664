import type { Briefing, Span, Verdict } from '../../core/model.ts';
import { detectLanguage } from '../../core/text/language.ts';
import { type ClaimSource, checkClaim, findSupport } from '../claims/check.ts';
import type { WordVectors } from '../features.ts';
import { checkAcross } from './across.ts';
import type { WrittenSentence } from './parse.ts';
import type { Evidence } from './prompt.ts';

/** A sentence that may be shown, with the sentences of the paragraphs that carry it. */
export interface Accepted {
  text: string;
  verdict: Verdict;
  /** Index of the evidence, and the part of its paragraph, code points. */
  uses: { evidence: number; span: Span }[];
}

export type Checked = { accepted: Accepted } | { reason: string; mendable: boolean; inOtherLanguage?: Accepted };

export interface Checker {
  check(sentence: WrittenSentence): Checked;
  /** Numbers in brackets that stood for no paragraph, so far. */
  unknownMarkers(): number;
}

export interface CheckOptions {
  /** Language the answer is to be in. */
  language: string;
  idf: (term: string) => number;
  wordVectors: WordVectors | null;
}

/** Longer than this is no sentence that one to three sentences of a paragraph could carry. Characters. */
const LONGEST = 700;

/**
 * Checks what a model writes against the paragraphs it was shown. Numbers that stand for no paragraph are dropped; a sentence
 * whose own numbers do not carry it, or that has none, gets those that do; what nothing carries is refused.
 */
export function createChecker(evidence: readonly Evidence[], { language, idf, wordVectors }: CheckOptions): Checker {
  const sources: ClaimSource[] = evidence.map(({ paragraph, briefing, lead }) => ({
    paragraph,
    title: briefing.title,
    edition: briefing.edition.date,
    lead,
  }));
  const spoken = new Set(evidence.map(({ briefing }) => briefing.language));
  let unknown = 0;

  /** What carries a sentence among some of the paragraphs; a reason when nothing does. */
  const carried = (text: string, among: readonly number[], own: string): Accepted['uses'] | string => {
    const options = { language: own, idf, wordVectors };
    const near = among.filter((index) => sameLanguage((evidence[index] as Evidence).briefing, own));
    if (near.length > 0) {
      const result = checkClaim(
        text,
        near.map((index) => sources[index] as ClaimSource),
        options,
      );
      if (result.supported) {
        return result.support.map(({ source, spans }) => ({ evidence: near[source] as number, span: covering(spans) }));
      }
      if (near.length === among.length) return result.reason;
    }
    const far = among.filter((index) => !near.includes(index));
    return checkAcross(text, own, far, evidence);
  };

  return {
    unknownMarkers: () => unknown,
    check({ text, markers }) {
      const known = markers.filter((number) => number >= 1 && number <= evidence.length).map((number) => number - 1);
      unknown += markers.length - known.length;
      if (text.length > LONGEST) return { reason: 'it is too long to be checked as one sentence', mendable: true };
      const own = languageOf(text, language, spoken);
      const first = known.length > 0 ? carried(text, known, own) : 'no paragraph was cited for it';
      let uses = first;
      let verdict: Verdict = known.length === markers.length ? 'verified' : 'repaired';
      if (typeof uses === 'string') {
        uses = elsewhere(text, known, own);
        verdict = 'repaired';
      }
      if (typeof uses === 'string')
        return { reason: typeof first === 'string' && known.length > 0 ? first : uses, mendable: known.length > 0 };
      const accepted = { text, verdict, uses: distinct(uses) };
      return own === language || !spoken.has(own) || (spoken.has(language) && own === language)
        ? { accepted }
        : { reason: `it is not in the language asked in`, mendable: true, inOtherLanguage: accepted };
    },
  };

  /** The paragraphs beside those cited that carry a sentence. */
  function elsewhere(text: string, cited: readonly number[], own: string): Accepted['uses'] | string {
    const others = evidence
      .map((_, index) => index)
      .filter((index) => !cited.includes(index) && sameLanguage((evidence[index] as Evidence).briefing, own));
    const found = findSupport(
      text,
      others.map((index) => sources[index] as ClaimSource),
      { language: own, idf, wordVectors },
    );
    if (!found?.check.supported) return 'no paragraph supports it';
    return found.check.support.map(({ source, spans }) => ({ evidence: others[source] as number, span: covering(spans) }));
  }
}

const sameLanguage = (briefing: Briefing, language: string): boolean => briefing.language === language || language === 'und';

/** The language a sentence is in; what is too short to tell is taken to be as it should. */
function languageOf(text: string, expected: string, spoken: ReadonlySet<string>): string {
  const found = detectLanguage(text);
  return found !== 'und' && (found === expected || spoken.has(found)) ? found : expected;
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
