import type { Answer, AnswerStatus, AskEvent, AskRequest, Briefing, SearchRequest, SearchResult } from '../core/model.ts';
import type { AskOptions, ChatModel, Embedder, IndexReader } from '../core/ports.ts';
import { detectLanguage } from '../core/text/language.ts';
import { tokens } from '../core/text/tokens.ts';
import { dates } from '../core/time/dates.ts';
import { citationBook, nearestPassage } from './cite.ts';
import { decide } from './decide.ts';
import type { Candidate, WordVectors } from './features.ts';
import { noteDifferences } from './notes.ts';
import { contentTerms, isSmallTalk, readQuestion } from './question.ts';
import { addNote, answerText, type Draft, editionName, emitSentences } from './respond.ts';
import { retrieve, VECTOR_WEIGHT } from './retrieve.ts';
import { mainPart, standalone } from './rewrite.ts';
import { readScope } from './scope.ts';
import { select } from './select.ts';
import { type AskSettings, DEFAULT_SETTINGS } from './settings.ts';
import { round, stepper } from './trace.ts';
import { type Expansion, expand } from './units.ts';
import { asksForNew, hasNoSubject, type Overview, overview } from './whats-new.ts';
import { bySeries, readWhen, withoutEditionWords } from './when.ts';

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
const NOT_FOUND = 'The briefings do not answer this.';

/** The use cases `ask` and `search` over whatever snapshot is live. */
export function createAsk({ index, embedder, wordVectors = null, settings: overrides = {} }: AskDependencies) {
  const settings: AskSettings = { ...DEFAULT_SETTINGS, ...overrides };
  const vectorWeightFor = (language: string) =>
    embedder && settings.ablation?.vector !== false && EMBEDDED_LANGUAGES.has(language) ? VECTOR_WEIGHT : 0;

  async function ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const { signal, onEvent, trace } = options;
    const step = stepper(trace);
    const emit = (event: AskEvent) => onEvent?.(event);
    const reader = await index();
    const { briefings, list } = await library(reader);
    signal?.throwIfAborted();

    const standaloneQuestion = standalone(request.question.trim(), request.history ?? []);
    const language = detectLanguage(standaloneQuestion);
    const when = readWhen(standaloneQuestion, dates(standaloneQuestion));
    const main = mainPart(standaloneQuestion);
    let question = readQuestion(withoutEditionWords(standaloneQuestion), withoutEditionWords(main));
    const scope = readScope(request, when, list);
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
    let expansion = await expand(question, reader, settings);
    const { corrections } = expansion;
    if (corrections.length > 0) {
      // Read again as it was meant, so that heads and forms are found too.
      const mend = (text: string) => corrected(text, corrections);
      question = readQuestion(mend(withoutEditionWords(standaloneQuestion)), mend(withoutEditionWords(main)));
      expansion = await expand(question, reader, settings);
    }
    step('expand', () => ({
      units: expansion.units.map((unit) => ({ ...unit, idf: round(unit.idf) })),
      corrections,
    }));

    const hasContent = contentTerms(question.tokens).length > 0 && !isSmallTalk(request.question);
    const filter = scope.allowed.size === briefings.size ? undefined : { briefings: [...scope.allowed] };
    const vectorWeight = vectorWeightFor(language);
    const passages = hasContent
      ? await retrieve(reader, embedder, standaloneQuestion, expansion, briefings, {
          depth: settings.depth,
          filter,
          vectorWeight,
          lexical: settings.ablation?.lexical,
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
    const decision = news
      ? null
      : await decide({
          question,
          expansion,
          passages,
          scope,
          wantsNew: when.kind === 'changed' && asksForNew(standaloneQuestion),
          briefings: list,
          reader,
          vectors: wordVectors,
          settings,
          step,
        });
    signal?.throwIfAborted();
    const lists = decision ? (decision.each ?? [decision.ranked]) : [];
    const chosen = news
      ? news.sentences
      : (await Promise.all(lists.map((ranked) => select(question, expansion, ranked, reader, settings)))).flat();
    step('select', () => ({
      sentences: chosen.map((candidate) => ({ paragraph: candidate.passage.paragraph.id, text: candidate.sentence.text })),
    }));
    await emitSentences(chosen, book, reader, draft, emit);
    const series = bySeries(list).get(chosen[0]?.passage.briefing.series ?? '') ?? [];
    const between = news !== null || decision?.each !== undefined;
    await noteDifferences(chosen.filter(isVerified(draft)), series, between, book, reader, draft, emit);
    if (news) addNote(draft, emit, 'changed', summary(news));
    let status: AnswerStatus = 'not_found';
    if (draft.sentences.length > 0) status = decision?.older ? 'older_edition_only' : draft.withheld.length > 0 ? 'partial' : 'answered';
    else if (news) status = 'partial';
    step('verify', () => ({ verified: draft.sentences.length, withheld: draft.withheld }));

    if (status === 'older_edition_only' && decision) {
      const briefing = decision.ranked[0]?.candidate.passage.briefing as Briefing;
      const newest = list.find((other) => other.series === briefing.series && other.newest);
      const silent = newest && newest.id !== briefing.id ? ` ${capitalise(editionName(newest))} does not.` : '';
      addNote(draft, emit, 'older_edition', `Only ${editionName(briefing)} says this.${silent}`);
    }
    if (status !== 'not_found' && corrections.length > 0) {
      addNote(draft, emit, 'spelling', `Read ${corrections.map(({ from, to }) => `“${from}” as “${to}”`).join(', ')}.`);
    }
    if (!embedder) addNote(draft, emit, 'rebuilding', 'Vectors are not available: passages were found by their words alone.');

    const answer: Answer = {
      status,
      answer: status === 'not_found' ? NOT_FOUND : answerText(draft.sentences) || (draft.notes[0]?.text ?? ''),
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

  async function search(request: SearchRequest): Promise<SearchResult> {
    const reader = await index();
    const { briefings, list } = await library(reader);
    const question = readQuestion(request.query);
    const when = readWhen(request.query, question.dates);
    const scope = readScope({ ...request, question: request.query }, when, list);
    const expansion = await expand(question, reader, settings);
    const filter = scope.allowed.size === briefings.size ? undefined : { briefings: [...scope.allowed] };
    const vectorWeight = vectorWeightFor(detectLanguage(request.query));
    const found =
      tokens(request.query).length > 0
        ? await retrieve(reader, embedder, request.query, expansion, briefings, {
            depth: settings.depth,
            filter,
            vectorWeight,
            lexical: settings.ablation?.lexical,
          })
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

interface Library {
  briefings: ReadonlyMap<string, Briefing>;
  list: readonly Briefing[];
}

const libraries = new WeakMap<IndexReader, Library>();

/** The briefings of a snapshot by id, made once for each. */
async function library(reader: IndexReader): Promise<Library> {
  let found = libraries.get(reader);
  if (!found) {
    const list = await reader.briefings();
    found = { list, briefings: new Map(list.map((briefing) => [briefing.id, briefing])) };
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

/** How much became different between two editions, and where to see it. */
function summary({ older, newer, counts }: Overview): string {
  const page = `/series/${encodeURIComponent(newer.series)}/changes`;
  return `From ${editionName(older)} to ${editionName(newer)}: paragraphs with another value ${counts.changed}, reworded ${counts.reworded}, added ${counts.added}, removed ${counts.removed}. ${page} shows them side by side.`;
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

const capitalise = (text: string) => (text[0] ?? '').toUpperCase() + text.slice(1);
