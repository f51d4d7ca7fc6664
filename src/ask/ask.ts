import { pilcrowError } from '../core/errors.ts';
import type {
  Answer,
  AnswerStatus,
  AskEvent,
  AskRequest,
  Briefing,
  Passage,
  Period,
  SearchRequest,
  SearchResult,
  Trace,
} from '../core/model.ts';
import type { AskOptions, Embedder, IndexReader } from '../core/ports.ts';
import { termsOfLine } from '../core/text/analysis.ts';
import { detectLanguage } from '../core/text/language.ts';
import { tokens } from '../core/text/tokens.ts';
import { dates, isDate } from '../core/time/dates.ts';
import { candidatesOf } from './candidates.ts';
import { citationBook, nearestPassage } from './cite.ts';
import { rankContacts } from './contact.ts';
import type { Candidate, WordVectors } from './features.ts';
import { FORM_SHARE, formOf } from './form.ts';
import { ageOf, type GuardContext, refuse, timeFit } from './guards.ts';
import { noteDifferences } from './notes.ts';
import { contentTerms, isSmallTalk, type Question, readQuestion } from './question.ts';
import { type Ranked, rank } from './rank.ts';
import { addNote, answerText, type Draft, editionName, emitSentences } from './respond.ts';
import { retrieve, VECTOR_WEIGHT } from './retrieve.ts';
import { mainPart, standalone } from './rewrite.ts';
import { select } from './select.ts';
import { type AskSettings, DEFAULT_SETTINGS } from './settings.ts';
import { type Expansion, expand } from './units.ts';
import { bySeries, inForce, matchesEdition, readWhen, type When, withoutEditionWords } from './when.ts';

export interface AskDependencies {
  index: () => Promise<IndexReader>;
  /** Null when no usable vectors are there: BM25 alone answers. */
  embedder: Embedder | null;
  /** Word vectors for soft matching; null leaves it out. */
  wordVectors?: WordVectors | null;
  settings?: Partial<AskSettings>;
}

/** Languages in which the shipped embedder and ranker read meaning; others lean on BM25. */
const EMBEDDED_LANGUAGES = new Set(['en', 'und']);
const NOT_FOUND = 'The briefings do not answer this.';

interface Decision {
  ranked: Ranked[];
  older: boolean;
  /** For a question about several editions: what each of them says. */
  each?: Ranked[][];
}

interface Scope {
  /** Briefings that may be cited at all. */
  allowed: Set<string>;
  /** Whether the asker chose the edition. */
  chosen: boolean;
  when: When;
}

