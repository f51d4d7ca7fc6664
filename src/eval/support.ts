import type { Citation } from '../core/model.ts';
import { figures } from '../core/text/figures.ts';
import { names } from '../core/text/names.ts';
import { tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';

/** Name of the support test, written into every report: scores of different tests are not compared. */
export const SUPPORT_TEST = 'words-and-figures-1';

/**
 * Share of a sentence's content words that its source must hold. Measured by evals/support-threshold.ts on sentences of
 * human-written answers against their own passage and against the most similar other one: at 0.65 the test keeps .99 and
 * rejects .94 on clapnq (296 sentences), and keeps .79 and rejects .86 on mtrag (875; its answers rephrase freely and hold
 * prose that stands in no passage). 0.5 rejects .88 and .62, 0.8 keeps .98 and .65.
 */
const ENOUGH_WORDS = 0.65;

export interface Support {
  supported: boolean;
  /** Share of the sentence's content words (stems) that occur in the source, 0..1; 1 for a sentence without any. */
  words: number;
  /** Figures, dates and names of the sentence that the source does not hold, as written. */
  missing: string[];
}

/** The text a citation stands for: paragraph, headings and title of the briefing, whose edition date counts as said. */
export function sourceText(citation: Pick<Citation, 'text' | 'headings' | 'briefing'>): string {
  return [citation.text, ...citation.headings, citation.briefing.title].join('\n');
}

/**
 * The deterministic support test: does `source` say what `sentence` says? It holds when every figure, date and name of the
 * sentence occurs in the source and at least ENOUGH_WORDS of its content words do. It sees no negation and no exchange of
 * subject and object; it stands where ALCE (Gao et al. 2023, arXiv 2305.14627) uses an entailment model.
 */
export function support(sentence: string, source: string): Support {
  const missing = missingFigures(sentence, source);
  const sourceTokens = tokens(source);
  const words = new Set(sourceTokens.map((token) => token.word));
  for (const name of names(sentence)) {
    // The first word of a sentence is capitalised whatever it is.
    if (name.initial && !name.text.includes(' ')) continue;
    if (tokens(name.text).some((token) => !token.stop && !words.has(token.word))) missing.push(name.text);
  }
  const terms = new Set(sourceTokens.map((token) => token.term));
  const content = [...new Set(tokens(sentence).flatMap((token) => (token.stop ? [] : [token.term])))];
  const share = content.length === 0 ? 1 : content.filter((term) => terms.has(term)).length / content.length;
  return { supported: missing.length === 0 && share >= ENOUGH_WORDS, words: share, missing };
}

/** Figures and dates a text states, each with whether the source states it too: same value, and the same unit where both have one. */
export function checkFigures(text: string, source: string): { text: string; kind: 'figure' | 'date'; found: boolean }[] {
  const sourceFigures = figures(source);
  const sourceDates = dates(source);
  const asDate = dates(text);
  const inside = (start: number, end: number) => asDate.some((date) => date.start <= start && end <= date.end);
  return [
    // A year inside a date is judged as a date.
    ...figures(text)
      .filter((figure) => !inside(figure.start, figure.end))
      .map((figure) => ({
        text: text.slice(figure.start, figure.end).trim(),
        kind: 'figure' as const,
        found: sourceFigures.some(
          ({ value, unit }) => value === figure.value && (figure.unit === null || unit === null || unit === figure.unit),
        ),
      })),
    ...asDate.map((date) => ({
      text: text.slice(date.start, date.end),
      kind: 'date' as const,
      found: sourceDates.some((other) => covers(other.from, date.from) && covers(other.to, date.to)),
    })),
  ];
}

/** Whether one ISO date is the other at a coarser or the same precision. */
function covers(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

function missingFigures(text: string, source: string): string[] {
  return checkFigures(text, source).flatMap((one) => (one.found ? [] : [one.text]));
}
