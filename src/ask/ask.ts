import type { Answer, AskRequest, NearestPassage, Note, SearchRequest, SearchResult, Turn } from '../core/model.ts';
import type { AskOptions, ChatModel, Embedder, IndexReader } from '../core/ports.ts';
import { checkParts, conclude, merge, nearestOf, type PartScorer, quoteAnswer, type Said, tell } from './answer/index.ts';
import { nearestPassage } from './cite/index.ts';
import { checkJudge, decide, type Judge, replacedFor } from './decide/index.ts';
import { library } from './library.ts';
import { checkRanker, createChunkReader, type Ranker, type Rerank, rank, rerank } from './rank/index.ts';
import type { Decided, Found, Rewritten, Session } from './records.ts';
import { retrieve } from './retrieve/retrieve.ts';
import { type AskSettings, DEFAULT_SETTINGS, POOL_RERANKED } from './settings.ts';
import { createSuggestions } from './suggest/suggest.ts';
import { doubtOf, isBare, isTalk, type ServiceFacts, says, type TalkTools, talk, talkInDoubt, unsaid, withoutTalk } from './talk/index.ts';
import { round, stepper } from './trace.ts';
import { languageOf, partsOf, understand, unwrapped } from './understand/index.ts';
import shipped from './weights.json' with { type: 'json' };
import { type LocalVectors, localVectors } from './word-vectors.ts';
import { wording } from './wording.ts';
import { isRelated, rewrite, startDeadline, type Writer, writeAnswerTo } from './write/index.ts';

export { localVectors };

/** What an answer from a snapshot that stands in for a damaged newer one says first, in the asker's language. */
export const damagedNote = ({ question, history = [] }: AskRequest): Note => ({
  kind: 'rebuilding',
  text: wording(languageOf(unwrapped(question), history)).damaged,
  citations: [],
});

export interface AskDependencies {
  index: () => Promise<IndexReader>;
  /** Embeds questions like the index; null: words alone find. */
  embedder: Embedder | null;
  /** Vectors of the local model, by which chunks are compared whatever embeds the index; null leaves them out. */
  vectors?: LocalVectors | null;
  settings?: Partial<AskSettings>;
  /** Whether the embedder reads other languages than English; the shipped one does not. */
  multilingual?: boolean;
  /** Puts the pool in order; null: the own ranker alone does. */
  reranker?: Rerank | null;
  /** Writes the answers; null: they are quotations. */
  chat?: ChatModel | null;
  /** Reads again what was written; null: nobody does, and answers say so. */
  check?: ChatModel | null;
  /** How long an asker waits at most for the model before the quoted answer is given. */
  milliseconds?: number;
  /** Other trained weights than the shipped ones, for measuring. */
  weights?: Weights;
  /** What the service says of itself; by default it is Pilcrow, names no contact and keeps no questions. */
  service?: Partial<ServiceFacts>;
  /** How long an answer waits for the questions that go on from it; null (default): it comes without, and none are made. */
  nextMilliseconds?: number | null;
}

/** What bench/train.ts makes. */
export interface Weights {
  ranker: Ranker;
  /** By whether vectors know the language of the question: what they say is not known without them. */
  judges: { vectors: Judge; words: Judge };
  parts: PartScorer;
}

/** Languages the shipped vectors know; others lean on words. */
const EMBEDDED: ReadonlySet<string> = new Set(['en', 'und']);
/** Chosen, not measured; see PILCROW_ANSWER_SECONDS. */
const MODEL_MILLISECONDS = 20_000;
/** How long talk waits for questions to suggest, the first time. */
const SUGGEST_MILLISECONDS = 1500;
/** Passages told while an answer is made, and found by a search, unless the request says how many. */
const PASSAGES_SHOWN = 3;
const MOST_PASSAGES_FOUND = 10;

