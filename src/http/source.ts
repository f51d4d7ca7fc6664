import { type Html, html } from '../core/html.ts';
import type { Briefing, Paragraph, Span } from '../core/model.ts';
import { sliceCodePoints } from '../core/text/codepoints.ts';
import { type PrintedTexts, printedTexts } from './words/printed.ts';
import { type PageWords, wordsIn } from './words/words.ts';

/** Another edition, and the number of each paragraph's counterpart in it. */
export interface OtherEdition {
  briefing: Briefing;
  counterparts: Map<number, number>;
}

/** The file a briefing was read from, which readers may have. */
export interface OriginalFile {
  url: string;
  name: string;
  /** Whether its pages can be shown: of a PDF. */
  pages: boolean;
}

/** What the page of a briefing whose original can be shown needs: it is loaded only there. */
export const PRINTED = html`<script type="module" src="/assets/printed.js"></script>`;

/**
 * A briefing to read: where it stands among its editions, its contents, and every paragraph with a permanent link.
 * `quote` (code points of the normalised text) is marked. `editions` are those of its series, newest first; `gone` says what
 * became of numbers it no longer has.
 */
export function sourceMain({
  briefing,
  paragraphs,
  editions,
  quote,
  other = null,
  gone = null,
  original = null,
  words = wordsIn('en'),
}: {
  briefing: Briefing;
  paragraphs: Paragraph[];
  editions: Briefing[];
  quote: Span | null;
  other?: OtherEdition | null;
  gone?: Html | null;
  original?: OriginalFile | null;
  words?: PageWords;
}): Html {
  const shown: Shown = { quote, other, words, place: (paragraph) => original?.pages === true && placeOf(paragraph) };
  const [first] = paragraphs;
  // A briefing whose first paragraph is its own title shows it once, with its number.
  const titled =
    first !== undefined && first.kind === 'heading' && first.headings.length === 0 && first.text.trim() === briefing.title.trim();
  const body = titled ? paragraphs.slice(1) : paragraphs;
  // Readers differ in whether that title counts as a heading of what follows.
  const depth = titled && body.some((paragraph) => paragraph.headings[0] === first.text) ? 1 : 0;
  const headings = body.filter((paragraph) => paragraph.kind === 'heading');
  const newest = editions.find((other) => other.newest);
  const printed = original?.pages === true;
  const onPaper = (printedTexts[words.language] ?? printedTexts.en) as PrintedTexts;
  return html`<main id="main" class="source${printed && ' with-page'}">
    ${
      headings.length > 1 &&
      html`<nav class="contents" aria-label="${words.say('contents')}">
        <details>
          <summary>${words.say('contents')}</summary>
          <ol>
            ${headings.map((heading) => html`<li class="depth-${level(heading, depth) - 2}"><a href="#p${heading.number}" dir="auto">${heading.text}</a></li>`)}
          </ol>
        </details>
      </nav>`
    }
    ${
      original &&
      printed &&
      html`<aside class="printed" aria-label="${onPaper.region}" data-words="${JSON.stringify(onPaper)}">
        <p class="file"><a href="${original.url}" download="${original.name}">${onPaper.download}</a></p>
      </aside>`
    }
    <article lang="${briefing.language}" dir="${RIGHT_TO_LEFT.has(briefing.language) ? 'rtl' : 'ltr'}">
      <header>
        ${titled && first ? html`<h1 id="p${first.number}"${printed && placeOf(first)} dir="auto">${number(first, words)}${marked(first, quote)}</h1>` : html`<h1 dir="auto">${briefing.title}</h1>`}
        <dl lang="${words.language}" dir="${words.direction}">
          <div><dt>${words.say('editionLabel')}</dt><dd>${editionOf(briefing, words)}</dd></div>
          ${
            editions.length > 1 &&
            html`<div><dt>${words.say('others')}</dt><dd>${editions
              .filter((other) => other.id !== briefing.id)
              .map(
                (other, index) =>
                  html`${index > 0 && ', '}<a href="/briefings/${encodeURIComponent(other.id)}">${dateOf(other, words)}</a>`,
              )}</dd></div>`
          }
          ${editions.length > 1 && html`<div><dt>${words.say('history')}</dt><dd><a href="/series/${encodeURIComponent(briefing.series)}/changes${other && `?from=${encodeURIComponent(other.briefing.id)}&to=${encodeURIComponent(briefing.id)}`}">${words.say('changed')}</a></dd></div>`}
          ${briefing.publisher && html`<div><dt>${words.say('publisher')}</dt><dd>${briefing.publisher}</dd></div>`}
          <div><dt>${words.say('file')}</dt><dd dir="ltr">${original && !printed ? html`<a href="${original.url}" download="${original.name}">${briefing.source}</a>` : briefing.source}</dd></div>
          <div class="ask"><dt class="unseen">${words.say('ask')}</dt><dd><a href="/?about=${encodeURIComponent(briefing.series)}">${words.say('askThis')}</a></dd></div>
        </dl>
        ${
          !briefing.newest &&
          newest &&
          html`<p class="notice" lang="${words.language}" dir="${words.direction}">${words.say('notNewest')}: <a href="/briefings/${encodeURIComponent(newest.id)}">${words.say('readNewest', { date: dateOf(newest, words) })}</a>.</p>`
        }
      </header>
      ${blocks(body, depth, shown)}
      ${gone}
    </article>
  </main>`;
}

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

