import type { AnswerSentence, Briefing, Citation, Paragraph } from '../../core/model.ts';
import type { ChatModel } from '../../core/ports.ts';
import { type CitationBook, citationBook, resolves } from '../cite/index.ts';
import { type Reason, type ReasonKind, reason } from '../reasons.ts';
import { type Candidate, type Decided, type Draft, emptyDraft, type Quoted, type Ranked } from '../records.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { wording } from '../wording.ts';
import type { Deadline } from './deadline.ts';
import type { EvidenceBlock, Withheld, WithheldKind, WriteResult } from './records.ts';
import { writeAnswer } from './write.ts';

/** A chat model, who reads again what it writes, and how long both may take. */
export interface Writer {
  chat: ChatModel;
  /** Null: nobody reads again, and the answer says so. */
  reader: ChatModel | null;
  deadline: Deadline;
  signal: AbortSignal | undefined;
  /** ISO date. */
  today: string;
}

/** Chunks a model is shown. Chosen, not measured. */
const BLOCKS = 8;
/** Most of them of one briefing while others have some as well. */
const OF_ONE_BRIEFING = 6;

/**
 * Has a model write the answer to a question, or to the parts of one, from the best chunks of them all. Every sentence is cited to
 * what carries it; one whose citation does not resolve is withheld.
 */
export async function writeAnswerTo(
  parts: readonly Decided[],
  search: string,
  { chat, reader: second, deadline, signal, today }: Writer,
  vectors: LocalVectors | null,
): Promise<{ book: CitationBook; draft: Draft; shown: readonly Quoted[]; news: null; written: WriteResult }> {
  const [{ session, question }] = parts as [Decided, ...Decided[]];
  const { reader, library, emit, step } = session;
  const words = wording(question.language);
  const book = citationBook();
  const draft = emptyDraft();
  const shown: Quoted[] = [];
  const candidates = chosenFor(parts);
  const paragraphs = new Map<string, { paragraph: Paragraph; briefing: Briefing }>();
  for (const { briefing, paragraphs: own } of candidates)
    for (const paragraph of own.values()) paragraphs.set(paragraph.id, { paragraph, briefing });
  const language = candidates[0]?.briefing.language ?? 'en';
  const several =
    new Set(candidates.map(({ briefing }) => briefing.series)).size < new Set(candidates.map(({ briefing }) => briefing.id)).size;
  const outdated = outdatedIn(candidates, question);
  const pending: Promise<void>[] = [];
  let turn = Promise.resolve();
  /** The older edition that the sentence before is said to be of. */
  let labelled: string | null = null;
  const written = await writeAnswer({
    standalone: search,
    language,
    asker: question.language === 'und' ? language : question.language,
    today,
    blocks: candidates.map(blockOf),
    chat,
    reader: second,
    deadline,
    signal,
    abbreviations: library.abbreviations,
    wordVectors: vectors?.word ?? null,
    onSentence: (sentence) => {
      // One after the other, in the order of the answer.
      turn = turn.then(() => say(sentence));
      pending.push(turn);
    },
  });
  await Promise.all(pending);
  for (const one of written.withheld) {
    const older = one.reason.kind === 'outdated' ? paragraphs.get(one.carriers[0]?.paragraph ?? '')?.briefing : undefined;
    withhold(one.text, older ? superseded(older) : reasonOf(one));
  }
  step('write', () => ({
    blocks: candidates.map(({ chunk }) => chunk.id),
    ...written,
    sentences: written.sentences.length,
    withheld: written.withheld.length,
  }));
  return { book, draft, shown, news: null, written };

  async function say({ text, verdict, carriers }: WriteResult['sentences'][number]): Promise<void> {
    const citations: Citation[] = [];
    for (const { paragraph: id, span } of carriers) {
      const found = paragraphs.get(id);
      if (!found || span.end <= span.start) continue;
      const citation = book.add(found.paragraph, found.briefing, span);
      if (!(await resolves(citation, reader))) continue;
      citations.push(citation);
      shown.push({ ...found, span, text, decisive: true, under: null });
    }
    if (citations.length === 0) {
      withhold(text, reason('citation'));
      return;
    }
    if (citations.every(({ paragraph, briefing }) => outdated.has(paragraph) && !saysEdition(text, briefing))) {
      withhold(text, superseded(citations[0]?.briefing));
      return;
    }
    const own =
      several && citations.every(({ briefing }) => !briefing.newest)
        ? paragraphs.get(citations[0]?.paragraph as string)?.briefing
        : undefined;
    // Said once for sentences that follow one another.
    const label = own && !saysEdition(text, own) && labelled !== own.id;
    labelled = own && (label || labelled === own.id) ? own.id : null;
    const sentence: AnswerSentence = {
      text: label ? `${words.accordingTo(own)}${text}` : text,
      citations: [...new Set(citations.map(({ number }) => number))].sort((a, b) => a - b),
      verdict,
      highlight: null,
      under: null,
    };
    draft.sentences.push(sentence);
    emit({ type: 'sentence', sentence, citations });
  }

  /** Said of today, stated by an older edition alone. */
  function superseded(briefing: { title: string; edition: { date: string | null } } | undefined): Reason {
    const date = briefing?.edition.date ?? null;
    return reason('superseded', date === null ? (briefing?.title ?? '') : words.date(date));
  }

  function withhold(text: string, why: Reason): void {
    const withheld = { text, reason: words.withheld(why) };
    draft.withheld.push(withheld);
    emit({ type: 'withheld', withheld });
  }
}

