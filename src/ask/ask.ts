import type { Abbreviation, Answer, AnswerStatus, AskEvent, AskRequest, Briefing, SearchRequest, SearchResult } from '../core/model.ts';
import type { AskOptions, ChatModel, Embedder, IndexReader } from '../core/ports.ts';
import { detectLanguage } from '../core/text/language.ts';
import { tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';
import { citationBook, nearestPassage } from './cite.ts';
import { answerParts } from './compound.ts';
import { type Decision, decide } from './decide.ts';
import type { Candidate, WordVectors } from './features.ts';
import { type Deadline, startDeadline } from './generate/deadline.ts';
import { evidenceOf } from './generate/evidence.ts';
import { type Generated, generate } from './generate/generate.ts';
import { questionIn } from './message.ts';
import { noteDifferences, weightsOf } from './notes.ts';
import { partsOf } from './parts.ts';
import { contentTerms, readQuestion } from './question.ts';
import { addNote, answerText, type Draft, emitSentences } from './respond.ts';
import { retrieveFromSeveral, VECTOR_WEIGHT } from './retrieve.ts';
import { carriedTerms, saysNothing } from './rewrite.ts';
import { readScope, type Scope } from './scope.ts';
import { select } from './select.ts';
import { type AskSettings, DEFAULT_SETTINGS } from './settings.ts';
import { round, stepper } from './trace.ts';
import { languagesOf, type Understanding, understand } from './understand.ts';
import { type Expansion, expand } from './units.ts';
import { asksForNew, hasNoSubject, overview } from './whats-new.ts';
import { bySeries, readWhen, withoutEditionWords } from './when.ts';
import { wording } from './wording.ts';

export interface AskDependencies {
  index: () => Promise<IndexReader>;
  /** Null when no usable vectors are there: BM25 alone answers. */
  embedder: Embedder | null;
  /** Word vectors for soft matching; null leaves it out. */
  wordVectors?: WordVectors | null;
  settings?: Partial<AskSettings>;
  /** Whether the embedder reads other languages than English; the shipped one does not. */
  multilingual?: boolean;
  /** Writes the answers, held to the same checks; null: they are quotations. */
  chat?: ChatModel | null;
  generation?: Partial<GenerationLimits>;
}

/** What a model-written answer may cost the asker. */
export interface GenerationLimits {
  /** How long an asker waits at most for the model before the quoted answer is given. */
  milliseconds: number;
  /** Asks the model a second time whether each sentence follows from what it cites. */
  secondOpinion: boolean;
}

/** Languages in which the shipped embedder and ranker read meaning; others lean on BM25. */
const EMBEDDED_LANGUAGES = new Set(['en', 'und']);
/** Chosen, not measured; see PILCROW_ANSWER_SECONDS. */
export const DEFAULT_GENERATION: GenerationLimits = { milliseconds: 20_000, secondOpinion: false };

/** The use cases `ask` and `search` over whatever snapshot is live. */
export function createAsk({
  index,
  embedder,
  wordVectors = null,
  settings: overrides = {},
  multilingual = false,
  chat = null,
  generation: limits = {},
}: AskDependencies) {
  const settings: AskSettings = { ...DEFAULT_SETTINGS, ...overrides };
  const generation: GenerationLimits = { ...DEFAULT_GENERATION, ...limits };
  const vectorWeightFor = (language: string) =>
    embedder && settings.ablation?.vector !== false && (multilingual || EMBEDDED_LANGUAGES.has(language)) ? VECTOR_WEIGHT : 0;
  const find = (reader: IndexReader, text: string, expansion: Expansion, known: Library, scope: Scope, onVectorFailure?: () => void) =>
    retrieveFromSeveral(reader, embedder, text, expansion, known.briefings, {
      depth: settings.depth,
      filter: scope.allowed.size === known.briefings.size ? undefined : { briefings: [...scope.allowed] },
      vectorWeight: vectorWeightFor(detectLanguage(text)),
      lexical: settings.ablation?.lexical,
      onVectorFailure,
    });

  async function ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const deadline = chat && !options.quote ? startDeadline(generation.milliseconds, options.signal) : null;
    // A model answers several questions at once; quotations are found one by one.
    const parts = deadline ? null : partsOf(questionIn(request.question));
    if (parts) {
      const { signal, trace, onEvent } = options;
      let told = false;
      const tellPassages = (event: AskEvent) => {
        if (event.type !== 'passages' || told) return;
        told = true;
        onEvent?.(event);
      };
      const several = await answerParts(
        parts,
        request,
        (part) => answer(part, { signal, trace, onEvent: tellPassages }, null),
        (event) => onEvent?.(event),
      );
      if (several) return several;
    }
    try {
      return await answer(request, options, deadline);
    } finally {
      deadline?.stop();
    }
  }

  async function answer(request: AskRequest, { signal, onEvent, trace }: AskOptions, deadline: Deadline | null): Promise<Answer> {
    const step = stepper(trace);
    const emit = (event: AskEvent) => onEvent?.(event);
    const reader = await index();
    const known = await library(reader);
    const { list } = known;
    signal?.throwIfAborted();

    const model = chat && deadline ? { chat, deadline, signal } : null;
    const understood = await understand(request.question, request.history ?? [], list, model, reader);
    const { search: text, main } = understood;
    const words = wording(understood.language);
    const when = readWhen(text, dates(text));
    let question = readQuestion(withoutEditionWords(text), withoutEditionWords(main));
    const scope = readScope(request, when, list);
    step('question', () => ({
      standalone: understood.standalone,
      ...(text === understood.standalone ? {} : { search: text }),
      by: understood.by,
      language: understood.language,
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
    const carried = understood.by === 'rule' ? await carriedTerms(questionIn(request.question), request.history ?? [], reader) : [];
    let expansion = await expand(question, reader, settings, carried);
    const { corrections } = expansion;
    if (corrections.length > 0) {
      // Read again as it was meant, so that heads and forms are found too.
      const mend = (part: string) => corrected(part, corrections);
      question = readQuestion(mend(withoutEditionWords(text)), mend(withoutEditionWords(main)));
      expansion = await expand(question, reader, settings, carried);
    }
    step('expand', () => ({
      units: expansion.units.map((unit) => ({ ...unit, idf: round(unit.idf) })),
      corrections,
    }));

    const hasContent = contentTerms(question.tokens).length > 0 && !saysNothing(main);
    let hasVectors = embedder !== null;
    const passages = hasContent
      ? await find(reader, text, expansion, known, scope, () => {
          hasVectors = false;
        })
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

    const news = when.kind === 'changed' && hasNoSubject(question) ? await overview(list, reader) : null;
    const decision =
      news || !understood.enough
        ? null
        : await decide({
            question,
            expansion,
            passages,
            scope,
            wantsNew: when.kind === 'changed' && asksForNew(text),
            briefings: list,
            reader,
            vectors: wordVectors,
            settings,
            step,
          });
    signal?.throwIfAborted();

    let incomplete = false;
    const write = async (model: Writer, decision: Decision): Promise<Generated> => {
      // A model that could not be reached for the question is not waited for again.
      if (understood.failure === 'unavailable' || understood.failure === 'rejected') return { ...UNWRITTEN, failure: understood.failure };
      const { evidence, passages: shown } = await evidenceOf(decision, passages, reader);
      const idf = await weightsOf(
        evidence.map(({ paragraph }) => paragraph),
        reader,
      );
      const language = evidence[0]?.briefing.language ?? 'en';
      const several = new Set(evidence.map(({ briefing }) => briefing.id)).size > 1 && !scope.chosen && !decision.older;
      const made = await generate({
        ...model,
        question: text,
        language,
        asker: understood.language === 'und' ? language : understood.language,
        evidence,
        passages: shown,
        secondOpinion: generation.secondOpinion,
        idf,
        wordVectors,
        abbreviations: known.abbreviations,
        labelOlder: several ? words.accordingTo : null,
        reader,
        book,
        draft,
        emit,
      });
      incomplete = draft.sentences.length > 0 && (made.failure !== null || made.incomplete);
      step('write', () => ({ evidence: evidence.map(({ paragraph }) => paragraph.id), ...made, cited: made.cited.length }));
      return made;
    };
    const written = model && decision ? await write(model, decision) : null;
    // Nothing that was written could be shown: the quoted answer serves, unless the model finished and found none.
    const quotes = draft.sentences.length === 0 && !(written?.nothing && written.failure === null);
    let cited = written?.cited ?? [];
    if (quotes) {
      const lists = decision ? (decision.each ?? [decision.ranked]) : [];
      const chosen = news
        ? news.sentences
        : (await Promise.all(lists.map((ranked) => select(question, expansion, ranked, reader, settings)))).flat();
      step('select', () => ({
        sentences: chosen.map((candidate) => ({ paragraph: candidate.passage.paragraph.id, text: candidate.sentence.text })),
      }));
      const before = draft.withheld.length;
      await emitSentences(chosen, book, reader, draft, emit);
      if (draft.withheld.length > before) incomplete = true;
      cited = chosen.filter(isVerified(draft));
    }
    signal?.throwIfAborted();
    const series = bySeries(list).get(cited[0]?.passage.briefing.series ?? '') ?? [];
    const between = news !== null || decision?.each !== undefined;
    await noteDifferences(cited, series, between, book, reader, draft, emit, words);
    if (news) addNote(draft, emit, 'changed', words.overview(news.older, news.newer, news.counts, changesPage(news.newer)));
    let status: AnswerStatus = 'not_found';
    if (draft.sentences.length > 0) status = decision?.older ? 'older_edition_only' : incomplete ? 'partial' : 'answered';
    else if (news) status = 'partial';
    step('verify', () => ({ verified: draft.sentences.length, withheld: draft.withheld }));

    if (status === 'older_edition_only' && decision) {
      const briefing = decision.ranked[0]?.candidate.passage.briefing as Briefing;
      const newest = list.find((other) => other.series === briefing.series && other.newest);
      addNote(draft, emit, 'older_edition', words.onlyEdition(briefing, newest && newest.id !== briefing.id ? newest : null));
    }
    if (status !== 'not_found' && corrections.length > 0) {
      addNote(draft, emit, 'spelling', words.spelling(corrections));
    }
    if (!hasVectors) addNote(draft, emit, 'rebuilding', words.noVectors);
    if (written && status !== 'not_found') {
      if (quotes || written.failure !== null) addNote(draft, emit, 'fallback', words.fallback(written.failure, quotes));
      if (written.inOtherLanguage) addNote(draft, emit, 'language', words.partlyOtherLanguage);
    }

    const foreign = status === 'not_found' ? languageGap(understood, list) : null;
    if (foreign) addNote(draft, emit, 'language', words.otherLanguage(foreign));

    const made: Answer = {
      status,
      answer: status === 'not_found' ? words.notFound : answerText(draft.sentences) || (draft.notes[0]?.text ?? ''),
      sentences: draft.sentences,
      withheld: draft.withheld,
      citations: status === 'not_found' ? [] : book.all().filter((citation) => isUsed(citation.number, draft)),
      notes: draft.notes,
      nearest: status === 'not_found' ? passages.slice(0, limit).map(nearestPassage) : [],
      question: { asked: request.question, standalone: understood.standalone, period: when.period, language: understood.language },
      mode: written && !quotes ? 'generative' : 'extractive',
      model: written && !quotes ? (chat?.name ?? null) : null,
      snapshot: reader.info.id,
    };
    emit({ type: 'answer', answer: made });
    return made;
  }

  async function search(request: SearchRequest): Promise<SearchResult> {
    const reader = await index();
    const known = await library(reader);
    const { list } = known;
    // Put into English when the briefings are in no other language.
    const { search: text } = await understand(request.query, [], list, null, reader);
    const question = readQuestion(text);
    const when = readWhen(text, question.dates);
    const scope = readScope({ ...request, question: text }, when, list);
    const expansion = await expand(question, reader, settings);
    const found = tokens(text).length > 0 ? await find(reader, text, expansion, known, scope) : [];
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

/** Languages of the briefings, when the question is in none of them and no model translated it; otherwise null. */
function languageGap({ language, by }: Understanding, briefings: readonly Briefing[]): readonly string[] | null {
  const spoken = languagesOf(briefings);
  return language === 'und' || spoken.includes(language) || by === 'model' ? null : spoken;
}

interface Writer {
  chat: ChatModel;
  deadline: Deadline;
  signal: AbortSignal | undefined;
}

const UNWRITTEN: Generated = {
  failure: null,
  nothing: false,
  incomplete: false,
  inOtherLanguage: false,
  unknownMarkers: 0,
  repairRounds: 0,
  cited: [],
};

interface Library {
  /** Those the briefings introduce themselves; one list a snapshot. */
  abbreviations: readonly Abbreviation[];
  briefings: ReadonlyMap<string, Briefing>;
  list: readonly Briefing[];
}

const libraries = new WeakMap<IndexReader, Library>();

/** The briefings of a snapshot by id, made once for each. */
async function library(reader: IndexReader): Promise<Library> {
  let found = libraries.get(reader);
  if (!found) {
    const list = await reader.briefings();
    const abbreviations = (await reader.abbreviations()).filter((one) => !one.implied);
    found = { abbreviations, list, briefings: new Map(list.map((briefing) => [briefing.id, briefing])) };
    libraries.set(reader, found);
  }
  return found;
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

const changesPage = (briefing: Briefing): string => `/series/${encodeURIComponent(briefing.series)}/changes`;

/** A text with misspelt words replaced; words are compared folded. */
function corrected(text: string, corrections: Expansion['corrections']): string {
  let out = text;
  for (const token of tokens(text).reverse()) {
    const found = corrections.find(({ from }) => from === token.word);
    if (found) out = out.slice(0, token.start) + found.to + out.slice(token.end);
  }
  return out;
}
