import { html, nothing, type TemplateResult } from 'lit';
import type { Answer, AnswerSentence, Citation, NearestPassage } from '../../core/model.ts';
import { BULLET, blocksOf, CHANGES, cellsOf, depthOf, numberOf, type SentenceBlock } from '../blocks.ts';
import type { Exchange } from '../conversation.ts';
import { icons } from '../icons.ts';
import type { Words } from '../messages/messages.ts';
import { editionWords, headingsBelow, paragraphNumber, placeOf, quoteParts, shown } from '../text.ts';
import type { AnswerContext } from './parts.ts';
import { type PassagePart, passageParts } from './passage.ts';

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;

/** What has come of an answer, complete or not: outcome, sentences with their marks, notes, what was left out, nearest passages. */
export function answerView(exchange: Exchange, context: AnswerContext): TemplateResult {
  const { words } = context;
  const { answer } = exchange;
  const { sentences, citations, notes, withheld } = answer ?? exchange;
  const nearest = answer?.nearest ?? [];
  const marks = (numbers: number[], place: number) => numbers.map((number) => mark(number, place, citations, context));
  const cards = (numbers: number[], place: number) => numbers.map((number) => openCard(number, place, citations, context));
  const preface = answer ? answer.preface : exchange.preface;
  // Marked words say something only beside others that are not.
  const several = sentences.some(({ text, highlight }) => !highlight || highlight.end - highlight.start < [...text].length);
  const said = (sentence: AnswerSentence, place: number, text: TemplateResult | string) =>
    html`<span class="sentence" part="sentence">${text}${marks(sentence.citations, place)} </span>${cards(sentence.citations, place)}`;
  const block = ({ kind, under, parts }: SentenceBlock) => {
    const items = parts.map((own) => own.map(({ sentence, place }) => said(sentence, place, wordsOf(sentence, several, kind === 'item'))));
    const title = under === null ? nothing : html`<p class="under" part="under">${shown(under)}</p>`;
    if (kind === 'row') {
      const rows = parts.flat();
      const names = cellsOf(rows[0]?.sentence).map(({ name }) => shown(String(name ?? '')));
      // Marks stand in the last cell, an open source in a row of its own below.
      return html`${title}<div class="table" tabindex="0" role="group" aria-label=${under ? shown(under) : words.say('table')}><table>
        ${names.some(Boolean) ? html`<tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr>` : nothing}
        ${rows.map(({ sentence, place }) => {
          const cells = cellsOf(sentence);
          const open = cards(sentence.citations, place);
          return html`<tr class="sentence" part="sentence">${cells.map((cell, at) => html`<td>${shown(String(cell.text))}${at === cells.length - 1 ? marks(sentence.citations, place) : nothing}</td>`)}</tr>${open.every((one) => one === nothing) ? nothing : html`<tr><td colspan=${cells.length}>${open}</td></tr>`}`;
        })}
      </table></div>`;
    }
    if (kind === 'text') return html`${title}<div class="run">${items}</div>`;
    const first = numberOf(parts[0]?.[0]?.sentence);
    return first === null
      ? html`${title}<ul>${parts.map((own, at) => html`<li class=${depthClass(own[0]?.sentence)}>${items[at]}</li>`)}</ul>`
      : html`${title}<ol>${parts.map((own, at) => html`<li value=${numberOf(own[0]?.sentence) ?? nothing} class=${depthClass(own[0]?.sentence)}>${items[at]}</li>`)}</ol>`;
  };
  return html`<div class="answer" part="answer">
    ${answer && answer.status in STATUSES && answer.outcome !== 'closest' ? status(answer.status as keyof typeof STATUSES, words) : nothing}
    <div class="text" dir="auto" lang=${LANGUAGE.test(answer?.question?.language ?? '') ? answer?.question.language : nothing}>
      ${preface ? html`<p class="preface" part="preface">${shown(preface)}</p>` : nothing}
      ${answer && sentences.length === 0 ? talkView(answer, context) : blocksOf(sentences).map(block)}
    </div>
    ${notes.map(
      (note, index) =>
        html`<p class="note" part="note" dir="auto"><strong><bdi>${words.say('note')}</bdi></strong> ${withLink(note.text, context)}${marks(note.citations, sentences.length + index)}</p>
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
    ${answer && citations.length > 0 ? sourcesView(answer, context) : nothing}
    ${
      nearest.length === 0
        ? nothing
        : sentences.length === 0
          ? html`<h4>${words.say('nearest')}</h4>${passages(nearest, context, true)}`
          : html`<details class="others">
              <summary>${words.say('others')}</summary>
              ${passages(nearest, context)}
            </details>`
    }
    ${answer && sentences.length === 0 && answer.status !== 'talk' ? contactView(exchange.question, context) : nothing}
  </div>`;
}

const STATUSES = { answered: '✓', partial: '◐', not_found: '∅', older_edition_only: '↶' } as const;

function status(outcome: keyof typeof STATUSES, words: Words): TemplateResult {
  return html`<p class="status" part="status" data-status=${outcome}><span aria-hidden="true">${STATUSES[outcome]}</span> ${words.say(outcome)}</p>`;
}

/** The words of a sentence, those that decide marked where others stand beside them. */
function wordsOf({ text, highlight }: AnswerSentence, several: boolean, item: boolean): TemplateResult | string {
  const bullet = item ? (BULLET.exec(text)?.[0] ?? '') : '';
  const characters = [...text];
  const start = Math.max([...bullet].length, Math.min(characters.length, Number(highlight?.start) || 0));
  const end = Math.min(characters.length, Number(highlight?.end) || 0);
  if (!highlight || end <= start || (!several && end - start >= characters.length)) return shown(text.slice(bullet.length));
  const part = (from: number, to?: number) => shown(characters.slice(from, to).join(''));
  return html`${part([...bullet].length, start)}<mark class="decides" part="decides">${part(start, end)}</mark>${part(end)}`;
}

const depthClass = (sentence: AnswerSentence | undefined) => {
  const depth = depthOf(sentence);
  return depth > 0 ? `depth${depth}` : nothing;
};

/** What the service says of itself, or that it declines. */
function talkView({ answer, talk }: Answer, { link, newTab }: AnswerContext): TemplateResult {
  if (!talk) return html`<p>${shown(answer)}</p>`;
  const item = ({ text, url }: { text: string; url: string | null }) => {
    const href = url === null ? null : link({ url });
    return html`<li dir="auto">${href ? html`<a part="link" href=${href} target=${newTab ? '_blank' : nothing} rel="noopener noreferrer">${shown(text)}</a>` : shown(text)}</li>`;
  };
  return html`<p>${shown(talk.text)}</p>${talk.items.length > 0 ? html`<ul>${talk.items.map(item)}</ul>` : nothing}`;
}

/** A note with the page of the changes as a link. */
function withLink(text: string, { words, link, newTab }: AnswerContext): TemplateResult | string {
  const found = CHANGES.exec(text);
  const url = found?.[2];
  const href = url ? link({ url }) : null;
  if (!found || !url || !href) return shown(text);
  const at = found.index + (found[1] as string).length;
  return html`${shown(text.slice(0, at))}<a part="link" href=${href} target=${newTab ? '_blank' : nothing} rel="noopener noreferrer"><bdi>${words.say('changes')}</bdi></a>${shown(text.slice(at + url.length))}`;
}

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

/** The sources written out, for paper: on a screen they open in place. */
function sourcesView({ citations }: Answer, { words, link }: AnswerContext): TemplateResult {
  return html`<div class="sources"><h4>${words.say('sourcesTitle')}</h4><ol>${citations.map(
    (citation) =>
      html`<li value=${citation.number} dir="auto">${placeOf(citation, words)}: “${shown(citation.quote.exact)}” <span dir="ltr">${link(citation)}</span></li>`,
  )}</ol></div>`;
}

/** Where else to turn, with the question filled in. */
function contactView(question: string, { words, contact }: AnswerContext): TemplateResult | typeof nothing {
  if (!contact) return nothing;
  const asked = encodeURIComponent(question.slice(0, 500));
  const href = /^https?:\/\//.test(contact)
    ? contact.replaceAll('{question}', asked)
    : `mailto:${encodeURIComponent(contact).replace('%40', '@')}?subject=${asked}`;
  return html`<p class="contact"><a part="contact" href=${href} target=${/^https?:/.test(href) ? '_blank' : nothing} rel="noopener noreferrer">${words.say('contact')}</a></p>`;
}

/** Passages; `whole`: they are read here, so that their tables are shown as such. */
const passages = (list: readonly NearestPassage[], context: AnswerContext, whole = false) =>
  html`<ol class="nearest">${list.slice(0, 5).map((passage) => nearestCard(passage, context, whole))}</ol>`;

function nearestCard(passage: NearestPassage, context: AnswerContext, whole: boolean): TemplateResult {
  const { words } = context;
  return html`<li>
    <p class="title" dir="auto">${shown(passage.briefing.title)}</p>
    <p class="where" dir="auto">${[editionWords(passage.briefing, words), ...headingsBelow(passage)].map((part, index) => [index > 0 ? html` <i aria-hidden="true">›</i> ` : '', html`<bdi>${part}</bdi>`])}</p>
    <blockquote dir="auto">${whole ? passageParts(shown(passage.text)).map((part) => passagePart(part, words)) : shown(passage.text)}</blockquote>
    <p class="foot">${sourceLink(passage, context)}<span class="where">${place(passage, words)}</span></p>
  </li>`;
}

const passagePart = (part: PassagePart, words: Words) =>
  part.kind === 'text'
    ? html`<div>${part.text}</div>`
    : html`<div class="table" tabindex="0" role="group" aria-label=${words.say('table')}><table>
        <tr>${part.names.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        ${part.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
      </table></div>`;

function place({ paragraph, page }: { paragraph: string; page: number | null }, words: Words): string {
  const number = words.say('paragraph', { number: paragraphNumber(paragraph) });
  return page === null || page === undefined ? number : `${number}, ${words.say('page', { number: String(page) })}`;
}

function sourceLink(target: { url: string; start?: number; end?: number }, { words, link, newTab }: AnswerContext) {
  const href = link(target);
  if (!href) return nothing;
  return html`<a part="link" href=${href} target=${newTab ? '_blank' : nothing} rel="noopener noreferrer">${words.say('open')}${newTab ? html` <span aria-hidden="true">↗</span><span class="unseen"> ${words.say('newTab')}</span>` : nothing}</a>`;
}
