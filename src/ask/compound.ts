import type { Answer, AskEvent, AskRequest, Citation, Note, Turn } from '../core/model.ts';
import { citationBook, withMarkers } from './cite.ts';
import { type ConcludeTools, conclude, quotable, quote, type Told } from './conclude.ts';
import type { QuestionPart } from './parts.ts';
import type { Prepared } from './prepare.ts';
import type { Draft } from './respond.ts';
import { mainPart, standalone } from './rewrite.ts';
import type { Understanding } from './understand.ts';
import { wording } from './wording.ts';
import { type Decided, isDecided, type Writer, type WriteTools, write } from './write.ts';

/** A part of a question, as a request of its own. */
export interface PartRequest {
  request: AskRequest;
  /** How a model understood it with the whole; null: it is understood by rule. */
  understood: Understanding | null;
}

/**
 * The parts of a question as requests: one that leans on those before is a follow-up of them. What a model made of the whole
 * question stands alone, so that no earlier turn is needed any more.
 */
export function requestsOf(parts: readonly QuestionPart[], request: AskRequest, whole: Understanding | null): PartRequest[] {
  const byModel = whole?.by === 'model' ? whole : null;
  const history = byModel ? [] : (request.history ?? []);
  const before: Turn[] = [...history];
  return parts.map(({ text, leans }) => {
    const turns = leans ? [...before] : history;
    before.push({ role: 'user', content: text });
    const search = standalone(text, turns);
    return {
      request: { ...request, question: text, history: turns },
      understood: byModel && { ...byModel, standalone: search, search, main: mainPart(search) },
    };
  });
}

/** Told of the whole question when its parts are. */
export interface Whole {
  asked: string;
  understood: Understanding;
}

/**
 * Answers a question that asks several things. A model, when there is one, writes one answer from the evidence of all parts;
 * without one, or when nothing it wrote can be shown, each part is quoted. Null when no part has enough evidence, or nothing
 * could be quoted: then the question is better asked as one.
 */
export async function answerParts(
  parts: readonly Prepared[],
  whole: Whole,
  model: Writer | null,
  tools: ConcludeTools & WriteTools,
): Promise<Answer | null> {
  if (!parts.some((part) => part.decision || part.news)) return null;
  const draft: Draft = { sentences: [], withheld: [], notes: [] };
  const book = citationBook();
  const decided = parts.filter(isDecided);
  const written = model && decided.length > 0 ? await write(model, questionTo(decided, parts, whole), decided, book, draft, tools) : null;
  if (written && (draft.sentences.length > 0 || (written.nothing && written.failure === null))) {
    const unanswered = parts.filter((part) => !isDecided(part));
    const told: Told = { book, draft, written, cited: written.cited, incomplete: false, quotes: false };
    if (draft.sentences.length > 0 && (written.failure !== null || written.incomplete)) await complete(told, decided, whole, tools);
    return conclude(decided, { ...whole, unanswered: draft.sentences.length > 0 ? unanswered : [] }, told, tools);
  }
  const answers: Answer[] = [];
  for (const part of parts) answers.push(await quoted(part, tools));
  if (answers.every(({ status }) => status === 'not_found'))
    return written && conclude(parts, whole, { book, draft, written, cited: [], incomplete: false, quotes: true }, tools);
  const merged = merge(whole, answers);
  tell(merged, tools.emit);
  if (!written) return merged;
  const words = wording(whole.understood.language);
  const note: Note = { kind: 'fallback', text: words.fallback(written.failure, true), citations: [] };
  tools.emit({ type: 'note', note, citations: [] });
  return {
    ...merged,
    withheld: [...draft.withheld, ...merged.withheld],
    notes: [...merged.notes, note],
    question: { ...merged.question, standalone: whole.understood.standalone },
  };
}

/** What the model is asked: the whole question, or those parts of it that the briefings can answer. */
const questionTo = (decided: readonly Decided[], parts: readonly Prepared[], { understood }: Whole) => ({
  question: decided.length === parts.length ? understood.search : decided.map((part) => part.understood.search).join(' '),
  understood,
});

/** Quotes the parts that an answer which broke off, or of which sentences were withheld, says nothing of. */
async function complete(told: Told, parts: readonly Decided[], { understood }: Whole, tools: ConcludeTools): Promise<void> {
  const all = [...told.cited];
  told.incomplete = true;
  for (const part of parts) {
    const chosen = await quotable(part, tools);
    const said = new Set(told.cited.map(({ passage }) => passage.paragraph.id));
    if (chosen.some(({ passage }) => said.has(passage.paragraph.id))) continue;
    all.push(...(await quote(chosen, told, understood, tools)).cited);
  }
  told.cited = all;
}

/** What would be said of a part alone, without a model; nothing is told yet. */
async function quoted(part: Prepared, tools: ConcludeTools): Promise<Answer> {
  const quiet = { ...tools, emit: () => {} };
  const book = citationBook();
  const draft: Draft = { sentences: [], withheld: [], notes: [] };
  const result = await quote(await quotable(part, quiet), { book, draft }, part.understood, quiet);
  return conclude([part], part, { book, draft, written: null, quotes: true, ...result }, quiet);
}

/** Tells an answer that was put together. */
function tell(merged: Answer, emit: (event: AskEvent) => void): void {
  for (const sentence of merged.sentences) emit({ type: 'sentence', sentence, citations: cited(merged, sentence.citations) });
  for (const withheld of merged.withheld) emit({ type: 'withheld', withheld });
  for (const note of merged.notes) emit({ type: 'note', note, citations: cited(merged, note.citations) });
}

const cited = (answer: Answer, numbers: readonly number[]): Citation[] =>
  answer.citations.filter((citation) => numbers.includes(citation.number));

/** One answer out of those to the parts: citations numbered anew, each sentence and note once, what was not found named. */
function merge({ asked, understood }: Whole, answers: readonly Answer[]): Answer {
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
    notes.push({ kind: 'partial', text: wording(understood.language).unanswered(question.asked), citations: [] });
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
