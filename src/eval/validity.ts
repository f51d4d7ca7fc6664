import type { Answer, Citation } from '../core/model.ts';
import { codePointLength, sliceCodePoints } from '../core/text/codepoints.ts';

/** Where a citation is looked up: the normalised text of a briefing, or null when there is no such briefing. */
export type LookUp = (briefing: string) => Promise<string | null>;

const MARKER = /\[(\d{1,4})\]/g;

/** Why a citation is not valid in itself, or null: quote, context and offsets must fit the paragraph it brings. */
function citationProblem(citation: Citation): string | null {
  const { quote, text, start, end } = citation;
  if (quote.exact === '') return 'its quote is empty';
  if (!text.includes(`${quote.prefix}${quote.exact}${quote.suffix}`)) return 'its quote is not in the cited paragraph';
  if (end - start !== codePointLength(quote.exact)) return 'its offsets do not fit its quote';
  return null;
}

/** `citationProblem`, then whether the briefing itself holds the quote at its offsets. */
async function resolveProblem(citation: Citation, lookUp: LookUp): Promise<string | null> {
  const problem = citationProblem(citation);
  if (problem) return problem;
  const text = await lookUp(citation.briefing.id);
  if (text === null) return `there is no briefing ${citation.briefing.id}`;
  return sliceCodePoints(text, citation.start, citation.end) === citation.quote.exact
    ? null
    : 'the briefing does not hold its quote at its offsets';
}

/** What is wrong with the citations of an answer. Numbers refer to `answer.citations`; 0 stands for the answer as a whole. */
export interface ValidityProblem {
  number: number;
  message: string;
}

/**
 * Everything that must hold of citations in any answer: each is valid and resolves (with `lookUp`), numbers in sentences,
 * notes and the answer text have a citation, every citation is used, and the answer text says what the sentences say.
 */
export async function validityProblems(answer: Answer, lookUp?: LookUp): Promise<ValidityProblem[]> {
  const problems: ValidityProblem[] = [];
  const known = new Map<number, Citation>();
  for (const citation of answer.citations) {
    if (known.has(citation.number)) problems.push({ number: citation.number, message: 'its number is used twice' });
    known.set(citation.number, citation);
    const problem = lookUp ? await resolveProblem(citation, lookUp) : citationProblem(citation);
    if (problem) problems.push({ number: citation.number, message: problem });
  }
  const used = new Set([...answer.sentences, ...answer.notes].flatMap((one) => one.citations));
  for (const number of used)
    if (!known.has(number)) problems.push({ number, message: 'a sentence or note cites it, and it does not exist' });
  for (const number of known.keys()) if (!used.has(number)) problems.push({ number, message: 'nothing cites it' });
  if (answer.sentences.length > 0) {
    for (const [, digits] of answer.answer.matchAll(MARKER)) {
      if (!known.has(Number(digits))) problems.push({ number: Number(digits), message: 'the answer text cites it, and it does not exist' });
    }
    if (bare(answer.answer) !== bare(answer.sentences.map(led).join(' ')))
      problems.push({ number: 0, message: 'the answer text is not what its sentences say' });
  }
  return problems;
}

/** A sentence behind the title it stands under, as the answer text has it. */
const led = ({ text, under }: Answer['sentences'][number]): string => (under ? `${under.replace(/[:：]\s*$/u, '')}: ${text}` : text);

/** A text without citation marks; numbers a sentence itself brackets are marked the other way and stay. */
function bare(text: string): string {
  return text
    .replace(MARKER, ' ')
    .replace(/\(\d{1,4}\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