/** The use cases `ask` and `search` over whatever snapshot is live. */
export function createAsk({ index, embedder, wordVectors = null, settings: overrides = {} }: AskDependencies) {
  const settings: AskSettings = { ...DEFAULT_SETTINGS, ...overrides };

  async function ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const { signal, onEvent, trace } = options;
    const step = stepper(trace);
    const emit = (event: AskEvent) => onEvent?.(event);
    const reader = await index();
    const briefings = new Map((await reader.briefings()).map((briefing) => [briefing.id, briefing]));
    signal?.throwIfAborted();

    const standaloneQuestion = standalone(request.question.trim(), request.history ?? []);
    const language = detectLanguage(standaloneQuestion);
    const when = readWhen(standaloneQuestion, dates(standaloneQuestion));
    const main = mainPart(standaloneQuestion);
    let question = readQuestion(withoutEditionWords(standaloneQuestion), withoutEditionWords(main));
    const scope = readScope(request, when, [...briefings.values()]);
    step('question', () => ({
      standalone: standaloneQuestion,
      language,
      answerType: question.answerType,
      list: question.list,
      head: question.head,
      names: question.names.map((words) => words.join(' ')),
      countries: question.countries.map((country) => country.code),
      when,
      editions: [...scope.allowed],
    }));

    const book = citationBook();
    const draft: Draft = { sentences: [], withheld: [], notes: [] };
    const limit = request.limit ?? 3;
    let expansion = await expand(question, reader);
    const { corrections } = expansion;
    if (corrections.length > 0) {
      // Read again as it was meant, so that heads and forms are found too.
      const mend = (text: string) => corrected(text, corrections);
      question = readQuestion(mend(withoutEditionWords(standaloneQuestion)), mend(withoutEditionWords(main)));
      expansion = await expand(question, reader);
    }
    step('expand', () => ({
      units: expansion.units.map((unit) => ({ ...unit, idf: round(unit.idf) })),
      corrections,
    }));

    const hasContent = contentTerms(question.tokens).length > 0 && !isSmallTalk(request.question);
    const filter = scope.allowed.size === briefings.size ? undefined : { briefings: [...scope.allowed] };
    const vectorWeight = embedder && EMBEDDED_LANGUAGES.has(language) ? VECTOR_WEIGHT : 0;
    const passages = hasContent
      ? await retrieve(reader, embedder, standaloneQuestion, expansion, briefings, { depth: settings.depth, filter, vectorWeight })
      : [];
    signal?.throwIfAborted();
    step('retrieve', () => ({
      passages: passages.slice(0, 10).map(({ paragraph, lexical, semantic, score }) => ({
        paragraph: paragraph.id,
        lexical: round(lexical),
        semantic: round(semantic),
        score: round(score),
      })),
    }));
    emit({ type: 'passages', passages: passages.slice(0, Math.max(limit, 3)).map(nearestPassage) });

    const decision = await decide(question, expansion, passages, scope, [...briefings.values()], reader, step);
    signal?.throwIfAborted();
    let status: AnswerStatus = 'not_found';
    if (decision) {
      const lists = decision.each ?? [decision.ranked];
      const chosen = (await Promise.all(lists.map((ranked) => select(question, expansion, ranked, reader, settings)))).flat();
      step('select', () => ({
        sentences: chosen.map((candidate) => ({ paragraph: candidate.passage.paragraph.id, text: candidate.sentence.text })),
      }));
      await emitSentences(chosen, book, reader, draft, emit);
      const series = bySeries([...briefings.values()]).get(chosen[0]?.passage.briefing.series ?? '') ?? [];
      const between = decision.each !== undefined;
      await noteDifferences(chosen.filter(isVerified(draft)), series, between, book, reader, draft, emit);
      if (draft.sentences.length > 0) status = decision.older ? 'older_edition_only' : draft.withheld.length > 0 ? 'partial' : 'answered';
    }
    step('verify', () => ({ verified: draft.sentences.length, withheld: draft.withheld }));

    if (status === 'older_edition_only' && decision) {
      const briefing = decision.ranked[0]?.candidate.passage.briefing as Briefing;
      const newest = [...briefings.values()].find((other) => other.series === briefing.series && other.newest);
      const silent = newest && newest.id !== briefing.id ? ` ${capitalise(editionName(newest))} does not.` : '';
      addNote(draft, emit, 'older_edition', `Only ${editionName(briefing)} says this.${silent}`);
    }
    if (status !== 'not_found' && corrections.length > 0) {
      addNote(draft, emit, 'spelling', `Read ${corrections.map(({ from, to }) => `“${from}” as “${to}”`).join(', ')}.`);
    }
    if (!embedder) addNote(draft, emit, 'rebuilding', 'Vectors are not available: passages were found by their words alone.');

    const answer: Answer = {
      status,
      answer: status === 'not_found' ? NOT_FOUND : answerText(draft.sentences),
      sentences: draft.sentences,
      withheld: draft.withheld,
      citations: status === 'not_found' ? [] : book.all().filter((citation) => isUsed(citation.number, draft)),
      notes: draft.notes,
      nearest: status === 'not_found' ? passages.slice(0, limit).map(nearestPassage) : [],
      question: { asked: request.question, standalone: standaloneQuestion, period: when.period, language },
      mode: 'extractive',
      model: null,
      snapshot: reader.info.id,
    };
    emit({ type: 'answer', answer });
    return answer;
  }

  /** Sentences of the edition that is to speak, best first, or null when there is not enough evidence. */
  async function decide(
    question: Question,
    expansion: Expansion,
    passages: readonly Passage[],
    scope: Scope,
    briefings: readonly Briefing[],
    reader: IndexReader,
    step: ReturnType<typeof stepper>,
  ): Promise<Decision | null> {
    if (passages.length === 0) return null;
    const series = bySeries(briefings.filter((briefing) => scope.allowed.has(briefing.id)));
    const ages = ageOf(series);
    const period: Period | null = scope.when.kind === 'period' ? scope.when.period : null;
    const current = period ? inForce(series, period) : null;
    const context: GuardContext = {
      question,
      expansion,
      period,
      inForce: current,
      questionTerms: new Set(expansion.units.flatMap((unit) => unit.alternatives.flat())),
      vectors: wordVectors,
    };

    const perAge = new Map<number, Passage[]>();
    for (const passage of passages) {
      const age = Math.min(1, ages.get(passage.briefing.id) ?? 0);
      const list = perAge.get(age) ?? [];
      if (list.length < settings.passages) list.push(passage);
      perAge.set(age, list);
    }
    const candidates = await candidatesOf(
      question,
      [...perAge.values()].flat().sort((a, b) => b.score - a.score),
      reader,
    );
    const ranked =
      question.answerType === 'contact'
        ? await rankContacts(question, expansion, passages, reader)
        : rank(question, expansion, candidates, wordVectors);
    const refused: { text: string; why: string }[] = [];
    const allowed = ranked.filter((entry) => {
      const why = refuse(entry.candidate, context);
      if (why && refused.length < 10) refused.push({ text: entry.candidate.sentence.text.slice(0, 80), why });
      return why === null;
    });
    // An edition asked for, or in force at the time asked, speaks like the newest.
    const isFront = ({ candidate }: Ranked) => {
      const { id } = candidate.passage.briefing;
      if (scope.chosen) return true;
      if (current?.has(id) && timeFit(candidate, context) < 1) return true;
      return (ages.get(id) ?? 0) === 0;
    };
    const newestDate =
      briefings
        .map((briefing) => briefing.edition.date ?? '')
        .sort()
        .at(-1) || null;
    const front = formFirst(question, context, allowed.filter(isFront), newestDate);
    const back = formFirst(
      question,
      context,
      allowed.filter((entry) => !isFront(entry)),
      newestDate,
    );
    const judge = (list: readonly Ranked[]) => list[0]?.probability ?? 0;
    if (scope.when.kind === 'all' || scope.when.kind === 'changed') {
      const each = perEdition(allowed, series, ages, judge, settings.enough, scope.when.kind === 'changed');
      // One edition alone has not changed: it is asked like any other question.
      if (each.length > 1) return { ranked: each[0] as Ranked[], older: false, each };
    }
    const best = front[0];
    const older = back[0];
    const bestEvidence = judge(front);
    const olderEvidence = judge(back);
    const bestIsEnough = best !== undefined && bestEvidence >= settings.enough;
    const olderIsEnough = older !== undefined && olderEvidence >= settings.enough;
    // An older edition speaks over a newer one only about something the newer one does not mention.
    const newerIsSilent =
      older !== undefined &&
      (best === undefined ||
        (question.answerType !== 'contact' &&
          (!bestIsEnough || olderEvidence >= bestEvidence) &&
          tellsMore(expansion, older.candidate, best.candidate) >= settings.olderMargin));
    const takeOlder = olderIsEnough && newerIsSilent;
    const takeNewest = best !== undefined && !takeOlder && (bestIsEnough || (olderIsEnough && bestEvidence >= settings.enough / 2));
    step('rank', () => ({
      candidates: candidates.length,
      best: ranked.slice(0, 8).map((entry) => ({
        paragraph: entry.candidate.passage.paragraph.id,
        sentence: entry.candidate.sentence.text.slice(0, 120),
        score: round(entry.score),
        probability: round(entry.probability),
        refused: refuse(entry.candidate, context),
      })),
      enough: settings.enough,
      evidence: round(takeOlder ? olderEvidence : bestEvidence),
      refusedFirst: refused.slice(0, 3),
      decision: takeOlder ? 'older edition' : takeNewest ? 'answer' : 'not enough evidence',
    }));
    if (takeOlder) return { ranked: sameBriefing(back), older: !scope.chosen };
    return takeNewest ? { ranked: sameBriefing(front), older: false } : null;
  }

  async function search(request: SearchRequest): Promise<SearchResult> {
    const reader = await index();
    const briefings = new Map((await reader.briefings()).map((briefing) => [briefing.id, briefing]));
    const question = readQuestion(request.query);
    const when = readWhen(request.query, question.dates);
    const scope = readScope({ ...request, question: request.query }, when, [...briefings.values()]);
    const expansion = await expand(question, reader);
    const filter = scope.allowed.size === briefings.size ? undefined : { briefings: [...scope.allowed] };
    const vectorWeight = embedder && EMBEDDED_LANGUAGES.has(detectLanguage(request.query)) ? VECTOR_WEIGHT : 0;
    const found =
      tokens(request.query).length > 0
        ? await retrieve(reader, embedder, request.query, expansion, briefings, { depth: settings.depth, filter, vectorWeight })
        : [];
    return {
      query: request.query,
      passages: found
        .slice(0, request.limit ?? 10)
        .map((passage) => ({ ...nearestPassage(passage), lexical: round(passage.lexical), semantic: round(passage.semantic) })),
      snapshot: reader.info.id,
    };
  }

  return { ask, search };
}