/** What every paragraph is shown with. */
interface Shown {
  quote: Span | null;
  other: OtherEdition | null;
  words: PageWords;
  place(paragraph: Paragraph): Html | false;
}

const dateOf = ({ edition }: Briefing, words: PageWords) => (edition.date ? words.date(edition.date) : words.say('undated'));
const editionOf = (briefing: Briefing, words: PageWords) => {
  const { date, stated, source } = briefing.edition;
  const known = date === null || stated ? '' : ` (${words.say(source === 'file-name' ? 'inferredName' : 'inferred')})`;
  return `${dateOf(briefing, words)}${known}`;
};
const level = (heading: Paragraph, depth: number) => Math.min(6, Math.max(2, heading.headings.length + 2 - depth));
const number = ({ number: own }: Paragraph, words: PageWords) =>
  html`<a class="number" href="#p${own}" lang="${words.language}" aria-label="${words.say('paragraphLink', { number: own })}">${own}</a>`;

/** A link to the same paragraph in the other edition, where there is one. */
function switchTo(paragraph: Paragraph, { other, words }: Shown): Html | null {
  const there = other?.counterparts.get(paragraph.number);
  if (!other || there === undefined) return null;
  const edition = dateOf(other.briefing, words);
  return html` <a class="switch" lang="${words.language}" href="/briefings/${encodeURIComponent(other.briefing.id)}#p${there}" aria-label="${words.say('sameThere', { date: edition })}">⇄ ${edition}</a>`;
}

/** Paragraphs in order, neighbouring list items in one list, with a rule where a new page begins. */
function blocks(paragraphs: Paragraph[], depth: number, shown: Shown): Html[] {
  const { quote, words, place } = shown;
  const out: Html[] = [];
  let items: Html[] = [];
  let rows: Paragraph[] = [];
  let page: number | null = paragraphs[0]?.page ?? null;
  const endList = (): void => {
    if (items.length > 0) out.push(html`<ul>${items}</ul>`);
    items = [];
    if (rows.length > 0) out.push(table(rows, shown));
    rows = [];
  };
  for (const paragraph of paragraphs) {
    if (paragraph.page !== null && paragraph.page !== page) {
      endList();
      page = paragraph.page;
      out.push(html`<p class="page-break" lang="${words.language}" dir="${words.direction}">${words.say('page', { number: page })}</p>`);
    }
    if (paragraph.cells && paragraph.table !== undefined) {
      if (items.length > 0 || (rows[0] && rows[0].table !== paragraph.table)) endList();
      rows.push(paragraph);
      continue;
    }
    if (rows.length > 0) endList();
    const inner = html`${number(paragraph, words)}${marked(paragraph, quote)}${switchTo(paragraph, shown)}`;
    if (paragraph.kind === 'item') {
      const drawn = /^\s*(?:[•‣▪◦●►▶–—*-]|\(?[\p{L}\p{N}]{1,3}[.)])\s/u.test(paragraph.text);
      const mark = paragraph.marker && html`<span class="marker">${paragraph.marker} </span>`;
      const styles = [drawn || paragraph.marker ? 'drawn' : '', paragraph.depth ? `inner-${Math.min(paragraph.depth, 4)}` : '']
        .filter(Boolean)
        .join(' ');
      items.push(
        html`<li id="p${paragraph.number}"${place(paragraph)} dir="auto"${styles !== '' && html` class="${styles}"`}>${mark}${inner}</li>`,
      );
      continue;
    }
    endList();
    if (paragraph.kind === 'heading') out.push(heading(level(paragraph, depth), paragraph, inner, place(paragraph)));
    else if (paragraph.kind === 'quotation')
      out.push(html`<blockquote id="p${paragraph.number}"${place(paragraph)} dir="auto"><p>${inner}</p></blockquote>`);
    else if (paragraph.role === 'code') out.push(html`<pre id="p${paragraph.number}"${place(paragraph)} dir="ltr">${inner}</pre>`);
    else
      out.push(
        html`<p id="p${paragraph.number}"${place(paragraph)} dir="auto"${paragraph.kind === 'contact' && html` class="contact"`}>${inner}</p>`,
      );
  }
  endList();
  return out;
}