/** Whether anything found is near enough to a question to be worth a model's look. */
export const isRelated = ({ question, decision }: Decided): boolean => {
  const [first] = decision.ranked;
  return first !== undefined && (question.terms.some(({ known, light }) => known && !light) || first.candidate.semantic > 0);
};

/** The best chunks of all parts in turn; when time or change is asked about, the best of each edition among them. */
function chosenFor(parts: readonly Decided[]): Candidate[] {
  const chosen: Candidate[] = [];
  const counts = new Map<string, number>();
  const take = ({ candidate }: Ranked): boolean => {
    const { briefing } = candidate;
    if (chosen.length === BLOCKS || chosen.some((other) => shows(other, candidate)) || isBare(candidate)) return false;
    chosen.push(candidate);
    counts.set(briefing.id, (counts.get(briefing.id) ?? 0) + 1);
    return true;
  };
  for (const { question, decision } of parts) {
    if (question.scope.when.kind === 'default' || question.scope.when.kind === 'newest') continue;
    const seen = new Set<string>();
    for (const one of decision.ranked) {
      if (seen.size === 2 || seen.has(one.candidate.briefing.id)) continue;
      seen.add(one.candidate.briefing.id);
      take(one);
    }
  }
  const lists = parts.map(({ decision }) => [...decision.ranked]);
  const crowded = ({ candidate }: Ranked) => (counts.get(candidate.briefing.id) ?? 0) >= OF_ONE_BRIEFING;
  for (let rank = 0; lists.some((list) => rank < list.length); rank++)
    for (const list of lists) {
      const one = list[rank];
      if (one && !crowded(one)) take(one);
    }
  for (const list of lists) list.forEach(take);
  return chosen;
}

/** Paragraphs of chunks that the newest edition replaces, where the question is about today: what they say is no longer so. */
function outdatedIn(candidates: readonly Candidate[], { scope: { chosen, inForce, when } }: Decided['question']): ReadonlySet<string> {
  const found = new Set<string>();
  if (chosen || inForce !== null || (when.kind !== 'default' && when.kind !== 'newest')) return found;
  for (const { chunk, briefing } of candidates)
    if (chunk.superseded && !briefing.newest) for (const number of chunk.paragraphs) found.add(`${chunk.briefing}#p${number}`);
  return found;
}

/** Whether a block already has all paragraphs of another: one long paragraph makes several chunks. */
const shows = (block: Candidate, other: Candidate): boolean =>
  block.briefing.id === other.briefing.id && other.chunk.paragraphs.every((number) => block.chunk.paragraphs.includes(number));

/** A lone title says nothing. */
const isBare = ({ chunk, paragraphs }: Candidate): boolean =>
  chunk.paragraphs.every((number) => paragraphs.get(number)?.kind === 'heading');

function blockOf({ chunk, briefing, paragraphs }: Candidate, at: number): EvidenceBlock {
  // A paragraph in parts is led by its own beginning.
  const lead = chunk.parts.find((part) => part.lead && !chunk.paragraphs.includes(part.paragraph));
  const leadText = lead ? (paragraphs.get(lead.paragraph)?.text ?? null) : null;
  return {
    label: at + 1,
    title: briefing.title,
    series: briefing.series,
    edition: briefing.edition.date,
    newest: briefing.newest,
    language: briefing.language,
    headings: chunk.headings,
    paragraphs: chunk.paragraphs.flatMap((number) => {
      const paragraph = paragraphs.get(number);
      return paragraph ? [{ id: paragraph.id, text: paragraph.text, lead: leadText, sentences: paragraph.sentences }] : [];
    }),
  };
}

const saysEdition = (text: string, { edition }: { edition: { date: string | null } }): boolean =>
  edition.date !== null && text.includes(edition.date.slice(0, 4));

const REASONS: Readonly<Partial<Record<WithheldKind, ReasonKind>>> = {
  scope: 'word',
  kind: 'word',
  denial: 'part',
  edition: 'part',
  outdated: 'part',
  plan: 'part',
  leaning: 'part',
  language: 'part',
};

/** Why a sentence is withheld, as askers are told. */
function reasonOf({ reason: { kind, value } }: Withheld): Reason {
  const told = (REASONS[kind] ?? kind) as ReasonKind;
  return value === '' && NAMES_VALUE.has(told) ? reason('part') : reason(told, value);
}

const NAMES_VALUE: ReadonlySet<ReasonKind> = new Set(['quotation', 'figure', 'date', 'name', 'address', 'unit', 'word']);
