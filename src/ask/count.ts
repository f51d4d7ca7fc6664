import type { SentenceAnalysis } from '../core/text/analysis.ts';
import { countries } from '../core/text/places.ts';
import { type AskedContext, neighbourhood } from './asked.ts';
import type { Candidate, WordVectors } from './features.ts';
import type { Question } from './question.ts';
import { synonymsOf } from './synonyms.ts';
import { areAlike } from './word-vectors.ts';

/** Nouns for people: whoever asks "how many people" may be told of any of them. Stems. */
const PEOPLE = new Set(
  'peopl person individu particip particip expert worker repres benef beneficiar offic offici youth student traine seeker polic policymak member women men citizen employ staff deleg guest visitor trained young youngster adult girl boy child children graduat learner apprentic teacher professor specialist profession manager leader farmer villag migrant'.split(
    ' ',
  ),
);
const PHRASE_ENDS = /\s(?:by|from|in|to|for|with|that|which|who|were|was|are|is|have|has|had|on|at|as)\s|[.;:()]/;
/** Content words after (and before) a figure in which what it counts is looked for. */
const AFTER = 4;
const BEFORE = 2;

/**
 * Whether a sentence, or the one before or after it, holds a figure that counts what is asked for: "how many workers" is
 * not answered by "US$ 4 million" or "41 institutions", nor by the workers of another country. True when the question
 * names nothing to count. `alike`: cosine of two words from which on one may stand for the other.
 */
export function countFits(question: Question, candidate: Candidate, { period, vectors, alike }: AskedContext): boolean {
  if (question.head.length === 0) return true;
  return neighbourhood(candidate, period).some((sentence) => counts(question, sentence, vectors, alike));
}

function counts(question: Question, sentence: SentenceAnalysis, vectors: WordVectors | null, alike: number): boolean {
  const head = new Set(question.head);
  const word = question.tokens.find((token) => token.term === question.head.at(-1))?.word ?? '';
  const asksPeople = question.head.some((term) => PEOPLE.has(term));
  const own = vectors?.(word) ?? null;
  const asked = new Set(question.countries.map((country) => country.code));
  const said = new Set(question.figures.map((figure) => figure.value));
  const alikeTerms = new Set(question.head.flatMap((term) => [...synonymsOf(term)]));
  const nounTerms = new Set([question.head.at(-1) as string, ...synonymsOf(question.head.at(-1) as string)]);
  const countryWords = new Set(question.countries.flatMap((country) => country.words));
  const modifiers = question.head
    .slice(0, -1)
    .filter((term) => !question.tokens.some((token) => token.term === term && countryWords.has(token.word)));
  const modifying = new Set(modifiers.flatMap((term) => [term, ...synonymsOf(term)]));
  const questionTerms = new Set(question.tokens.map((token) => token.term));
  // "Sponsoring universities" are universities that sponsor: said anywhere in the sentence.
  const acting = new Set(
    question.tokens.filter((token) => /(?:ing|ed)$/.test(token.word) && modifying.has(token.term)).map((token) => token.term),
  );
  for (const figure of sentence.figures) {
    if (said.has(figure.value)) continue;
    if (figure.kind === 'money' || figure.kind === 'percent' || figure.kind === 'ordinal') continue;
    // What is counted stands in the noun phrase of the figure: "10 videos prepared by the participants" counts videos.
    const rest = sentence.text.slice(figure.end);
    const phrase = figure.end + (PHRASE_ENDS.exec(rest)?.index ?? rest.length);
    const after = sentence.content.filter((token) => token.start >= figure.end && token.start < phrase).slice(0, AFTER);
    const before = sentence.content.filter((token) => token.end <= figure.start).slice(-BEFORE);
    const noun = question.head.at(-1);
    const fits = [...after, ...before].some((token) => {
      // Before a figure only the noun itself counts ("Conventions: 28"), not what describes it, and only where the figure counts
      // nothing else ("a berth costs 20 crowns").
      if (before.includes(token)) return token.term === noun && !(after[0] && after[0].start <= figure.end + 1);
      if (head.has(token.term) || alikeTerms.has(token.term) || (asksPeople && PEOPLE.has(token.term))) return true;
      return own !== null && areAlike(own, vectors?.(token.word) ?? null, alike);
    });
    if (!fits) continue;
    // "16 workers' organizations representatives" counts no representatives of civil society.
    const at = after.findIndex((token) => nounTerms.has(token.term) || (asksPeople && PEOPLE.has(token.term)));
    const between = after.slice(0, Math.max(0, at)).filter((token) => !questionTerms.has(token.term));
    const modified = () => after.some((token) => modifying.has(token.term)) || sentence.content.some((token) => acting.has(token.term));
    if (at > 0 && between.length > 0 && modifiers.length > 0 && !modified()) continue;
    if (asked.size > 0) {
      const end = (after.at(-1)?.end ?? figure.end) + 24;
      const there = countries(sentence.text.slice(figure.end, end)).map((country) => country.code);
      if (there.length > 0 && !there.some((code) => asked.has(code)) && !asked.has('CN')) continue;
    }
    return true;
  }
  return false;
}
