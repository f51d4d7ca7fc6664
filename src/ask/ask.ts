import type { Answer, AskRequest, NearestPassage, SearchRequest, SearchResult, Turn } from '../core/model.ts';
import type { AskOptions, Embedder, IndexReader } from '../core/ports.ts';
import { conclude, nearestOf, quoteAnswer } from './answer/conclude.ts';
import { checkParts, type PartScorer } from './answer/decisive.ts';
import { merge, tell } from './answer/merge.ts';
import { nearestPassage } from './cite/cite.ts';
import { decide } from './decide/decide.ts';
import { checkJudge, type Judge } from './decide/judge.ts';
import { library } from './library.ts';
import { createChunkReader } from './rank/chunk-reader.ts';
import { checkRanker, type Ranker, rank } from './rank/rank.ts';
import type { Decided, LocalVectors, Session } from './records.ts';
import { retrieve } from './retrieve/retrieve.ts';
import { type AskSettings, DEFAULT_SETTINGS } from './settings.ts';
import { round, stepper } from './trace.ts';
import { unwrapped } from './understand/message.ts';
import { partsOf } from './understand/parts.ts';
import { understand } from './understand/understand.ts';
import { localVectors } from './word-vectors.ts';
import shipped from './weights.json' with { type: 'json' };

export interface AskDependencies {
  index: () => Promise<IndexReader>;
  /** Embeds questions like the index; null: words alone find. */
  embedder: Embedder | null;
  /** Vectors of the local model, by which chunks are compared whatever embeds the index; null leaves them out. */
  vectors?: LocalVectors | null;
  settings?: Partial<AskSettings>;
  /** Whether the embedder reads other languages than English; the shipped one does not. */
  multilingual?: boolean;
  /** Other trained weights than the shipped ones, for measuring. */
  weights?: Weights;
}

export { localVectors };

/** What bench/train.ts makes. */
export interface Weights {
  ranker: Ranker;
  judge: Judge;
  parts: PartScorer;
}

/** Languages the shipped vectors know; others lean on words. */
const EMBEDDED: ReadonlySet<string> = new Set(['en', 'und']);

/** The use cases `ask` and `search` over whatever snapshot is live. */
export function createAsk({ index, embedder, vectors = null, settings: overrides = {}, multilingual = false, weights = shipped }: AskDependencies) {
  const settings: AskSettings = { ...DEFAULT_SETTINGS, ...overrides };
  const ranker = checkRanker(weights.ranker);
  const judge = checkJudge(weights.judge);
  const parts = checkParts(weights.parts);
  const read = createChunkReader(vectors);
  const embedded = (language: string) => multilingual || EMBEDDED.has(language);

  async function open(request: AskRequest, { signal, onEvent, trace }: AskOptions): Promise<Session> {
    const reader = await index();
    signal?.throwIfAborted();
    return { request, reader, library: await library(reader), settings, step: stepper(trace), emit: (event) => onEvent?.(event), signal };
  }

  /** From a question to a decision: nothing is said yet. */
  async function consider(session: Session): Promise<Decided> {
    const question = await understand(session, vectors, embedded);
    const found = await retrieve(session, question, embedder, read);
    session.signal?.throwIfAborted();
    const ranked = rank(session, question, found, vectors, ranker);
    return { session, question, found, decision: decide(session, question, ranked, judge) };
  }

  async function ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    const session = await open(request, options);
    const asked = partsOf(unwrapped(request.question));
    const quiet = asked.length > 1 ? () => {} : session.emit;
    const decided: Decided[] = [];
    const before: Turn[] = [...(request.history ?? [])];
    for (const { text, leans } of asked) {
      // A part that leans on those before is a follow-up of them.
      const history = leans ? [...before] : request.history;
      decided.push(await consider({ ...session, emit: quiet, request: asked.length > 1 ? { ...request, question: text, history } : request }));
      before.push({ role: 'user', content: text });
    }
    session.emit({ type: 'passages', passages: nearestOf(decided[0] as Decided, request.limit ?? SHOWN) });
    const answers: Answer[] = [];
    for (const one of decided) answers.push(await conclude(one, await quoteAnswer(one, vectors, parts)));
    options.signal?.throwIfAborted();
    const answer = answers.length > 1 ? merge(request.question, answers) : (answers[0] as Answer);
    if (answers.length > 1) tell(answer, session.emit);
    session.emit({ type: 'answer', answer });
    return answer;
  }

  async function search(request: SearchRequest): Promise<SearchResult> {
    const { query, limit, ...rest } = request;
    const session = await open({ ...rest, question: query }, {});
    const question = await understand(session, vectors, embedded);
    const { candidates } = await retrieve(session, question, embedder, read);
    return {
      query,
      passages: candidates
        .slice(0, limit ?? MOST_FOUND)
        .map((one): NearestPassage & { lexical: number; semantic: number } => ({ ...nearestPassage(one), lexical: round(one.lexical), semantic: round(one.semantic) })),
      snapshot: session.reader.info.id,
    };
  }

  return { ask, search };
}

/** Passages told while an answer is made, and found by a search, unless the request says how many. */
const SHOWN = 3;
const MOST_FOUND = 10;