/**
 * The sentences that hold what is asked for come first, if the best of them is not far less probable than the best of
 * all: a person for "who", a country for "which country", a date still to come for "when will".
 */
function formFirst(question: Question, context: GuardContext, ranked: Ranked[], editionDate: string | null): Ranked[] {
  const first = ranked[0];
  const has = formOf(question, context.expansion, context.questionTerms, editionDate);
  const named = has && ranked.find(({ candidate }) => has(candidate));
  if (!first || !named || named === first || named.probability < first.probability * FORM_SHARE) return ranked;
  return [named, ...ranked.filter((entry) => entry !== named)];
}

/** Share of the question's weight that stands in one sentence or above it but nowhere around another. */
function tellsMore(expansion: Expansion, sentence: Candidate, other: Candidate): number {
  const total = expansion.units.reduce((sum, unit) => sum + unit.idf, 0) || 1;
  const near = (candidate: Candidate, terms: readonly string[]) =>
    terms.every((term) => candidate.analysis.terms.has(term) || candidate.context.some((line) => termsOfLine(line).has(term)));
  const more = expansion.units.filter(
    (unit) =>
      !unit.light && unit.alternatives.some((terms) => near(sentence, terms)) && !unit.alternatives.some((terms) => near(other, terms)),
  );
  return more.reduce((sum, unit) => sum + unit.idf, 0) / total;
}

