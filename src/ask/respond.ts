import type { AnswerSentence, AskEvent, Citation, Note, NoteKind, WithheldSentence } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import type { citationBook } from './cite.ts';
import { withMarkers } from './cite.ts';
import type { Candidate } from './features.ts';
import { verify } from './verify.ts';
import type { Wording } from './wording.ts';

export interface Draft {
  sentences: AnswerSentence[];
  withheld: WithheldSentence[];
  notes: Note[];
}

/** Cites, verifies and emits drafted sentences one by one. What fails is withheld with its reason. */
export async function emitSentences(
  chosen: readonly Candidate[],
  book: ReturnType<typeof citationBook>,
  reader: IndexReader,
  draft: Draft,
  emit: (event: AskEvent) => void,
  words: Wording,
): Promise<void> {
  for (const candidate of chosen) {
    const { paragraph, briefing } = candidate.passage;
    const before = book.all().length;
    const citation = book.add(paragraph, briefing, candidate.sentence.span);
    if (book.all().length === before) continue;
    const text = candidate.sentence.text;
    const result = await verify(text, [citation], reader);
    if (result.verdict === 'verified') {
      const sentence: AnswerSentence = { text, citations: [citation.number], verdict: 'verified' };
      draft.sentences.push(sentence);
      emit({ type: 'sentence', sentence, citations: [citation] });
    } else {
      const withheld = { text, reason: words.withheld(result.reason) };
      draft.withheld.push(withheld);
      emit({ type: 'withheld', withheld });
    }
  }
}

export function addNote(draft: Draft, emit: (event: AskEvent) => void, kind: NoteKind, text: string, citations: Citation[] = []): void {
  const note: Note = { kind, text, citations: citations.map((citation) => citation.number) };
  draft.notes.push(note);
  emit({ type: 'note', note, citations });
}

/** The answer as one text: every sentence with its markers. */
export function answerText(sentences: readonly AnswerSentence[]): string {
  return sentences.map((sentence) => withMarkers(sentence.text, sentence.citations)).join(' ');
}
