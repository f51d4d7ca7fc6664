import { pilcrowError } from '../../core/errors.ts';
import type { Answer, NearestPassage } from '../../core/model.ts';
import { PASSAGES_MEASURED } from '../measures.ts';
import type { Target } from '../observation.ts';
import { validityProblems } from '../validity.ts';
import { errorText, requestJson, type TargetConnection } from './http.ts';

/**
 * A target that speaks `POST /v1/ask`. Where it also has `/v1/search`, retrieval is measured; where it has
 * `/v1/briefings/{id}`, citations are resolved against it. Rejects with `unavailable` when it cannot be reached.
 */
export async function askTarget(address: string, connection: TargetConnection, signal: AbortSignal): Promise<Target> {
  const base = address.replace(/\/+$/, '').replace(/\/v1(?:\/ask)?$/, '');
  const probe = await requestJson(`${base}/v1/search`, { query: 'What is this about?', limit: 1 }, connection, signal).catch((error) => {
    // A service without search may answer with a page that is not JSON; only silence is fatal.
    if ((error as { code?: string }).code === 'unavailable' || signal.aborted) throw error;
    return { status: 404, body: null };
  });
  const retrieval = probe.status === 200 && Array.isArray((probe.body as { passages?: unknown } | null)?.passages);
  const texts = new Map<string, Promise<string | null>>();
  let resolves: boolean | null = null;
  const lookUp = (id: string): Promise<string | null> => {
    let found = texts.get(id);
    if (!found) {
      found = requestJson(`${base}/v1/briefings/${encodeURIComponent(id)}`, undefined, connection, signal).then(({ status, body }) => {
        const text = (body as { text?: unknown } | null)?.text;
        return status === 200 && typeof text === 'string' ? text : null;
      });
      texts.set(id, found);
    }
    return found;
  };
  /** Whether the service shows its briefings at all; one that does not is not blamed for citations that cannot be looked up. */
  const canResolve = async (): Promise<boolean> => {
    resolves ??= await requestJson(`${base}/v1/briefings`, undefined, connection, signal).then(
      ({ status }) => status === 200,
      () => false,
    );
    return resolves;
  };
  return {
    name: base,
    capabilities: { citations: true, status: true, retrieval, confidence: false },
    observe: async (request, stop) => {
      const began = performance.now();
      const reply = await requestJson(`${base}/v1/ask`, request, connection, stop);
      const milliseconds = performance.now() - began;
      if (reply.status !== 200) throw pilcrowError('model_unavailable', `The target answered with ${errorText(reply.status, reply.body)}.`);
      const answer = readAnswer(reply.body, request.question);
      const { edition, briefings } = request;
      const query = {
        query: answer.question.standalone,
        limit: PASSAGES_MEASURED,
        ...(edition ? { edition } : {}),
        ...(briefings ? { briefings } : {}),
      };
      const found = retrieval ? await requestJson(`${base}/v1/search`, query, connection, stop) : null;
      const passages = found?.status === 200 ? ((found.body as { passages?: NearestPassage[] }).passages ?? null) : null;
      return {
        answer,
        passages,
        confidence: null,
        validity: await validityProblems(answer, (await canResolve()) ? lookUp : undefined),
        milliseconds,
      };
    },
  };
}

const STATUSES = new Set(['answered', 'partial', 'not_found', 'older_edition_only', 'talk']);

/** A reply as an Answer, what it leaves out filled in. Throws `model_unavailable` when it is none. */
function readAnswer(body: unknown, question: string): Answer {
  const reply = (body ?? {}) as Partial<Answer>;
  const list = (value: unknown) => Array.isArray(value);
  const wrong =
    !STATUSES.has(reply.status as string) || typeof reply.answer !== 'string' || !list(reply.sentences) || !list(reply.citations)
      ? 'it needs status, answer, sentences and citations'
      : !reply.sentences?.every((one) => typeof one?.text === 'string' && list(one.citations))
        ? 'a sentence needs text and citations'
        : !reply.citations?.every(
              (one) => typeof one?.number === 'number' && typeof one.text === 'string' && typeof one.briefing?.id === 'string',
            )
          ? 'a citation needs number, text and briefing'
          : null;
  if (wrong) throw pilcrowError('model_unavailable', `The reply is no answer: ${wrong}.`);
  const answer = reply as Answer;
  return {
    ...answer,
    preface: answer.preface ?? null,
    talk: answer.talk ?? null,
    suggestions: answer.suggestions ?? [],
    citations: answer.citations.map((one) => ({
      ...one,
      headings: one.headings ?? [],
      briefing: {
        ...one.briefing,
        title: one.briefing.title ?? '',
        source: one.briefing.source ?? '',
        edition: one.briefing.edition ?? { date: null, stated: false },
      },
      quote: { exact: one.quote?.exact ?? '', prefix: one.quote?.prefix ?? '', suffix: one.quote?.suffix ?? '' },
    })),
    withheld: answer.withheld ?? [],
    notes: (answer.notes ?? []).map((note) => ({ ...note, citations: note.citations ?? [] })),
    nearest: answer.nearest ?? [],
    question: answer.question ?? { asked: question, standalone: question, period: null, language: 'und' },
    mode: answer.mode ?? 'generative',
    model: answer.model ?? null,
    snapshot: answer.snapshot ?? '',
  };
}
