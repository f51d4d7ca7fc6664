import type { Answer, AskEvent, AskRequest, SearchRequest, SearchResult } from '../core/model.ts';
import type { AskOptions, ChatModel, Embedder, IndexReader } from '../core/ports.ts';
import { detectLanguage } from '../core/text/language.ts';
import { tokens } from '../core/text/tokens.ts';
import { citationBook, nearestPassage } from './cite.ts';
import { answerParts, requestsOf } from './compound.ts';
import { conclude, quotable, quote } from './conclude.ts';
import type { WordVectors } from './features.ts';
import { startDeadline } from './generate/deadline.ts';
import { library } from './library.ts';
import { partsOf } from './parts.ts';
import { type Find, type Prepared, prepare } from './prepare.ts';
import { readQuestion } from './question.ts';
import type { Draft } from './respond.ts';
import { retrieveFromSeveral, VECTOR_WEIGHT } from './retrieve.ts';
import { readScope } from './scope.ts';
import { type AskSettings, DEFAULT_SETTINGS } from './settings.ts';
import { round, stepper } from './trace.ts';
import { understand } from './understand.ts';
import { expand } from './units.ts';
import { readWhen } from './when.ts';
import { isDecided, type Writer, write } from './write.ts';

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
  const find: Find = (reader, text, expansion, known, scope, onVectorFailure) =>
    retrieveFromSeveral(reader, embedder, text, expansion, known.briefings, {
      depth: settings.depth,
      filter: scope.allowed.size === known.briefings.size ? undefined : { briefings: [...scope.allowed] },
      vectorWeight: vectorWeightFor(detectLanguage(text)),
      lexical: settings.ablation?.lexical,
      onVectorFailure,
    });

  async function ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const deadline = chat && !options.quote ? startDeadline(generation.milliseconds, options.signal) : null;
    try {
      return await answer(request, options, chat && deadline ? { chat, deadline, signal: options.signal } : null);
    } finally {
      deadline?.stop();
    }
  }

  async function answer(request: AskRequest, { signal, onEvent, trace }: AskOptions, model: Writer | null): Promise<Answer> {
    const reader = await index();
    const known = await library(reader);
    signal?.throwIfAborted();
    const step = stepper(trace);
    let told = false;
    const tools = {
      reader,
      known,
      find,
      hasEmbedder: embedder !== null,
      wordVectors,
      settings,
      secondOpinion: generation.secondOpinion,
      limit: request.limit ?? 3,
      model: chat?.name ?? null,
      step,
      // Passages are told once, whatever is searched for after.
      emit: (event: AskEvent) => {
        if (event.type !== 'passages' || !told) onEvent?.(event);
        told ||= event.type === 'passages';
      },
      signal,
    };
    const history = request.history ?? [];
    const whole = model ? await understand(request.question, history, known.list, model, reader) : null;
    const byRule = (one: AskRequest) => understand(one.question, one.history ?? [], known.list, null, reader);

    const parts = partsOf(whole?.by === 'model' ? whole.search : request.question);
    if (parts) {
      const prepared: Prepared[] = [];
      for (const part of requestsOf(parts, request, whole))
        prepared.push(await prepare(part.request, part.understood ?? (await byRule(part.request)), tools));
      const understood = whole ?? (prepared[0] as Prepared).understood;
      const several = await answerParts(prepared, { asked: request.question, understood }, model, tools);
      signal?.throwIfAborted();
      if (several) {
        tools.emit({ type: 'answer', answer: several });
        return several;
      }
    }

    const understood = whole ?? (await byRule(request));
    const prepared = await prepare(request, understood, tools);
    const draft: Draft = { sentences: [], withheld: [], notes: [] };
    const book = citationBook();
    const written =
      model && isDecided(prepared) ? await write(model, { question: understood.search, understood }, [prepared], book, draft, tools) : null;
    // Nothing that was written could be shown: the quoted answer serves, unless the model finished and found none.
    const quotes = draft.sentences.length === 0 && !(written?.nothing && written.failure === null);
    const broken = written !== null && draft.sentences.length > 0 && (written.failure !== null || written.incomplete);
    const rest = quotes
      ? await quote(await quotable(prepared, tools), { book, draft }, understood, tools)
      : { cited: written?.cited ?? [], incomplete: broken };
    signal?.throwIfAborted();
    const made = await conclude([prepared], { asked: request.question, understood }, { book, draft, written, quotes, ...rest }, tools);
    tools.emit({ type: 'answer', answer: made });
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
