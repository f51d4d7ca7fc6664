import type { Answer, AskEvent, Citation, Note } from '../../core/model.ts';
import { wording } from '../wording.ts';
import { unanswered } from './conclude.ts';
import { answerText } from './draft.ts';

/** One answer out of those to the parts of a question: citations numbered anew, each sentence and note once, what was not found named. */
export function merge(asked: string, answers: readonly Answer[]): Answer {
  const [first] = answers as [Answer, ...Answer[]];
  const words = wording(first.question.language);
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
  if (missing.length < answers.length)
    for (const { question } of missing) notes.push({ kind: 'partial', text: words.unanswered(question.asked), citations: [] });
  const incomplete = missing.length > 0 || answers.some(({ status }) => status === 'partial');
  // Where only some parts are known to an older edition alone, their notes say so.
  const older = answers.every(({ status }) => status === 'older_edition_only');
  const silent = missing.length === answers.length;
  const close = answers.some(({ outcome }) => outcome === 'closest');
  const asserting = answers.filter(({ status }) => status !== 'not_found');
  return {
    ...first,
    status: silent ? 'not_found' : incomplete ? 'partial' : older ? 'older_edition_only' : 'answered',
    outcome: silent ? (close ? 'closest' : 'declined') : 'answer',
    // No surer than its least sure part.
    confidence: Math.min(...(silent ? answers : asserting).map(({ confidence }) => confidence)),
    answer: silent
      ? unanswered(close ? 'closest' : 'declined', (missing[0] as Answer).confidence, words)
      : answerText(sentences) || (notes[0]?.text ?? first.answer),
    sentences,
    withheld: answers.flatMap(({ withheld }) => withheld),
    citations,
    notes,
    nearest: (missing[0] ?? first).nearest,
    question: {
      ...first.question,
      asked,
      standalone: answers.map(({ question }) => question.standalone).join(' '),
      period: answers.find(({ question }) => question.period)?.question.period ?? null,
    },
  };
}

/** Tells an answer that was put together. */
export function tell(merged: Answer, emit: (event: AskEvent) => void): void {
  const cited = (own: readonly number[]): Citation[] => merged.citations.filter(({ number }) => own.includes(number));
  for (const sentence of merged.sentences) emit({ type: 'sentence', sentence, citations: cited(sentence.citations) });
  for (const withheld of merged.withheld) emit({ type: 'withheld', withheld });
  for (const note of merged.notes) emit({ type: 'note', note, citations: cited(note.citations) });
}
