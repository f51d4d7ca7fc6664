import type { Briefing, Paragraph, Span } from '../core/model.ts';
import { sliceCodePoints } from '../core/text/codepoints.ts';
import { spellDate } from '../core/time/dates.ts';
import { type Html, html } from './html.ts';

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
export function sourceMain(
  briefing: Briefing,
  paragraphs: Paragraph[],
  editions: Briefing[],
  quote: Span | null,
  other: OtherEdition | null = null,
  gone: Html | null = null,
  original: OriginalFile | null = null,
): Html {
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
  return html`<main id="main" class="source${printed && ' with-page'}">
    ${
      headings.length > 1 &&
      html`<nav class="contents" aria-label="Contents">
        <details>
          <summary>Contents</summary>
          <ol>
            ${headings.map((heading) => html`<li class="depth-${level(heading, depth) - 2}"><a href="#p${heading.number}" dir="auto">${heading.text}</a></li>`)}
          </ol>
        </details>
      </nav>`
    }
    ${
      original &&
      printed &&
      html`<aside class="printed" lang="en" aria-label="The document as printed">
        <p class="file"><a href="${original.url}" download="${original.name}">Download PDF</a></p>
      </aside>`
    }
    <article lang="${briefing.language}">
      <header>
        ${titled && first ? html`<h1 id="p${first.number}"${printed && placeOf(first)} dir="auto">${number(first)}${marked(first, quote)}</h1>` : html`<h1 dir="auto">${briefing.title}</h1>`}
        <dl lang="en">
          <div><dt>Edition</dt><dd>${editionOf(briefing)}</dd></div>
          ${
            editions.length > 1 &&
            html`<div><dt>Other editions</dt><dd>${editions
              .filter((other) => other.id !== briefing.id)
              .map(
                (other, index) => html`${index > 0 && ', '}<a href="/briefings/${encodeURIComponent(other.id)}">${dateOf(other)}</a>`,
              )}</dd></div>`
          }
          ${editions.length > 1 && html`<div><dt>History</dt><dd><a href="/series/${encodeURIComponent(briefing.series)}/changes${other && `?from=${encodeURIComponent(other.briefing.id)}&to=${encodeURIComponent(briefing.id)}`}">What changed</a></dd></div>`}
          ${briefing.publisher && html`<div><dt>Publisher</dt><dd>${briefing.publisher}</dd></div>`}
          <div><dt>File</dt><dd>${original && !printed ? html`<a href="${original.url}" download="${original.name}">${briefing.source}</a>` : briefing.source}</dd></div>
        </dl>
        ${
          !briefing.newest &&
          newest &&
          html`<p class="notice" lang="en">This is not the newest edition: <a href="/briefings/${encodeURIComponent(newest.id)}">read the ${dateOf(newest)} edition</a>.</p>`
        }
      </header>
      ${blocks(body, depth, quote, other, printed)}
      ${gone}
    </article>
  </main>`;
}

const dateOf = (briefing: Briefing) => (briefing.edition.date ? spellDate(briefing.edition.date) : 'undated');
const editionOf = (briefing: Briefing) =>
  `${dateOf(briefing)}${briefing.edition.date && !briefing.edition.stated ? ` (inferred from the ${briefing.edition.source === 'file-name' ? 'file name' : 'text'})` : ''}`;
const level = (heading: Paragraph, depth: number) => Math.min(6, Math.max(2, heading.headings.length + 2 - depth));
const number = (paragraph: Paragraph) =>
  html`<a class="number" href="#p${paragraph.number}" aria-label="Link to paragraph ${paragraph.number}">${paragraph.number}</a>`;

/** A link to the same paragraph in the other edition, where there is one. */
function switchTo(paragraph: Paragraph, other: OtherEdition | null): Html | null {
  const there = other?.counterparts.get(paragraph.number);
  if (!other || there === undefined) return null;
  const edition = dateOf(other.briefing);
  return html` <a class="switch" lang="en" href="/briefings/${encodeURIComponent(other.briefing.id)}#p${there}" aria-label="This paragraph in the ${edition} edition">⇄ ${edition}</a>`;
}

/** Paragraphs in order, neighbouring list items in one list, with a rule where a new page begins. */
function blocks(paragraphs: Paragraph[], depth: number, quote: Span | null, other: OtherEdition | null, printed: boolean): Html[] {
  const place = (paragraph: Paragraph) => printed && placeOf(paragraph);
  const out: Html[] = [];
  let items: Html[] = [];
  let rows: Paragraph[] = [];
  let page: number | null = paragraphs[0]?.page ?? null;
  const endList = (): void => {
    if (items.length > 0) out.push(html`<ul>${items}</ul>`);
    items = [];
    if (rows.length > 0) out.push(table(rows, quote, other, place));
    rows = [];
  };
  for (const paragraph of paragraphs) {
    if (paragraph.page !== null && paragraph.page !== page) {
      endList();
      page = paragraph.page;
      out.push(html`<p class="page-break" lang="en">Page ${page}</p>`);
    }
    if (paragraph.cells && paragraph.table !== undefined) {
      if (items.length > 0 || (rows[0] && rows[0].table !== paragraph.table)) endList();
      rows.push(paragraph);
      continue;
    }
    if (rows.length > 0) endList();
    const inner = html`${number(paragraph)}${marked(paragraph, quote)}${switchTo(paragraph, other)}`;
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
function table(
  rows: readonly Paragraph[],
  quote: Span | null,
  other: OtherEdition | null,
  place: (paragraph: Paragraph) => Html | false,
): Html {
  const names: string[] = [];
  for (const { cells } of rows) for (const { name } of cells ?? []) if (name !== '' && !names.includes(name)) names.push(name);
  const columns = Math.max(names.length, ...rows.map(({ cells }) => cells?.length ?? 0));
  return html`<div class="table"><table>
    ${names.length > 0 && html`<thead><tr>${names.map((name) => html`<th scope="col" dir="auto">${name}</th>`)}</tr></thead>`}
    <tbody>${rows.map((row) => {
      const cells = placed(row, names);
      return html`<tr id="p${row.number}"${place(row)}>${Array.from({ length: columns }, (_, at) => {
        const inner = (cells[at] ?? []).map((cell, index) => html`${index > 0 && ', '}${markedCell(row, cell, quote)}`);
        return html`<td dir="auto">${at === 0 && number(row)}${inner}${at === columns - 1 && switchTo(row, other)}</td>`;
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
