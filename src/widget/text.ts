import type { Answer, Citation, CitedBriefing } from '../core/model.ts';
import type { Words } from './messages/messages.ts';

/**
 * Characters that show nothing but change what is seen or smuggle something along: control characters, bidirectional
 * embeddings, overrides and isolates, zero-width space, word joiner, invisible operators, byte order mark, interlinear
 * annotation, tags. Joiners, LRM and RLM stay: Persian, Indic scripts and emoji need them.
 */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Text as it may be shown. */
export const shown = (text: string): string => text.replace(UNSEEN, '');

/** The paragraph of a citation in three parts: before the quote, the quote, after it. Without the quote: all before. */
export function quoteParts({ text, quote }: Pick<Citation, 'text' | 'quote'>): [before: string, quote: string, after: string] {
  if (quote.exact === '') return [shown(text), '', ''];
  const around = text.indexOf(quote.prefix + quote.exact + quote.suffix);
  const at = around >= 0 ? around + quote.prefix.length : text.indexOf(quote.exact);
  if (at < 0) return [shown(text), '', ''];
  return [shown(text.slice(0, at)), shown(quote.exact), shown(text.slice(at + quote.exact.length))];
}

/** "July 2026 edition, date inferred" */
export function editionWords({ edition }: Pick<CitedBriefing, 'edition'>, words: Words): string {
  if (!edition.date) return words.say('undated');
  const name = words.say('edition', { date: shown(words.date(String(edition.date))) });
  return edition.stated ? name : `${name} (${words.say('inferred')})`;
}

export const paragraphNumber = (id: string): string => /#p(\d+)$/.exec(id)?.[1] ?? '?';

/** The headings above a paragraph that say more than the title does. */
export const headingsBelow = ({ briefing, headings }: { briefing: CitedBriefing; headings: string[] }): string[] =>
  headings.filter((heading) => heading !== briefing.title).map(shown);

/**
 * An address from a reply as a link: only of the service itself or of a host the page allows, only http and https.
 * With the quote, so that the page of the briefing lights it, and with a language to show it in. Null when it may not be one.
 */
export function linkTo(
  { url, start, end }: { url: string; start?: number; end?: number },
  endpoint: string,
  hosts: readonly string[],
  language: string | null = null,
): string | null {
  let target: URL;
  try {
    target = new URL(url, `${endpoint}/`);
  } catch {
    return null;
  }
  if ((target.protocol !== 'https:' && target.protocol !== 'http:') || target.username !== '' || target.password !== '') return null;
  const own = target.origin === new URL(endpoint).origin;
  if (!own && !hosts.includes(target.host)) return null;
  if (own && start !== undefined && end !== undefined) target.searchParams.set('quote', `${Number(start)}-${Number(end)}`);
  if (own && language) target.searchParams.set('lang', language);
  return target.href;
}

/** Where a source stands, in words: title, edition, headings, paragraph. */
export const placeOf = (citation: Citation, words: Words): string =>
  [
    shown(citation.briefing.title),
    editionWords(citation.briefing, words),
    ...headingsBelow(citation),
    words.say('paragraph', { number: paragraphNumber(citation.paragraph) }),
  ].join(', ');

/** An answer as plain text with footnotes: what someone pastes into a memo. */
export function withFootnotes(question: string, answer: Answer, words: Words, link: (citation: Citation) => string | null): string {
  const marks = (numbers: number[]) => numbers.map((number) => ` [${number}]`).join('');
  const lines = [shown(question), '', shown(answer.answer)];
  for (const note of answer.notes) lines.push('', `${words.say('note')}: ${shown(note.text)}${marks(note.citations)}`);
  if (answer.citations.length > 0) lines.push('');
  for (const citation of answer.citations) {
    const address = link(citation);
    lines.push(`[${citation.number}] ${placeOf(citation, words)}: “${shown(citation.quote.exact)}”${address ? ` ${address}` : ''}`);
  }
  return lines.join('\n');
}

/** A finished answer as it is read aloud: outcome, whole sentences without their marks, notes, what was left out, how many sources. */
export function spoken(answer: Answer, words: Words): string {
  const { status, sentences, notes, withheld, citations } = answer;
  const parts = isStatus(status) && answer.outcome !== 'closest' ? [`${words.say(status)}.`] : [];
  if (answer.preface) parts.push(shown(answer.preface));
  if (sentences.length === 0) parts.push(shown(answer.answer));
  for (const { text } of sentences) parts.push(shown(text));
  for (const { text } of notes) parts.push(`${words.say('note')}: ${shown(text)}`);
  if (withheld.length > 0) parts.push(`${words.say('withheld', { count: withheld.length })}.`);
  if (citations.length > 0) parts.push(`${words.say('sources', { count: citations.length })}.`);
  return parts.join(' ');
}

const STATUSES = ['answered', 'partial', 'not_found', 'older_edition_only'] as const satisfies Answer['status'][];
/** Whether words say what became of a question; talk of the service itself is no outcome. */
const isStatus = (status: string): status is (typeof STATUSES)[number] => (STATUSES as readonly string[]).includes(status);
