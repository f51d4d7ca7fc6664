import type { Answer, AnswerStatus, Outcome } from '../../core/model.ts';
import { fold } from '../../core/text/tokens.ts';
import { wordCount } from '../../core/text/word-count.ts';
import { type CitationBook, citationBook, nearestPassage } from '../cite/index.ts';
import { replacedBriefings } from '../decide/index.ts';
import { type Decided, type Draft, emptyDraft, type Question, type Quoted, type Ranked } from '../records.ts';
import { bySeries } from '../understand/index.ts';
import type { LocalVectors } from '../word-vectors.ts';
import { type Wording, wording } from '../wording.ts';
import type { WriteResult } from '../write/index.ts';
import { asksForOverview, type Overview, overview } from './changes.ts';
import { type PartScorer, partScores } from './decisive.ts';
import { noteDifferences } from './differences.ts';
import { addNote, answerText, quote } from './draft.ts';
import { select } from './select.ts';

/** Passages shown beside or instead of an answer. */
const NEAREST = 3;

/** What was said by way of an answer, and how. */
export interface Said {
  book: CitationBook;
  draft: Draft;
  /** Sentences that are shown, for comparing them with other editions. */
  shown: readonly Quoted[];
  news: Overview | null;
  /** What a model wrote, when it did. */
  written?: WriteResult;
  /** Quoted because a model failed, for this reason, or wrote nothing that passed (null failure); absent: no model was asked. */
  instead?: Pick<WriteResult, 'failure'> | null;
}

/** Quotes what answers a question. */
export async function quoteAnswer(
  { session, question, decision }: Decided,
  vectors: LocalVectors | null,
  scorer: PartScorer,
): Promise<Said> {
  const { reader, library, emit, step } = session;
  const book = citationBook();
  const draft = emptyDraft();
  const words = wording(question.language);
  const best = decision.chosen.reduce((first, one) => (one.score > first.score ? one : first), decision.chosen[0] as Ranked);
  /** What is shown of a chunk. Of one that only goes on from the best, or leads to it, nothing is marked: the best decides. */
  const shownOf = (one: Ranked): Quoted[] => {
    const beside = (step: number) => decision.chosen.some((other) => isNext(one, other, step));
    const parts = select(one, partScores(question, one.candidate, vectors, scorer), question.form, {
      before: beside(-1),
      after: beside(1),
    });
    const goesWith = one !== best && !decision.between && (beside(-1) || beside(1));
    return goesWith ? parts.map((part) => ({ ...part, decisive: false })) : parts;
  };
  const news = asksForOverview(question) ? await overview(library.list, reader) : null;
  const chosen = news ? news.sentences : onceEach(decision.chosen.flatMap(shownOf));
  const shown = await quote(chosen, book, reader, draft, emit, words);
  step('answer', () => ({ sentences: shown.map(({ paragraph, text }) => ({ paragraph: paragraph.id, text })) }));
  return { book, draft, shown, news };
}

/** Whether a chunk stands `step` places after another. */
const isNext = (one: Ranked, other: Ranked, step: number): boolean =>
  other.candidate.briefing.id === one.candidate.briefing.id && other.candidate.read.number === one.candidate.read.number + step;

/** Shorter parts of a briefing may well say the same of two things: cells, "Not allowed." Words. */
const SAID_ONCE = 8;

