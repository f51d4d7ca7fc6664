import type { Answer, AskEvent, AskRequest, Citation, Note, Turn } from '../core/model.ts';
import { withMarkers } from './cite.ts';
import type { QuestionPart } from './parts.ts';

/**
 * Answers a question that asks several things part by part. Null when no part is answered: then the question is better asked as
 * one. A part that leans on those before it is asked as a follow-up of them.
 */
export async function answerParts(
  parts: readonly QuestionPart[],
  request: AskRequest,
  answer: (request: AskRequest) => Promise<Answer>,
  emit: (event: AskEvent) => void,
): Promise<Answer | null> {
  const answers: Answer[] = [];
  const before: Turn[] = [...(request.history ?? [])];
  for (const { text, leans } of parts) {
    answers.push(await answer({ ...request, question: text, history: leans ? before : (request.history ?? []) }));
    before.push({ role: 'user', content: text });
  }
  if (answers.every(({ status }) => status === 'not_found')) return null;
  const merged = merge(request.question, answers);
  for (const sentence of merged.sentences) emit({ type: 'sentence', sentence, citations: cited(merged, sentence.citations) });
  for (const withheld of merged.withheld) emit({ type: 'withheld', withheld });
  for (const note of merged.notes) emit({ type: 'note', note, citations: cited(merged, note.citations) });
  emit({ type: 'answer', answer: merged });
  return merged;
}

const cited = (answer: Answer, numbers: readonly number[]): Citation[] =>
  answer.citations.filter((citation) => numbers.includes(citation.number));

/** One answer out of those to the parts: citations numbered anew, each sentence and note once, what was not found named. */
function merge(asked: string, answers: readonly Answer[]): Answer {
  const [first] = answers as [Answer, ...Answer[]];
  const citations: Citation[] = [];
  const numbers = new Map<string, number>();
  const renumber = (answer: Answer, own: readonly number[]): number[] =>
    own
      .flatMap((number) => answer.citations.find((citation) => citation.number === number) ?? [])
      .map((citation) => {
        const key = `${citation.paragraph} ${citation.start} ${citation.end}`;
        let number = numbers.get(key);
        if (number === undefined) {
          number = citations.length + 1;
          numbers.set(key, number);
          citations.push({ ...citation, number });
        }
        return number;
      });
  const sentences: Answer['sentences'] = [];
  const notes: Note[] = [];
  for (const answer of answers) {
    for (const sentence of answer.sentences) {
      const own = { ...sentence, citations: renumber(answer, sentence.citations) };
      if (!sentences.some((other) => other.text === own.text && other.citations.join() === own.citations.join())) sentences.push(own);
    }
  }
  for (const answer of answers) {
    for (const note of answer.notes) {
      if (!notes.some((other) => other.text === note.text)) notes.push({ ...note, citations: renumber(answer, note.citations) });
    }
  }
  const missing = answers.filter(({ status }) => status === 'not_found');
  for (const { question } of missing) {
    notes.push({ kind: 'partial', text: `The briefings do not answer “${question.asked}”`, citations: [] });
  }
  const incomplete = missing.length > 0 || answers.some(({ status }) => status === 'partial');
  // Where only some parts are known to an older edition alone, their notes say so.
  const older = answers.every(({ status }) => status === 'older_edition_only');
  return {
    ...first,
    status: incomplete ? 'partial' : older ? 'older_edition_only' : 'answered',
    answer: sentences.map((sentence) => withMarkers(sentence.text, sentence.citations)).join(' ') || (notes[0]?.text ?? first.answer),
    sentences,
    withheld: answers.flatMap(({ withheld }) => withheld),
    citations,
    notes,
    nearest: missing[0]?.nearest ?? [],
    question: {
      ...first.question,
      asked,
      standalone: answers.map(({ question }) => question.standalone).join(' '),
      period: first.question.period ?? answers.find(({ question }) => question.period)?.question.period ?? null,
    },
  };
}