/** The rows of one table with the names of its columns once; cells of a row without a name come last. */
function table(rows: readonly Paragraph[], shown: Shown): Html {
  const { quote, words, place } = shown;
  const names: string[] = [];
  for (const { cells } of rows) for (const { name } of cells ?? []) if (name !== '' && !names.includes(name)) names.push(name);
  const columns = Math.max(names.length, ...rows.map(({ cells }) => cells?.length ?? 0));
  return html`<div class="table"><table>
    ${names.length > 0 && html`<thead><tr>${names.map((name) => html`<th scope="col" dir="auto">${name}</th>`)}</tr></thead>`}
    <tbody>${rows.map((row) => {
      const cells = placed(row, names);
      return html`<tr id="p${row.number}"${place(row)}>${Array.from({ length: columns }, (_, at) => {
        const inner = (cells[at] ?? []).map((cell, index) => html`${index > 0 && ', '}${markedCell(row, cell, quote)}`);
        return html`<td dir="auto">${at === 0 && number(row, words)}${inner}${at === columns - 1 && switchTo(row, shown)}</td>`;
      })}</tr>`;
    })}</tbody>
  </table></div>`;
}

type Cell = NonNullable<Paragraph['cells']>[number];

/** The cells of a row by column: those of a name under it, the others after the last one that is taken. */
function placed(row: Paragraph, names: readonly string[]): Cell[][] {
  const places: Cell[][] = [];
  let next = 0;
  for (const cell of row.cells ?? []) {
    const named = cell.name === '' ? -1 : names.indexOf(cell.name);
    const at = named >= 0 ? named : next;
    places[at] = [...(places[at] ?? []), cell];
    next = Math.max(next, at + 1);
  }
  return places;
}

/** The text of a cell, marked where the quote covers any of it. */
function markedCell(row: Paragraph, { start, end }: Cell, quote: Span | null): Html {
  const text = sliceCodePoints(row.text, start, end);
  const covered = quote !== null && quote.start < row.start + end && quote.end > row.start + start;
  return covered ? html`<mark>${text}</mark>` : html`${text}`;
}

function heading(rank: number, paragraph: Paragraph, inner: Html, place: Html | false): Html {
  const id = `p${paragraph.number}`;
  if (rank === 2) return html`<h2 id="${id}"${place} dir="auto">${inner}</h2>`;
  if (rank === 3) return html`<h3 id="${id}"${place} dir="auto">${inner}</h3>`;
  if (rank === 4) return html`<h4 id="${id}"${place} dir="auto">${inner}</h4>`;
  return html`<h5 id="${id}"${place} dir="auto">${inner}</h5>`;
}

/** Where a paragraph stands in the printed document, for the script that shows it; shares of the page in ten thousandths. */
function placeOf({ page, box }: Paragraph): Html | false {
  const short = (share: number) => String(Math.round(share * 10_000) / 10_000);
  return page !== null && html` data-page="${page}"${box && html` data-box="${box.map(short).join(' ')}"`}`;
}

/** The text of a paragraph with the part the quote covers in a mark. */
function marked(paragraph: Paragraph, quote: Span | null): Html {
  if (!quote || quote.end <= paragraph.start || quote.start >= paragraph.end || quote.end <= quote.start) return html`${paragraph.text}`;
  const start = Math.max(0, quote.start - paragraph.start);
  const end = Math.min(paragraph.end, quote.end) - paragraph.start;
  return html`${sliceCodePoints(paragraph.text, 0, start)}<mark>${sliceCodePoints(paragraph.text, start, end)}</mark>${sliceCodePoints(paragraph.text, end)}`;
}
