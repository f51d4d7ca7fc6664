import type { AnswerSentence, AskEvent, Citation, Note, NoteKind, SentenceShape, Span } from '../../core/model.ts';
import type { IndexReader } from '../../core/ports.ts';
import { codePointLength, sliceCodePoints } from '../../core/text/codepoints.ts';
import { type CitationBook, resolves, withMarkers } from '../cite/index.ts';
import { reason } from '../reasons.ts';
import type { Draft, Quoted } from '../records.ts';
import type { Wording } from '../wording.ts';

/** Quotes sentences one by one; neighbours of one paragraph share a citation. One that does not resolve is withheld with its reason. */
export async function quote(
  chosen: readonly Quoted[],
  book: CitationBook,
  reader: IndexReader,
  draft: Draft,
  emit: (event: AskEvent) => void,
  words: Wording,
): Promise<Quoted[]> {
  const shown: Quoted[] = [];
  for (const run of runsOf(chosen)) {
    const { paragraph, briefing } = run[0] as Quoted;
    const span: Span = { start: (run[0] as Quoted).span.start, end: (run.at(-1) as Quoted).span.end };
    const citation = book.add(paragraph, briefing, span);
    const sound = await resolves(citation, reader);
    for (const one of run) {
      if (sound) {
        const highlight = one.decisive ? { start: 0, end: codePointLength(one.text) } : null;
        const shape = shapeOf(one);
        const sentence: AnswerSentence = {
          text: one.text,
          citations: [citation.number],
          verdict: 'quoted',
          highlight,
          under: one.under,
          ...(shape ? { shape } : {}),
        };
        draft.sentences.push(sentence);
        shown.push(one);
        emit({ type: 'sentence', sentence, citations: [citation] });
      } else {
        const withheld = { text: one.text, reason: words.withheld(reason('citation')) };
        draft.withheld.push(withheld);
        emit({ type: 'withheld', withheld });
      }
    }
  }
  return shown;
}

/** How a sentence stands in its briefing; a row that is not shown whole is running text. */
function shapeOf({ paragraph, span, text }: Quoted): SentenceShape | null {
  const { number, kind, role, cells = [], marker = null, depth = 0 } = paragraph;
  if (role === 'row' && cells.length > 1 && cells.every(({ start, end }) => start >= span.start && end <= span.end)) {
    const slice = (start: number, end: number) => sliceCodePoints(text, start - span.start, end - span.start).trim();
    const named = cells.map(({ name, start, end }) => ({ name: name.trim(), text: slice(start, end) }));
    return { kind: 'row', paragraph: number, cells: named.filter((cell) => cell.text !== '') };
  }
  return kind === 'item' && role === undefined ? { kind: 'item', paragraph: number, marker, depth } : null;
}

/** Sentences that follow one another in a paragraph. */
function runsOf(chosen: readonly Quoted[]): Quoted[][] {
  const runs: Quoted[][] = [];
  for (const one of chosen) {
    const last = runs.at(-1)?.at(-1);
    if (last && last.paragraph.id === one.paragraph.id && one.span.start >= last.span.end && one.span.start - last.span.end <= GAP)
      runs.at(-1)?.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** White space between two sentences, code points. */
const GAP = 3;

export function addNote(
  draft: Draft,
  emit: (event: AskEvent) => void,
  kind: NoteKind,
  text: string,
  citations: readonly Citation[] = [],
): void {
  const note: Note = { kind, text, citations: citations.map(({ number }) => number) };
  draft.notes.push(note);
  emit({ type: 'note', note, citations: [...citations] });
}

/** The answer as one text: every sentence with its markers, the title one stands under before it. */
export function answerText(sentences: readonly AnswerSentence[]): string {
  return sentences
    .map(({ text, citations, under }) => withMarkers(under ? `${under.replace(/[:：]\s*$/u, '')}: ${text}` : text, citations))
    .join(' ');
}
