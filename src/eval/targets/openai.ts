import { pilcrowError } from '../../core/errors.ts';
import type { Answer } from '../../core/model.ts';
import { sliceCodePoints } from '../../core/text/codepoints.ts';
import { sentences } from '../../core/text/sentences.ts';
import { plain } from '../match.ts';
import type { Target } from '../observation.ts';
import { errorText, requestJson, type TargetConnection } from './http.ts';

export interface ChatTargetOptions extends TargetConnection {
  model: string;
  /** Sent before the question, e.g. to tell a bare model how to decline. */
  system?: string;
  /** Wordings that mean the service declined; default DECLINES. */
  declines?: readonly string[];
}

/** How services say that they do not know, as one finds it in prompts and refusals; compared as `plain` text. */
const DECLINES: readonly string[] = [
  'do not answer this',
  'no passage answers this',
  'does not answer this',
  "don't know",
  'do not know',
  "don't have information",
  "don't have enough information",
  'do not have information',
  'do not have enough information',
  'not enough information',
  'no information',
  'cannot answer',
  "can't answer",
  'unable to answer',
  'cannot find',
  "can't find",
  "couldn't find",
  'could not find',
  'not in the briefings',
  'not mentioned in',
  'is not mentioned',
  'not provided in',
  'does not contain',
  'do not contain',
  "doesn't contain",
  'does not mention',
  'do not mention',
  'does not specify',
  'do not specify',
];
/** A refusal says so at once; further on, such words belong to an answer. Sentences looked at. */
const DECLINES_WITHIN = 2;

/** Where chat completions are for a base address. */
export function completionsUrl(address: string): string {
  const base = address.replace(/\/+$/, '');
  if (base.endsWith('/chat/completions')) return base;
  return base.endsWith('/v1') ? `${base}/chat/completions` : `${base}/v1/chat/completions`;
}

/** One completion, temperature 0. Rejects as `requestJson` does, and with `model_unavailable` for a reply without content. */
export async function complete(
  url: string,
  model: string,
  messages: { role: string; content: string }[],
  connection: TargetConnection,
  signal: AbortSignal,
): Promise<string> {
  const { status, body } = await requestJson(url, { model, messages, temperature: 0, stream: false }, connection, signal);
  if (status !== 200) throw pilcrowError('model_unavailable', `The target answered with ${errorText(status, body)}.`);
  const content = (body as { choices?: { message?: { content?: unknown } }[] } | null)?.choices?.[0]?.message?.content;
  if (typeof content !== 'string') throw pilcrowError('model_unavailable', 'The reply has no choices[0].message.content.');
  return content;
}

/**
 * Any service that speaks OpenAI chat completions. Its replies have no paragraphs, so what needs citations is not measured;
 * what it states, what it must not state, declining, length and time are.
 */
export function chatTarget(address: string, { model, system, declines = DECLINES, ...connection }: ChatTargetOptions): Target {
  const url = completionsUrl(address);
  const wordings = declines.map(plain);
  return {
    name: `${url} (${model})`,
    capabilities: { citations: false, status: false, retrieval: false, confidence: false },
    observe: async ({ question, history = [] }, signal) => {
      const messages = [...(system ? [{ role: 'system', content: system }] : []), ...history, { role: 'user', content: question }];
      const began = performance.now();
      const text = await complete(url, model, messages, connection, signal);
      return {
        answer: chatAnswer(text, question, model, wordings),
        passages: null,
        confidence: null,
        validity: [],
        milliseconds: performance.now() - began,
      };
    },
  };
}

/** Heads of a list of sources at the end of a reply, in the languages services use. */
const SOURCES =
  /^[\s#*_]*(?:sources|references|citations|nearest passages|passages les plus proches|fuentes|pasajes más cercanos|来源|最接近的段落|المصادر|أقرب الفقرات)\s?[:：]?[\s*_]*$/iu;
const SOURCE = /^\s*(?:[-*•]|\[?\^?\d{1,3}[\].):]).*https?:\/\//u;

/** Titles and dates in a list of sources are not what a reply states. */
function withoutSources(text: string): string {
  const lines = text.split('\n');
  let end = lines.length;
  while (end > 0 && (lines[end - 1]?.trim() === '' || SOURCE.test(lines[end - 1] as string))) end--;
  return end > 0 && end < lines.length && SOURCES.test(lines[end - 1] as string) ? lines.slice(0, end - 1).join('\n') : text;
}

/** A chat reply as an Answer: sentences without their marks, `not_found` when one of the first two says it declines. */
export function chatAnswer(text: string, question: string, model: string, declines: readonly string[] = DECLINES.map(plain)): Answer {
  // A mark between two sentences would hide where one ends; and `sentences` wants bounded paragraphs.
  const list = withoutSources(text)
    .replace(/[ \t]*\[\d{1,4}\]/g, '')
    .split(/\n+/)
    .flatMap((paragraph) => sentences(paragraph).map((span) => sliceCodePoints(paragraph, span.start, span.end)))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
  const head = plain(list.slice(0, DECLINES_WITHIN).join(' '));
  const declined = list.length === 0 || declines.some((wording) => head.includes(wording));
  return {
    status: declined ? 'not_found' : 'answered',
    outcome: declined ? 'declined' : 'answer',
    confidence: declined ? 0 : 1,
    answer: text,
    preface: null,
    talk: null,
    suggestions: [],
    sentences: declined
      ? []
      : list.map((sentence) => ({ text: sentence, citations: [], verdict: 'checked' as const, highlight: null, under: null })),
    withheld: [],
    citations: [],
    notes: [],
    nearest: [],
    question: { asked: question, standalone: question, period: null, language: 'und' },
    mode: 'generative',
    model,
    snapshot: '',
  };
}