/** The use cases `ask` and `search` over whatever snapshot is live. */
export function createAsk(dependencies: AskDependencies) {
  const { index, embedder, vectors = null, multilingual = false, reranker = null, chat = null, check = null } = dependencies;
  const { milliseconds = MODEL_MILLISECONDS, weights = shipped, nextMilliseconds = null } = dependencies;
  const service: ServiceFacts = { name: 'Pilcrow', contact: null, questionDays: null, ...dependencies.service };
  const settings: AskSettings = { ...DEFAULT_SETTINGS, ...(reranker && { pool: POOL_RERANKED }), ...dependencies.settings };
  const ranker = checkRanker(weights.ranker);
  const judges = { vectors: checkJudge(weights.judges.vectors), words: checkJudge(weights.judges.words) };
  const parts = checkParts(weights.parts);
  const read = createChunkReader(vectors);
  const embedded = (language: string) => multilingual || EMBEDDED.has(language);

  async function open(request: AskRequest, { signal, onEvent, trace }: AskOptions, over: IndexReader | undefined): Promise<Session> {
    const reader = over ?? (await index());
    signal?.throwIfAborted();
    const history = withoutTalk(request.history ?? []);
    const emit: Session['emit'] = (event) => onEvent?.(event);
    return { request: { ...request, history }, reader, library: await library(reader), settings, step: stepper(trace), emit, signal };
  }

  /** Proved by quotation, whatever writes the answers. */
  const suggestions = createSuggestions({
    index,
    ask: async (request, reader) => answerTo({ ...(await open(request, {}, reader)), emit: () => {} }, null),
  });

  /** From a question to a decision: nothing is said yet. */
  async function consider(session: Session, rewritten: Rewritten | null): Promise<Decided> {
    const question = await understand(session, vectors, embedded, rewritten);
    const found = await retrieve(session, question, embedder, read);
    session.signal?.throwIfAborted();
    // What an older edition says is ranked for itself: it takes nothing from the newest.
    const isReplaced = replacedFor(session, question);
    const order = async (candidates: Found['candidates']) =>
      candidates.length === 0
        ? []
        : rerank(session, question, rank(session, question, { ...found, candidates }, vectors, ranker), reranker);
    const front = await order(found.candidates.filter((one) => !isReplaced(one)));
    const back = await order(found.candidates.filter(isReplaced));
    const judge = question.embedded && vectors ? judges.vectors : judges.words;
    return { session, question, found, decision: decide(session, question, { front, back }, judge) };
  }

  /** The question, or each of several asked at once. */
  async function considerAll(session: Session, rewritten: Rewritten | null): Promise<Decided[]> {
    const { request } = session;
    const asked = partsOf(rewritten?.search ?? unwrapped(request.question));
    if (asked.length === 1) return [await consider(session, rewritten)];
    const language = session.language ?? languageOf(unwrapped(request.question), request.history ?? []);
    const decided: Decided[] = [];
    const before: Turn[] = rewritten ? [] : [...(request.history ?? [])];
    for (const { text, leans } of asked) {
      // A part that leans on those before is a follow-up of them.
      const history = leans ? [...before] : rewritten ? [] : request.history;
      const one = await consider({ ...session, emit: () => {}, request: { ...request, question: text, history } }, null);
      decided.push({ ...one, question: { ...one.question, language } });
      before.push({ role: 'user', content: text });
    }
    return decided;
  }

  /** `over`: the part of the snapshot to answer from, instead of all of it. */
  async function ask(request: AskRequest, options: AskOptions = {}, over?: IndexReader): Promise<Answer> {
    const deadline = chat && !options.quote ? startDeadline(milliseconds, options.signal) : null;
    try {
      const session = await open(request, options, over);
      const writer = chat && deadline ? { chat, reader: check, deadline, signal: options.signal, today: today() } : null;
      const tools: TalkTools = {
        again: async (before, language) => answerTo({ ...session, request: before, language, emit: () => {} }, writer),
        suggest: (briefings) => suggestions.get({ milliseconds: SUGGEST_MILLISECONDS, briefings }, session.reader),
        writes: writer !== null,
        service,
      };
      const answer = (await talk(session, tools)) ?? (await withNext(await answerOrTalk(session, writer, tools), request, session.reader));
      options.signal?.throwIfAborted();
      session.emit({ type: 'answer', answer });
      return answer;
    } finally {
      deadline?.stop();
    }
  }

  /** An answer; where the briefings have nothing like it and it may have been said to the service, that reply. */
  async function answerOrTalk(session: Session, writer: Writer | null, tools: TalkTools): Promise<Answer> {
    const doubt = await doubtOf(session);
    if (!doubt) return answerOrUnsaid(session, writer);
    const answer = await answerOrUnsaid({ ...session, emit: () => {} }, writer);
    const { said } = doubt;
    const asTalk = isTalk(doubt, answer.confidence);
    const instead =
      asTalk || (said.unless === 'answered' && answer.outcome !== 'answer')
        ? await talkInDoubt(session, asTalk ? { ...said, unless: 'alike' } : said, tools)
        : null;
    if (instead) return instead;
    session.emit({ type: 'passages', passages: answer.nearest });
    tell(answer, session.emit);
    return answer;
  }

  /** An answer; to a follow-up that names nothing itself never the last one over again. */
  async function answerOrUnsaid(session: Session, writer: Writer | null): Promise<Answer> {
    const history = session.request.history ?? [];
    const last = history.at(-1);
    if (last?.role !== 'assistant' || !isBare(session.request.question)) return answerTo(session, writer);
    const answer = await answerTo({ ...session, emit: () => {} }, writer);
    if (!says(session.request.question, last.content, answer)) return unsaid(session, answer);
    session.emit({ type: 'passages', passages: answer.nearest });
    tell(answer, session.emit);
    return answer;
  }

  async function withNext(answer: Answer, { briefings, history = [] }: AskRequest, reader: IndexReader): Promise<Answer> {
    if (nextMilliseconds === null || answer.outcome !== 'answer') return answer;
    const asked = history.filter(({ role }) => role === 'user').map(({ content }) => content);
    return { ...answer, suggestions: await suggestions.next(answer, { milliseconds: nextMilliseconds, briefings, asked }, reader) };
  }

  async function answerTo(session: Session, writer: Writer | null): Promise<Answer> {
    const { request } = session;
    const rewriting = writer ? await rewrite(session, writer) : null;
    const decided = await considerAll(session, rewriting?.rewritten ?? null);
    const [first] = decided as [Decided, ...Decided[]];
    session.emit({ type: 'passages', passages: nearestOf(first, request.limit ?? PASSAGES_SHOWN) });
    let unwritten: Said | null = null;
    // A model that could not be reached for the question is not waited for again.
    if (writer && !rewriting?.unreachable && decided.some(isRelated)) {
      const search = decided.length > 1 ? unwrapped(request.question) : (rewriting?.rewritten?.search ?? first.question.standalone);
      const said = await writeAnswerTo(
        decided.map((one) => ({ ...one, session })),
        search,
        writer,
        vectors,
      );
      if (said.draft.sentences.length > 0 || said.written.nothing) return conclude(wholeOf(session, decided), said, writer.chat.name);
      unwritten = said;
    }
    const instead = unwritten?.written ?? (rewriting?.unreachable ? { failure: rewriting.failed } : null);
    // What a model wrote in vain is told all the same.
    const told = (answer: Answer): Answer => ({ ...answer, withheld: [...(unwritten?.draft.withheld ?? []), ...answer.withheld] });
    if (decided.length === 1) return told(await conclude(first, { ...(await quoteAnswer(first, vectors, parts)), instead }, null));
    const answers: Answer[] = [];
    for (const one of decided) answers.push(await conclude(one, { ...(await quoteAnswer(one, vectors, parts)), instead }, null));
    const merged = merge(request.question, answers);
    tell(merged, session.emit);
    return told(merged);
  }

  async function search(request: SearchRequest, over?: IndexReader): Promise<SearchResult> {
    const { query, limit, ...rest } = request;
    const session = await open({ ...rest, question: query }, {}, over);
    const question = await understand(session, vectors, embedded);
    const { candidates } = await retrieve(session, question, embedder, read);
    return {
      query,
      passages: candidates.slice(0, limit ?? MOST_PASSAGES_FOUND).map((one): NearestPassage & { lexical: number; semantic: number } => ({
        ...nearestPassage(one),
        lexical: round(one.lexical),
        semantic: round(one.semantic),
      })),
      snapshot: session.reader.info.id,
    };
  }

  return { ask, search, suggestions };
}

/** The first part with the whole question, for an answer to all of it. */
function wholeOf(session: Session, decided: readonly Decided[]): Decided {
  const [first] = decided as [Decided, ...Decided[]];
  if (decided.length === 1) return { ...first, session };
  const standalone = decided.map(({ question }) => question.standalone).join(' ');
  return { ...first, session, question: { ...first.question, asked: session.request.question, standalone } };
}

const today = (): string => new Date().toISOString().slice(0, 10);