/**
 * What each edition of the series of the best sentence says, the older first when a change is asked for. An edition
 * needs half the evidence when another one has enough: they answer the same question.
 */
function perEdition(
  allowed: readonly Ranked[],
  series: ReadonlyMap<string, Briefing[]>,
  ages: ReadonlyMap<string, number>,
  judge: (list: readonly Ranked[]) => number,
  enough: number,
  oldestFirst: boolean,
): Ranked[][] {
  const best = [...allowed].sort((a, b) => b.probability - a.probability)[0];
  if (!best) return [];
  const ids = (series.get(best.candidate.passage.briefing.series) ?? []).map((briefing) => briefing.id);
  const lists = ids.map((id) => allowed.filter((entry) => entry.candidate.passage.briefing.id === id));
  const judged = lists.map((list) => ({ list, probability: judge(list) }));
  if (!judged.some(({ probability }) => probability >= enough)) return [];
  const age = (list: readonly Ranked[]) => ages.get(list[0]?.candidate.passage.briefing.id ?? '') ?? 0;
  return judged
    .filter(({ probability }) => probability >= enough / 2)
    .map(({ list }) => list)
    .sort((a, b) => (oldestFirst ? age(b) - age(a) : age(a) - age(b)));
}

function sameBriefing(ranked: Ranked[]): Ranked[] {
  const id = ranked[0]?.candidate.passage.briefing.id;
  return ranked.filter((entry) => entry.candidate.passage.briefing.id === id);
}

