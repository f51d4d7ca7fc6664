import type { DeskBriefing, EvaluationState, IngestNote, MadeCases, OpinionGroup, QuestionGroup } from '../../../core/desk.ts';
import { createEventReader } from '../../../core/event-stream.ts';
import { reportedText, say } from './words.ts';

/** Where the service lives: this script is one of its files. */
export const base = new URL('..', import.meta.url).href;

/** An address of a page in the language that the address of this one names. */
export function deskAddress(address: string): string {
  const language = new URL(location.href).searchParams.get('lang');
  const url = new URL(address);
  if (language !== null) url.searchParams.set('lang', language);
  return url.href;
}

export interface DeskOverview {
  name: string;
  snapshot: { id: string; created: string } | null;
  briefings: DeskBriefing[];
  editionsSet: Record<string, { edition?: string; series?: string }>;
  lastIngest: IngestNote | null;
  warnings: string[];
  uploads: boolean;
  cases: string | null;
  kept: { questions: number | null; feedback: number | null };
}
export interface Progress {
  stage: 'read' | 'embed' | 'write';
  done: number;
  total: number;
  file?: string;
}

/** A refusal in the service's words. */
export class RefusedCall extends Error {
  readonly status: number;
  constructor(status: number, problem: { detail?: unknown; hint?: unknown } | null) {
    const words = [problem?.detail, problem?.hint]
      .filter((one) => typeof one === 'string')
      .map(reportedText)
      .join(' ');
    super(words || say('answeredWith', { status }));
    this.status = status;
  }
}

async function call(method: string, path: string, init: { body?: BodyInit; headers?: Record<string, string> } = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(base + path, { method, credentials: 'same-origin', cache: 'no-store', redirect: 'error', ...init });
  } catch {
    throw new Error(say('unreachable'));
  }
  if (response.status === 401) {
    // The session is over: the form for keys, and back.
    location.assign(deskAddress(`${base}desk/sign-in`));
  }
  if (!response.ok) throw new RefusedCall(response.status, await response.json().catch(() => null));
  return response;
}

const get = async <T>(path: string): Promise<T> => (await call('GET', path)).json();
const send = async <T>(method: string, path: string, body: object): Promise<T> =>
  (await call(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })).json();

/** Work whose steps are told: `onProgress` for each, resolved with what the last event says. */
async function followed<T>(
  method: string,
  path: string,
  onProgress: (progress: Progress) => void,
  init: { body?: BodyInit; headers?: Record<string, string> } = {},
): Promise<T> {
  const response = await call(method, path, { ...init, headers: { ...init.headers, accept: 'text/event-stream' } });
  if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) return response.json();
  const reader = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  let published: { reply: T } | null = null;
  const take = createEventReader((event, data) => {
    const told = JSON.parse(data);
    if (event === 'progress') onProgress(told);
    if (event === 'published') published = { reply: told };
    if (event === 'error') throw new RefusedCall(told.status, told);
  });
  for (;;) {
    const { done, value } = await reader.read();
    take(value ?? '');
    if (published !== null) return (published as { reply: T }).reply;
    if (done) throw new Error(say('broke'));
  }
}

export interface PublishedReply {
  unchanged: boolean;
  briefings: number;
  added: string[];
  changed: string[];
  removed: string[];
  problems: { file: string; message: string; hint: string }[];
}
export interface ChangeReply {
  file: string;
  action: 'added' | 'replaced' | 'unchanged' | 'removed';
  problems: { message: string; hint: string }[];
  notes: { message: string; hint: string }[];
}

export const service = {
  overview: () => get<DeskOverview>('v1/desk'),
  questions: () => get<{ kept: boolean; asked: number; groups: QuestionGroup[] }>('v1/desk/questions'),
  opinions: async () => (await get<{ groups: OpinionGroup[] }>('v1/desk/opinions')).groups,
  evaluation: () => get<EvaluationState>('v1/desk/evaluation'),
  evaluate: () => send<EvaluationState>('POST', 'v1/desk/evaluation', {}),
  settle: (keys: readonly string[], settled: boolean) => send('POST', 'v1/desk/settled', { keys, settled }),
  cases: (of: { opinions?: string[]; questions?: { question: string; rightly: boolean }[] }, keep: boolean) =>
    send<MadeCases>('POST', 'v1/desk/cases', { ...of, keep }),
  setEdition: (set: { source: string; edition?: string; series?: string }) => send('PUT', 'v1/desk/editions', set),
  ingest: (onProgress: (progress: Progress) => void) => followed<PublishedReply>('POST', 'v1/desk/ingest', onProgress),
  upload: (file: File, onProgress: (progress: Progress) => void) =>
    followed<ChangeReply>('PUT', `v1/briefings/${encodeURIComponent(file.name)}`, onProgress, {
      body: file,
      headers: { 'content-type': 'application/octet-stream' },
    }),
  remove: ({ source, sha256 }: DeskBriefing, onProgress: (progress: Progress) => void) =>
    followed<ChangeReply>('DELETE', `v1/briefings/${encodeURIComponent(source)}`, onProgress, { headers: { 'if-match': `"${sha256}"` } }),
};
