import type { AskEvent } from '../core/model.ts';
import type { ChatModel, IndexReader } from '../core/ports.ts';
import type { citationBook } from './cite.ts';
import type { Decision } from './decide.ts';
import type { WordVectors } from './features.ts';
import type { Deadline } from './generate/deadline.ts';
import { evidenceOf } from './generate/evidence.ts';
import { type Generated, generate } from './generate/generate.ts';
import type { Library } from './library.ts';
import { weightsOf } from './notes.ts';
import type { Prepared } from './prepare.ts';
import type { Draft } from './respond.ts';
import type { Step } from './trace.ts';
import type { Understanding } from './understand.ts';
import { wording } from './wording.ts';

/** A chat model, and how long it may take. */
export interface Writer {
  chat: ChatModel;
  deadline: Deadline;
  signal: AbortSignal | undefined;
}

export interface WriteTools {
  reader: IndexReader;
  known: Library;
  wordVectors: WordVectors | null;
  /** Asks the model a second time whether each sentence follows from what it cites. */
  secondOpinion: boolean;
  step: Step;
  emit: (event: AskEvent) => void;
}

/** A question with enough evidence. */
export type Decided = Prepared & { decision: Decision };

export const isDecided = (prepared: Prepared): prepared is Decided => prepared.decision !== null;

const UNWRITTEN: Generated = {
  failure: null,
  nothing: false,
  incomplete: false,
  inOtherLanguage: false,
  unknownMarkers: 0,
  repairRounds: 0,
  cited: [],
};

/**
 * Has a model answer a question, or the parts of one that the briefings can answer, from the evidence of them all. What was
 * verified is in the draft, and was emitted, when it resolves.
 */
export async function write(
  model: Writer,
  { question, understood }: { question: string; understood: Understanding },
  parts: readonly Decided[],
  book: ReturnType<typeof citationBook>,
  draft: Draft,
  { reader, known, wordVectors, secondOpinion, step, emit }: WriteTools,
): Promise<Generated> {
  // A model that could not be reached for the question is not waited for again.
  if (understood.failure === 'unavailable' || understood.failure === 'rejected') return { ...UNWRITTEN, failure: understood.failure };
  const words = wording(understood.language);
  const { evidence, passages } = await evidenceOf(parts, reader);
  const idf = await weightsOf(
    evidence.map(({ paragraph }) => paragraph),
    reader,
  );
  const language = evidence[0]?.briefing.language ?? 'en';
  const several =
    new Set(evidence.map(({ briefing }) => briefing.id)).size > 1 &&
    !parts.every(({ scope }) => scope.chosen) &&
    !parts.every(({ decision }) => decision.older);
  const made = await generate({
    ...model,
    question,
    language,
    asker: understood.language === 'und' ? language : understood.language,
    evidence,
    passages,
    secondOpinion,
    idf,
    wordVectors,
    abbreviations: known.abbreviations,
    labelOlder: several ? words.accordingTo : null,
    reader,
    book,
    draft,
    emit,
    words,
  });
  step('write', () => ({ evidence: evidence.map(({ paragraph }) => paragraph.id), ...made, cited: made.cited.length }));
  return made;
}