/** What is chosen, each once: pieces of one list repeat what leads in, and some files say a paragraph twice. */
function onceEach(chosen: readonly Quoted[]): Quoted[] {
  const seen = new Set<string>();
  return chosen.filter(({ briefing, paragraph: { id }, span: { start, end }, text }) => {
    const key = wordCount(text) < SAID_ONCE ? `${id} ${start} ${end}` : `${briefing.id} ${fold(text)}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

/** The answer out of what was said: with notes on other editions and on spelling, an outcome, and the passages nearest to it. */
export async function conclude(decided: Decided, said: Said, model: string | null): Promise<Answer> {
  const { session, question, found, decision } = decided;
  const { reader, library, emit, request } = session;
  const { book, draft, shown, news, written, instead } = said;
  const words = wording(question.language);
  const answered = draft.sentences.length > 0;
  const [first] = shown;
  const series = first ? (bySeries(library.list).get(first.briefing.series) ?? []) : [];
  await noteDifferences(shown, series, decision.between || news !== null, book, reader, draft, emit, words);
  if (news)
    addNote(
      draft,
      emit,
      'changed',
      words.overview(news.older, news.newer, news.counts, `/series/${encodeURIComponent(news.newer.series)}/changes`),
    );
  const older = answered && (written ? isOlder(decided, shown) : decision.older);
  if (older && first) {
    const newest = library.list.find((other) => other.series === first.briefing.series && other.newest);
    addNote(draft, emit, 'older_edition', words.onlyEdition(first.briefing, newest && newest.id !== first.briefing.id ? newest : null));
  }
  if (answered && question.corrections.length > 0) addNote(draft, emit, 'spelling', words.spelling([...question.corrections]));
  if (!found.hasVectors) addNote(draft, emit, 'rebuilding', words.noVectors);
  if (answered && written?.failure) addNote(draft, emit, 'fallback', words.fallback(written.failure, 'part'));
  if (instead && (answered || instead.failure !== null))
    addNote(draft, emit, 'fallback', words.fallback(instead.failure, answered ? 'quotations' : 'nothing'));
  if (answered && written?.inOtherLanguage) addNote(draft, emit, 'language', words.partlyOtherLanguage);
  if (answered && draft.sentences.some(({ verdict }) => verdict === 'checked')) addNote(draft, emit, 'checked', words.checkedOnly);
  const incomplete = draft.withheld.length > 0 || (written !== undefined && (written.partly || written.failure !== null));
  const status: AnswerStatus = answered
    ? older
      ? 'older_edition_only'
      : incomplete
        ? 'partial'
        : 'answered'
    : news
      ? 'partial'
      : 'not_found';
  if (status === 'not_found' && speaksOther(question, library.languages))
    addNote(draft, emit, 'language', words.otherLanguage(library.languages));
  const outcome: Outcome = status === 'not_found' ? (decision.outcome === 'answer' ? 'closest' : decision.outcome) : 'answer';
  return {
    status,
    outcome,
    confidence: Math.round(decision.confidence * 1000) / 1000,
    answer:
      status === 'not_found'
        ? unanswered(outcome, decision.confidence, words)
        : answerText(draft.sentences) || (draft.notes[0]?.text ?? ''),
    preface: null,
    talk: null,
    sentences: draft.sentences,
    withheld: draft.withheld,
    citations: status === 'not_found' ? [] : book.all().filter(({ number }) => isUsed(number, draft)),
    notes: draft.notes,
    nearest: nearestOf(decided, request.limit ?? NEAREST, shown),
    suggestions: [],
    question: { asked: question.asked, standalone: question.standalone, period: question.scope.when.period, language: question.language },
    mode: written && answered ? 'generative' : 'extractive',
    model: written && answered ? model : null,
    snapshot: reader.info.id,
  };
}

/**
 * From this probability on the closest passages are said to hold the answer perhaps: of 171 declined questions of sets left out of training one of the three does in .77, below
 * it of 158 in .47 (docs/evaluation.md).
 */
const LIKELY = 0.3;

/** What is said when nothing answers for certain. */
export const unanswered = (outcome: Outcome, confidence: number, words: Wording): string =>
  outcome !== 'closest' ? words.notFound : confidence >= LIKELY ? words.likely : words.closest;

/** The best passages that are not shown already, best first; of what two editions, or two files, say alike the newest. */
export function nearestOf({ decision }: Pick<Decided, 'decision'>, limit: number, shown: readonly Quoted[] = []) {
  const ids = new Set(shown.map(({ paragraph }) => paragraph.id));
  const isShown = ({ candidate: { chunk } }: Ranked) => chunk.paragraphs.some((number) => ids.has(`${chunk.briefing}#p${number}`));
  const said = shown.length > 0 ? decision.chosen.map(sayingOf) : [];
  const nearest: { one: Ranked; saying: Saying }[] = [];
  for (const one of decision.ranked) {
    if (isShown(one) || said.some((saying) => saysThe(saying, one))) continue;
    const twin = nearest.find(({ saying }) => saysThe(saying, one));
    if (twin && one.candidate.briefing.newest && !twin.one.candidate.briefing.newest) twin.one = one;
    else if (!twin && nearest.length < limit) nearest.push({ one, saying: sayingOf(one) });
  }
  return nearest.map(({ one: { candidate, parts } }) => nearestPassage(candidate, parts.indexOf(Math.max(...parts))));
}

/** Share of the words of two passages that both have, from which on they say the same, where their figures are the same. Chosen, not measured. */
const SAME_WORDS = 0.9;

/** What a passage says, as far as it is compared with another. */
interface Saying {
  words: ReadonlySet<number>;
  figures: string;
}
const figuresOf = ({ candidate: { read } }: Ranked): string => read.parts.flatMap(({ figures }) => figures).join(' ');
const sayingOf = (one: Ranked): Saying => ({ words: new Set(one.candidate.read.terms), figures: figuresOf(one) });

function saysThe({ words, figures }: Saying, one: Ranked): boolean {
  const { terms } = one.candidate.read;
  let both = 0;
  for (const term of terms) if (words.has(term)) both++;
  return both >= SAME_WORDS * (words.size + terms.length - both) && figures === figuresOf(one);
}

/** Whether all that was written rests on editions a newer one replaces, and none was asked for. */
function isOlder({ question, session }: Decided, shown: readonly Quoted[]): boolean {
  const replaced = replacedBriefings(session.library.list);
  return !question.scope.chosen && question.scope.inForce === null && shown.every(({ briefing }) => replaced.has(briefing.id));
}

/** Whether a question is in none of the briefings' languages. */
function speaksOther({ language }: Question, spoken: readonly string[]): boolean {
  return language !== 'und' && spoken.length > 0 && !spoken.includes(language);
}

function isUsed(number: number, { sentences, notes }: Draft): boolean {
  return sentences.some(({ citations }) => citations.includes(number)) || notes.some(({ citations }) => citations.includes(number));
}
