import type { Answer, AnswerStatus, AskEvent, Briefing } from '../core/model.ts';
import type { IndexReader } from '../core/ports.ts';
import { isBroad } from './broad/decide.ts';
import { type citationBook, nearestPassage } from './cite.ts';
import type { Candidate } from './features.ts';
import type { Generated } from './generate/generate.ts';
import type { Library } from './library.ts';
import { noteDifferences } from './notes.ts';
import type { Prepared } from './prepare.ts';
import { addNote, answerText, type Draft, emitSentences } from './respond.ts';
import { select } from './select.ts';
import type { AskSettings } from './settings.ts';
import type { Step } from './trace.ts';
import { languagesOf, type Understanding } from './understand.ts';
import { bySeries } from './when.ts';
import { wording } from './wording.ts';

export interface ConcludeTools {
  reader: IndexReader;
  known: Library;
  settings: AskSettings;
  step: Step;
  emit: (event: AskEvent) => void;
  /** Nearest passages shown when nothing answers. */
  limit: number;
  /** Name of the chat model. */
  model: string | null;
}

/** What was said so far, and on what it rests. */
export interface Told {
  book: ReturnType<typeof citationBook>;
  draft: Draft;
  /** Null when no model was asked to write. */
  written: Generated | null;
  /** Sentences that the shown ones rest on. */
  cited: readonly Candidate[];
  /** Something that belongs to the answer is missing from it. */
  incomplete: boolean;
  /** The answer is quoted, not written. */
  quotes: boolean;
}

/** The sentences that would be quoted for a question. */
export async function quotable(prepared: Prepared, { reader, settings }: ConcludeTools): Promise<Candidate[]> {
  const { news, decision, question, expansion } = prepared;
  if (news) return news.sentences;
  if (decision && isBroad(decision)) return decision.broad.quotes;
  const lists = decision ? (decision.each ?? [decision.ranked]) : [];
  return (await Promise.all(lists.map((ranked) => select(question, expansion, ranked, reader, settings)))).flat();
}

/** Quotes what answers a question. */
export async function quote(
  chosen: readonly Candidate[],
  { book, draft }: Pick<Told, 'book' | 'draft'>,
  understood: Understanding,
  { reader, step, emit }: ConcludeTools,
): Promise<Pick<Told, 'cited' | 'incomplete'>> {
  step('select', () => ({
    sentences: chosen.map((candidate) => ({ paragraph: candidate.passage.paragraph.id, text: candidate.sentence.text })),
  }));
  const before = draft.withheld.length;
  await emitSentences(chosen, book, reader, draft, emit, wording(understood.language));
  const shown = new Set(draft.sentences.map((sentence) => sentence.text));
  // Sentences that were withheld are not compared with other editions.
  return { cited: chosen.filter(({ sentence }) => shown.has(sentence.text)), incomplete: draft.withheld.length > before };
}

/**
 * The answer to a question, or to the parts of one that were answered together, out of what was said: with notes on other
 * editions, spelling and whatever was missing, and an outcome.
 */
export async function conclude(
  parts: readonly Prepared[],
  { asked, understood, unanswered = [] }: { asked: string; understood: Understanding; unanswered?: readonly Prepared[] },
  { book, draft, written, cited, incomplete, quotes }: Told,
  { reader, known, step, emit, limit, model }: ConcludeTools,
): Promise<Answer> {
  const { list } = known;
  const words = wording(understood.language);
  const [first] = parts as [Prepared, ...Prepared[]];
  const { news } = first;
  const series = bySeries(list).get(cited[0]?.passage.briefing.series ?? '') ?? [];
  const between = parts.some((part) => part.news !== null || part.decision?.each !== undefined);
  await noteDifferences(cited, series, between, book, reader, draft, emit, words);
  if (news) addNote(draft, emit, 'changed', words.overview(news.older, news.newer, news.counts, changesPage(news.newer)));
  let status: AnswerStatus = 'not_found';
  const older = draft.sentences.length > 0 && parts.every(({ decision }) => decision?.older);
  if (draft.sentences.length > 0)
    status = unanswered.length > 0 ? 'partial' : older ? 'older_edition_only' : incomplete ? 'partial' : 'answered';
  else if (news) status = 'partial';
  step('verify', () => ({ verified: draft.sentences.length, withheld: draft.withheld }));

  if (older) {
    const said = parts.flatMap(({ decision }) => decision?.ranked[0]?.candidate.passage.briefing ?? []);
    for (const briefing of new Set<Briefing>(said)) {
      const newest = list.find((other) => other.series === briefing.series && other.newest);
      addNote(draft, emit, 'older_edition', words.onlyEdition(briefing, newest && newest.id !== briefing.id ? newest : null));
    }
  }
  const corrections = parts.flatMap(({ expansion }) => expansion.corrections);
  if (status !== 'not_found' && corrections.length > 0) {
    const read = new Map(corrections.map((correction) => [correction.from, correction]));
    addNote(draft, emit, 'spelling', words.spelling([...read.values()]));
  }
  if (parts.some(({ hasVectors }) => !hasVectors)) addNote(draft, emit, 'rebuilding', words.noVectors);
  if (written && status !== 'not_found') {
    if (quotes || written.failure !== null) addNote(draft, emit, 'fallback', words.fallback(written.failure, quotes));
    if (written.inOtherLanguage) addNote(draft, emit, 'language', words.partlyOtherLanguage);
    for (const part of unanswered) addNote(draft, emit, 'partial', words.unanswered(part.asked));
  }
  const account = parts.some(({ decision }) => decision !== null && isBroad(decision) && decision.broad.whole);
  if (quotes && account && status !== 'not_found') addNote(draft, emit, 'partial', words.excerpts);
  const foreign = status === 'not_found' ? languageGap(understood, list) : null;
  if (foreign) addNote(draft, emit, 'language', words.otherLanguage(foreign));

  const missing = unanswered[0] ?? (status === 'not_found' ? first : null);
  return {
    status,
    answer: status === 'not_found' ? words.notFound : answerText(draft.sentences) || (draft.notes[0]?.text ?? ''),
    sentences: draft.sentences,
    withheld: draft.withheld,
    citations: status === 'not_found' ? [] : book.all().filter((citation) => isUsed(citation.number, draft)),
    notes: draft.notes,
    nearest: missing ? missing.passages.slice(0, limit).map(nearestPassage) : [],
    question: {
      asked,
      standalone: understood.standalone,
      period: parts.find(({ when }) => when.period)?.when.period ?? null,
      language: understood.language,
    },
    mode: written && !quotes ? 'generative' : 'extractive',
    model: written && !quotes ? model : null,
    snapshot: reader.info.id,
  };
}

/** Languages of the briefings, when the question is in none of them and no model translated it; otherwise null. */
function languageGap({ language, by }: Understanding, briefings: readonly Briefing[]): readonly string[] | null {
  const spoken = languagesOf(briefings);
  return language === 'und' || spoken.includes(language) || by === 'model' ? null : spoken;
}

function isUsed(number: number, draft: Draft): boolean {
  return (
    draft.sentences.some((sentence) => sentence.citations.includes(number)) || draft.notes.some((note) => note.citations.includes(number))
  );
}

const changesPage = (briefing: Briefing): string => `/series/${encodeURIComponent(briefing.series)}/changes`;
