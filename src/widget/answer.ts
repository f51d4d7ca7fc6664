import { html, nothing, type TemplateResult } from 'lit';
import type { AnswerSentence, Citation, NearestPassage } from '../core/model.ts';
import type { Exchange } from './conversation.ts';
import { icons } from './icons.ts';
import type { Words } from './messages/messages.ts';
import { editionWords, headingsBelow, paragraphNumber, quoteParts, shown } from './text.ts';

/** What an answer's parts can do, and how they speak. */
export interface AnswerContext {
  words: Words;
  /** Prefix that makes ids unique in the element. */
  prefix: string;
  /** Which mark's source is open: `sentence index:number`, note indexes after sentences. */
  openMark: string | null;
  toggle(mark: string, citation: Citation): void;
  link(target: { url: string; start?: number; end?: number }): string | null;
  /** Whether links leave this tab alone. */
  newTab: boolean;
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
/** A quoted list item stands on its own line, as it does in the briefing. */
const ITEM = /^\s*[•‣▪◦●►▶–-]\s/;

/** What has come of an answer, complete or not: outcome, sentences with their marks, notes, what was left out, nearest passages. */
export function answerView(exchange: Exchange, context: AnswerContext): TemplateResult {
  const { words } = context;
  const { answer } = exchange;
  const { sentences, citations, notes, withheld } = answer ?? exchange;
  const nearest = answer?.nearest ?? [];
  const marks = (numbers: number[], place: number) => numbers.map((number) => mark(number, place, citations, context));
  const cards = (numbers: number[], place: number) => numbers.map((number) => openCard(number, place, citations, context));
  return html`<div class="answer" part="answer">
    ${answer ? status(answer.status in STATUSES ? (answer.status as keyof typeof STATUSES) : 'answered', words) : nothing}
    <div class="text" dir="auto" lang=${LANGUAGE.test(answer?.question?.language ?? '') ? answer?.question.language : nothing}>
      ${
        answer && sentences.length === 0
          ? html`<p>${shown(answer.answer)}</p>`
          : sentences.map(
              (sentence, place) =>
                html`<span class="sentence ${ITEM.test(sentence.text) ? 'item' : ''}" part="sentence">${under(sentence)}${shown(sentence.text)}${marks(sentence.citations, place)} </span>${cards(sentence.citations, place)}`,
            )
      }
    </div>
    ${notes.map(
      (note, index) =>
        html`<p class="note" part="note" dir="auto"><strong>${words.say('note')}</strong> <bdi>${shown(note.text)}</bdi>${marks(note.citations, sentences.length + index)}</p>
          ${cards(note.citations, sentences.length + index)}`,
    )}
    ${
      withheld.length > 0
        ? html`<details class="withheld">
            <summary>${words.say('withheld', { count: withheld.length })}</summary>
            <ul>${withheld.map((one) => html`<li dir="auto">${shown(one.reason)}</li>`)}</ul>
          </details>`
        : nothing
    }
    ${
      nearest.length === 0
        ? nothing
        : sentences.length === 0
          ? html`<h4>${words.say('nearest')}</h4>${passages(nearest, context)}`
          : html`<details class="others">
              <summary>${words.say('others')}</summary>
              ${passages(nearest, context)}
            </details>`
    }
  </div>`;
}

const STATUSES = { answered: '✓', partial: '◐', not_found: '∅', older_edition_only: '↶' } as const;

function status(outcome: keyof typeof STATUSES, words: Words): TemplateResult {
  return html`<p class="status" part="status" data-status=${outcome}><span aria-hidden="true">${STATUSES[outcome]}</span> ${words.say(outcome)}</p>`;
}

/** The title a quotation stands under, where it would say something else without it. */
const under = ({ under: title }: AnswerSentence) => (title ? html`<span class="under">${shown(title)}</span> ` : nothing);

/** A numbered mark after a sentence; opens the paragraph it stands for, right below. */
function mark(number: number, place: number, citations: readonly Citation[], context: AnswerContext): TemplateResult | string {
  const citation = citations.find((one) => one.number === number);
  if (!citation) return ` [${number}]`;
  const { words } = context;
  const key = `${place}:${number}`;
  const open = context.openMark === key;
  const label = words.say('source', {
    number: String(number),
    title: shown(citation.briefing.title),
    edition: editionWords(citation.briefing, words),
  });
  return html`<button
    type="button"
    class="mark"
    part="mark"
    data-mark=${key}
    aria-label=${label}
    aria-expanded=${open ? 'true' : 'false'}
    aria-controls=${open ? `${context.prefix}-source` : nothing}
    @click=${() => context.toggle(key, citation)}
  ><span>${number}</span></button>`;
}

function openCard(number: number, place: number, citations: readonly Citation[], context: AnswerContext) {
  const citation = citations.find((one) => one.number === number);
  return citation && context.openMark === `${place}:${number}` ? card(citation, context) : nothing;
}

/** The quoted paragraph, with what it is from. */
function card(citation: Citation, context: AnswerContext): TemplateResult {
  const { words } = context;
  const { briefing } = citation;
  const [before, quote, after] = quoteParts(citation);
  const close = () => context.toggle(context.openMark as string, citation);
  const title = shown(briefing.title);
  return html`<div class="card" role="group" dir=${words.direction} part="source" id="${context.prefix}-source" aria-label=${words.say('source', { number: String(citation.number), title, edition: editionWords(briefing, words) })} data-source>
    <div class="head">
      <div>
        <p class="title" dir="auto">${title}</p>
        <p class="where" dir="auto">${[editionWords(briefing, words), ...headingsBelow(citation)].map((part, index) => [index > 0 ? html` <i aria-hidden="true">›</i> ` : '', html`<bdi>${part}</bdi>`])}</p>
      </div>
      <button type="button" class="icon" aria-label=${words.say('closeSource', { number: String(citation.number) })} @click=${close}>${icons.close}</button>
    </div>
    ${briefing.newest === false ? html`<p class="older"><span class="tag">${words.say('older')}</span> ${words.say('newer')}</p>` : nothing}
    <blockquote dir="auto">${before}${quote ? html`<mark part="quote">${quote}</mark>` : nothing}${after}</blockquote>
    <p class="foot">${sourceLink(citation, context)}<span class="where">${place(citation, words)}</span></p>
  </div>`;
}

const passages = (list: readonly NearestPassage[], context: AnswerContext) =>
  html`<ol class="nearest">${list.slice(0, 5).map((passage) => nearestCard(passage, context))}</ol>`;

function nearestCard(passage: NearestPassage, context: AnswerContext): TemplateResult {
  const { words } = context;
  return html`<li>
    <p class="title" dir="auto">${shown(passage.briefing.title)}</p>
    <p class="where" dir="auto">${[editionWords(passage.briefing, words), ...headingsBelow(passage)].map((part, index) => [index > 0 ? html` <i aria-hidden="true">›</i> ` : '', html`<bdi>${part}</bdi>`])}</p>
    <blockquote dir="auto">${shown(passage.text)}</blockquote>
    <p class="foot">${sourceLink(passage, context)}<span class="where">${place(passage, words)}</span></p>
  </li>`;
}

function place({ paragraph, page }: { paragraph: string; page: number | null }, words: Words): string {
  const number = words.say('paragraph', { number: paragraphNumber(paragraph) });
  return page === null || page === undefined ? number : `${number}, ${words.say('page', { number: String(page) })}`;
}

function sourceLink(target: { url: string; start?: number; end?: number }, { words, link, newTab }: AnswerContext) {
  const href = link(target);
  if (!href) return nothing;
  return html`<a part="link" href=${href} target=${newTab ? '_blank' : nothing} rel="noopener noreferrer">${words.say('open')}${newTab ? html` <span aria-hidden="true">↗</span><span class="unseen"> ${words.say('newTab')}</span>` : nothing}</a>`;
}
