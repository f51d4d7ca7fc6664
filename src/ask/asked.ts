import { analyseSentence, type SentenceAnalysis } from '../core/text/analysis.ts';
import { countries } from '../core/text/places.ts';
import { tokens } from '../core/text/tokens.ts';
import type { Candidate } from './features.ts';
import type { Question } from './question.ts';

const FREQUENCY =
  /\b(?:times|every|per|daily|weekly|monthly|quarterly|yearly|annual\w*|twice|once|regularly|each (?:year|month|week|day))\b/i;
const NAMES_OF = /\b(?:names?|titles?)\s+of\s+(?:all\s+|the\s+|these\s+|those\s+)*(?:[\p{L}-]+\s+){0,4}?[\p{L}]+s\b/iu;
const SEVERAL = /\b(?:which|what|the names? of(?: the)?|the titles? of(?: the)?)\s+(?:the\s+)?$/i;
const ABOUT =
  /\b(?:say|says|said|tell|tells|told|state[sd]?|write|writes|mention(?:s|ed)?|announce[sd]?)\b.*?\babout\s+(.+?)(?:\s+(?:in|at|during)\s+(?:the|his|her|its|their)\b.*)?[?.!]*$/i;
const PLACED = /\b(?:in|at|from|near)\s+(\p{Lu}[\p{L}\p{M}'’-]+)(?![\p{L}-])/gu;
/** Capitalised words after "in" that are no town. Folded. */
const NO_TOWN = new Set(
  'asia africa europe america pacific south north east west southeast january february march april may june july august september october november december asean eu geneva-based the a his her their its particular addition order part phase'.split(
    ' ',
  ),
);

/** Things of which a list is asked for by number: "which two countries"; null when no number is given. */
function numberAsked(question: Question): number | null {
  for (const figure of question.figures) {
    if (figure.kind === 'number' && figure.value >= 2 && figure.value <= 20 && SEVERAL.test(question.text.slice(0, figure.start)))
      return figure.value;
  }
  return null;
}

/** Different new names and countries in some sentences. */
function named(question: Question, sentences: readonly SentenceAnalysis[]): number {
  const asked = new Set(question.tokens.map((token) => token.word));
  const found = new Set<string>();
  for (const sentence of sentences) {
    for (const code of sentence.countries) if (!question.countries.some((country) => country.code === code)) found.add(code);
    for (const words of sentence.names) {
      // "Fundamental Conventions, Governance Conventions": kinds of what was asked about, not names of them.
      if (words.some((word) => asked.has(word)) || countries(words.join(' ')).length > 0) continue;
      found.add(words.join(' '));
    }
  }
  return found.size;
}

/**
 * Whether a sentence, with those beside it and the heading above, can give what the words of the question ask for beyond
 * its type: how often something happens, a list of so many names, what somebody said *about* something, a town.
 */
export function givesWhatIsAsked(question: Question, candidate: Candidate): boolean {
  const { sentence, analysis, index, passage } = candidate;
  const around = [sentence, analysis.sentences[index + 1], analysis.sentences[index - 1]].filter(
    (one): one is SentenceAnalysis => one !== undefined,
  );
  if (/\bhow often\b/i.test(question.text)) return around.some((one) => FREQUENCY.test(one.text));
  const wanted = numberAsked(question) ?? (NAMES_OF.test(question.text) ? 2 : null);
  if (wanted !== null) {
    const heading = passage.paragraph.headings.at(-1);
    const lines = heading ? [...around, analyseSentence(heading, { start: 0, end: 0 })] : around;
    if (named(question, lines) < Math.min(wanted, 3)) return false;
  }
  const about = ABOUT.exec(question.text)?.[1];
  if (about) {
    const subject = tokens(about).filter((token) => !token.stop);
    if (subject.length > 0 && !subject.some((token) => analysis.terms.has(token.term))) return false;
  }
  if (question.answerType === 'place' && /\b(?:city|cities|town)\b/i.test(question.text)) {
    return around.some((one) => [...one.text.matchAll(PLACED)].some(([, word]) => isTown(word as string)));
  }
  return true;
}

function isTown(word: string): boolean {
  const folded = word.toLowerCase();
  return !NO_TOWN.has(folded.split('-')[0] as string) && !/^\p{Lu}{2,}/u.test(word) && countries(word).length === 0;
}
