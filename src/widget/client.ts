import { createEventReader } from '../core/event-stream.ts';
import type { Answer, AskEvent, AskRequest } from '../core/model.ts';
import { encode } from './json.ts';

/** Why there is no answer. `invalid` comes with the server's own words. */
export type FailureKind = 'offline' | 'busy' | 'unready' | 'server' | 'cut' | 'refused' | 'invalid';
export interface Failure {
  kind: FailureKind;
  /** Seconds to wait, where the server said so. */
  seconds: number | null;
  detail: string | null;
}

/** Where questions go. */
export interface AskedService {
  /** Without a trailing slash. */
  endpoint: string;
  token: string | null;
}

/** The service sends a comment every 15 s; three missed ones mean that nobody is there any more. */
const SILENCE_MILLISECONDS = 45_000;

/**
 * Asks and tells what happens while the answer is made; resolves to the answer. Rejects with a Failure, or with null when
 * the signal aborts.
 */
export async function ask(
  service: AskedService,
  request: AskRequest,
  onEvent: (event: AskEvent) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const silence = new AbortController();
  const both = AbortSignal.any([signal, silence.signal]);
  let timer = 0;
  const alive = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => silence.abort(), SILENCE_MILLISECONDS);
  };
  let response: Response | null = null;
  try {
    alive();
    response = await post(service, '/v1/ask', { ...request }, 'text/event-stream', both);
    if (!response.ok || !response.body) throw await refusal(response);
    let answer: Answer | null = null;
    const read = createEventReader((name, data) => {
      const value = JSON.parse(data);
      if (name === 'error') throw failure(value.status === 503 ? 'unready' : 'server');
      if (name === 'answer') answer = checked(value);
      else onEvent({ type: name, ...value } as AskEvent);
    });
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      alive();
      read(decoder.decode(value, { stream: true }));
      if (answer) {
        reader.cancel().catch(() => {});
        return answer;
      }
    }
    throw failure('cut');
  } catch (error) {
    if (signal.aborted) throw null;
    if (isFailure(error)) throw error;
    if (error instanceof SyntaxError) throw failure('server');
    // A sandboxed frame has no origin that could be allowed.
    throw failure(response?.ok ? 'cut' : self.origin === 'null' ? 'refused' : 'offline');
  } finally {
    clearTimeout(timer);
  }
}

export interface Opinion {
  id: string;
  verdict: 'up' | 'down';
  comment: string | null;
  question: string;
  answer: Answer;
}

/** Sends what a reader thinks of an answer. Rejects when it did not arrive. */
export async function sendFeedback(service: AskedService, { id, verdict, comment, question, answer }: Opinion): Promise<void> {
  const { status, snapshot, mode } = answer;
  const citations = answer.citations.map(({ paragraph, briefing, quote }) => ({
    paragraph,
    edition: briefing.edition.date,
    quote: quote.exact.slice(0, 2000),
  }));
  const body = { id, verdict, comment, question, answer: answer.answer, status, mode, snapshot, citations };
  const response = await post(service, '/v1/feedback', body, 'application/json', AbortSignal.timeout(15_000));
  if (!response.ok) throw new Error(String(response.status));
}

/** For how many days the service keeps questions; null: it does not; undefined: it could not be reached. */
export const daysKept = (endpoint: string): Promise<number | null | undefined> =>
  fetch(`${endpoint}/v1/privacy`, { referrerPolicy: 'no-referrer' })
    .then((response) => response.json())
    .then(
      ({ questions }) => questions?.days ?? null,
      () => undefined,
    );

function post(service: AskedService, path: string, body: Record<string, unknown>, accept: string, signal: AbortSignal): Promise<Response> {
  return fetch(service.endpoint + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...(service.token ? { 'pilcrow-token': service.token } : {}) },
    body: encode(body as Parameters<typeof encode>[0]),
    // Cookies go along only where the service is the page's own, which may sit behind a sign-in.
    credentials: 'same-origin',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    redirect: 'error',
    signal,
  });
}

const failure = (kind: FailureKind, seconds: number | null = null, detail: string | null = null): Failure => ({ kind, seconds, detail });
const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'kind' in value && 'seconds' in value;

async function refusal(response: Response): Promise<Failure> {
  const { status } = response;
  const problem = await response.json().catch(() => null);
  const wait = Number(response.headers.get('retry-after'));
  const seconds = Number.isInteger(wait) && wait > 0 && wait <= 3600 ? wait : null;
  if (status === 429) return failure('busy', seconds);
  if (status === 503) return failure('unready', seconds);
  if (status === 401 || status === 403) return failure('refused');
  if (status >= 400 && status < 500) return failure('invalid', null, typeof problem?.detail === 'string' ? problem.detail : null);
  return failure('server');
}

/** An answer from outside, if it has the shape of one. Throws a Failure. */
export function checked(value: unknown): Answer {
  const answer = value as Answer;
  const lists = [answer?.sentences, answer?.citations, answer?.notes, answer?.withheld, answer?.nearest];
  const sound =
    lists.every(Array.isArray) &&
    typeof answer.answer === 'string' &&
    typeof answer.status === 'string' &&
    answer.citations.every((one) => typeof one?.text === 'string' && typeof one.quote?.exact === 'string' && soundPlace(one)) &&
    answer.nearest.every((one) => typeof one?.text === 'string' && soundPlace(one)) &&
    [...answer.sentences, ...answer.notes].every((one) => typeof one?.text === 'string' && Array.isArray(one.citations)) &&
    answer.withheld.every((one) => typeof one?.reason === 'string');
  if (!sound) throw failure('server');
  // An older service knows none of these.
  const { talk } = answer;
  const items = Array.isArray(talk?.items) ? talk.items.filter((one) => typeof one?.text === 'string') : [];
  return {
    ...answer,
    preface: typeof answer.preface === 'string' ? answer.preface : null,
    talk: typeof talk?.text === 'string' ? { ...talk, items } : null,
    suggestions: texts(answer.suggestions),
  };
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** What a service says of itself; see `GET /v1/site`. */
export interface Site {
  introduction: string | null;
  contact: string | null;
  suggestions: string[];
  /** Whether browsers may keep what was asked in them. */
  history: boolean;
  series: { id: string; title: string; briefings: string[] }[];
}

/** What the service says of itself; null where it does not, or cannot be reached: then the page goes without. */
export async function siteOf({ endpoint, token }: AskedService): Promise<Site | null> {
  try {
    const response = await fetch(`${endpoint}/v1/site`, {
      headers: token ? { 'pilcrow-token': token } : {},
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: AbortSignal.timeout(15_000),
    });
    const site = response.ok ? await response.json() : null;
    if (!site) return null;
    const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
    const series = Array.isArray(site.series) ? (site.series as Partial<Site['series'][number]>[]) : [];
    return {
      introduction: text(site.introduction),
      contact: text(site.contact),
      suggestions: texts(site.suggestions),
      history: site.history === true,
      series: series.flatMap((one) =>
        typeof one?.id === 'string' && typeof one.title === 'string'
          ? [{ id: one.id, title: one.title, briefings: texts(one.briefings) }]
          : [],
      ),
    };
  } catch {
    return null;
  }
}

const soundPlace = (one: Answer['nearest'][number] | Answer['citations'][number]): boolean =>
  typeof one.paragraph === 'string' &&
  typeof one.briefing?.title === 'string' &&
  typeof one.briefing.edition === 'object' &&
  one.briefing.edition !== null &&
  Array.isArray(one.headings);