/** Which briefings may speak: by parameter first, then by the words of the question. */
function readScope(request: AskRequest, when: When, briefings: readonly Briefing[]): Scope {
  const named = request.briefings?.length ? briefings.filter((briefing) => request.briefings?.includes(briefing.id)) : [...briefings];
  if (request.briefings?.length && named.length === 0) {
    throw pilcrowError('bad_request', 'None of the briefings asked for is in the index.', {
      hint: `Known briefings: ${briefings.map((briefing) => briefing.id).join(', ')}.`,
    });
  }
  const ids = (list: readonly Briefing[]) => new Set(list.map((briefing) => briefing.id));
  const series = bySeries(named);
  const newest = () => [...series.values()].map((list) => list[0] as Briefing);
  const dated = (date: string) => named.filter((briefing) => matchesEdition(briefing.edition.date, date));
  const asked = request.edition;
  if (asked !== undefined && asked !== 'latest') {
    if (asked === 'all') return { allowed: ids(named), chosen: false, when: when.kind === 'period' ? when : { ...when, kind: 'all' } };
    const found = isDate(asked) ? dated(asked) : [];
    if (found.length === 0) {
      const known = [...new Set(briefings.flatMap((briefing) => briefing.edition.date ?? []))].sort();
      throw pilcrowError('bad_request', `There is no edition “${asked}”.`, {
        hint: `Editions in the index: ${known.join(', ') || 'none is dated'}; also latest and all.`,
      });
    }
    return { allowed: ids(found), chosen: true, when: when.kind === 'edition' ? { ...when, kind: 'default' } : when };
  }
  if (when.kind === 'all' || when.kind === 'changed') return { allowed: ids(named), chosen: false, when };
  if (when.kind === 'edition') {
    const found = dated(when.date as string);
    if (found.length > 0) return { allowed: ids(found), chosen: true, when };
    return { allowed: ids(named), chosen: false, when: { kind: 'period', date: null, period: { from: when.date, to: when.date } } };
  }
  if (when.kind === 'older') {
    const found = [...series.values()].flatMap((list) => (list.length > 1 ? list.slice(1) : []));
    if (found.length > 0) return { allowed: ids(found), chosen: true, when };
  }
  if (when.kind === 'newest' && asked === undefined) {
    // "now" prefers the newest edition but lets an older one speak, labelled, when it is silent.
    return { allowed: ids(named.length > 0 ? named : newest()), chosen: false, when };
  }
  return { allowed: ids(named), chosen: false, when };
}

/** Sentences that were withheld are not compared with other editions. */
function isVerified(draft: Draft): (candidate: Candidate) => boolean {
  const shown = new Set(draft.sentences.map((sentence) => sentence.text));
  return (candidate) => shown.has(candidate.sentence.text);
}

function isUsed(number: number, draft: Draft): boolean {
  return (
    draft.sentences.some((sentence) => sentence.citations.includes(number)) || draft.notes.some((note) => note.citations.includes(number))
  );
}

/** A text with misspelt words replaced; words are compared folded. */
function corrected(text: string, corrections: Expansion['corrections']): string {
  let out = text;
  for (const token of tokens(text).reverse()) {
    const found = corrections.find(({ from }) => from === token.word);
    if (found) out = out.slice(0, token.start) + found.to + out.slice(token.end);
  }
  return out;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
const capitalise = (text: string) => (text[0] ?? '').toUpperCase() + text.slice(1);

/** Records steps with the time since the one before; does nothing, and computes no detail, without a trace. */
function stepper(trace: Trace | undefined) {
  let last = trace ? performance.now() : 0;
  return (step: string, detail: () => Record<string, unknown>) => {
    if (!trace) return;
    const now = performance.now();
    trace.steps.push({ step, milliseconds: round(now - last), detail: detail() });
    last = performance.now();
  };
}

export type { Candidate };
