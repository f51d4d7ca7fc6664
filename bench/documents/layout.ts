import type { Browser } from 'playwright-core';
import type { Paragraph } from '../../src/core/model.ts';
import { docx, list, p, r } from '../../tests/fixtures/documents/make.ts';

/** A paragraph to be set, with the note it bears. */
export interface Setting {
  kind: Paragraph['kind'];
  text: string;
  level: number;
  depth: number;
  note: { number: number; text: string } | null;
}

/** A document that was set: its bytes and the page on which each paragraph begins; null where the format has no pages. */
export interface SetDocument {
  bytes: Uint8Array;
  pages: number[] | null;
}

const HEADS = ['Bulletin of the harbour office', 'Number 14, third year'];
export const TABLE = [
  ['Quarter', 'Boats', 'Tons'],
  ['Spring', '12', '340'],
  ['Summer', '19', '512'],
  ['Autumn', '15', '401'],
];
/** Every how many paragraphs of running text one bears a note; after which paragraph the table stands. */
const NOTE_EVERY = 6;
const TABLE_AFTER = 20;

const NOTES = [
  'See the printed register of the office',
  'Kept by the keeper of the quay',
  'The pilots tell it otherwise',
  'Copied from the log of the lightship',
];
/** What a note at its mark looks like. */
export const NOTE = new RegExp(` \\((?:${NOTES.join('|')}), sheet \\d+\\.\\)`, 'g');

/** The paragraphs of a text as they are to be set. The notes, the table and the heads are no words of it. */
export function settingOf(paragraphs: readonly Paragraph[], withNotes = true): Setting[] {
  let bodies = 0;
  let notes = 0;
  return paragraphs.map(({ kind, text, level = 0, depth = 0 }) => {
    const bears = withNotes && kind === 'body' && text.length > 120 && ++bodies % NOTE_EVERY === 0;
    const note = bears ? { number: ++notes, text: `${NOTES[notes % NOTES.length]}, sheet ${notes * 7}.` } : null;
    return { kind, text, level, depth, note };
  });
}

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] as string);
const broken = (text: string) => escaped(text).replace(/\n/g, '<br>');
const tableHtml = `<table>${TABLE.map((row, at) => `<tr>${row.map((cell) => (at === 0 ? `<th>${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`).join('')}</table>`;

/** A web page with navigation around the text, lists, a table, and its notes at the end. */
export function asHtml(title: string, settings: readonly Setting[], withTable = true): SetDocument {
  const parts: string[] = [];
  let open = 0;
  const close = (to: number) => {
    for (; open > to; open--) parts.push('</ul>');
  };
  for (const [at, { kind, text, level, depth, note }] of settings.entries()) {
    const mark = note ? `<sup><a href="#fn${note.number}" id="ref${note.number}">${note.number}</a></sup>` : '';
    if (kind === 'item') {
      for (; open < depth + 1; open++) parts.push('<ul>');
      close(depth + 1);
      parts.push(`<li>${broken(text)}${mark}</li>`);
    } else {
      close(0);
      const tag = kind === 'heading' ? `h${Math.min(4, level + 1)}` : kind === 'quotation' ? 'blockquote' : 'p';
      parts.push(`<${tag}>${broken(text)}${mark}</${tag}>`);
    }
    if (withTable && at === TABLE_AFTER) {
      close(0);
      parts.push(tableHtml);
    }
  }
  close(0);
  const notes = settings.flatMap(({ note }) =>
    note ? `<li id="fn${note.number}">${note.text} <a href="#ref${note.number}">↩</a></li>` : [],
  );
  const page = `<!doctype html><html lang="en"><head><title>${escaped(title)}</title><style>p{margin:1em}</style></head><body><header>${HEADS[0]}</header><nav><ul><li><a href="/">Home</a></li></ul></nav><main>${parts.join('\n')}<section class="footnotes"><ol>${notes.join('')}</ol></section></main><footer>${HEADS[1]}</footer></body></html>`;
  return { bytes: Buffer.from(page), pages: null };
}

/** How many paragraphs a page of the Word file holds. */
const DOCX_PAGE = 15;

/** A Word file with styles, lists, footnotes, a table, heads, and the page breaks that Word notes. */
export function asDocx(settings: readonly Setting[], withTable = true): SetDocument {
  const pages = settings.map((_, at) => 1 + Math.floor(at / DOCX_PAGE));
  const cell = (text: string) => `<w:tc>${p(text)}</w:tc>`;
  const table = `<w:tbl>${TABLE.map((row, at) => `<w:tr>${at === 0 ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
  const body = settings.map(({ kind, text, level, depth, note }, at) => {
    const turn = at > 0 && pages[at] !== pages[at - 1] ? '<w:r><w:lastRenderedPageBreak/></w:r>' : '';
    const words = text
      .split('\n')
      .map((line) => r(escaped(line)))
      .join('<w:r><w:br/></w:r>');
    const mark = note ? `<w:r><w:footnoteReference w:id="${note.number + 1}"/></w:r>` : '';
    const style =
      kind === 'heading'
        ? { properties: `<w:outlineLvl w:val="${Math.max(0, level - 1)}"/>` }
        : kind === 'item'
          ? { properties: list(1, depth) }
          : {};
    // The first heading is the title.
    const paragraph = p(`${turn}${words}${mark}` || '<w:r/>', kind === 'heading' && level <= 1 ? { style: 'H1' } : style);
    return withTable && at === TABLE_AFTER ? paragraph + table : paragraph;
  });
  const footnotes = settings.flatMap(({ note }) => (note ? `<w:footnote w:id="${note.number + 1}">${p(note.text)}</w:footnote>` : []));
  return { bytes: docx(body.join(''), { footnotes: footnotes.join('') }), pages };
}

const STYLE = `
@page { size: A4; margin: 0 }
* { box-sizing: border-box } body { margin: 0; font: 10pt/1.35 serif; hyphens: auto; overflow-wrap: anywhere }
.page { width: 210mm; height: 297mm; padding: 0 18mm; break-after: page; overflow: hidden }
.head { height: 22mm; padding-top: 10mm; font-size: 8pt; display: flex; justify-content: space-between }
.foot { height: 18mm; padding-top: 6mm; font-size: 8pt; text-align: center }
.text { columns: 2; column-gap: 8mm; column-fill: auto; text-align: justify }
.text > * { margin: 0 0 2mm } h1, h2, h3, h4 { text-align: left } h1 { font-size: 17pt } h2 { font-size: 13pt } h3, h4 { font-size: 11.5pt }
.li { padding-left: 5mm; position: relative } .li::before { content: "•"; position: absolute; left: 1mm }
.li.cut::before { content: none } sup { font-size: 65%; line-height: 0; vertical-align: super }
.notes { font-size: 7.5pt; border-top: .5pt solid } .notes:empty { border: 0 } .notes p { margin: 1mm 0 }
th, td { padding: 0 6mm 0 0; text-align: left } blockquote { margin-left: 6mm }`;

/**
 * A PDF of A4 pages in two justified columns with running heads, page numbers, notes at the foot of the page, and a table; paragraphs are
 * cut where a page is full. The pages are filled one after the other in the browser, which therefore knows where each paragraph begins.
 */
export async function asPdf(browser: Browser, settings: readonly Setting[], withTable = true): Promise<SetDocument> {
  const tab = await browser.newPage();
  try {
    await tab.setContent(`<!doctype html><html lang="en"><meta charset="utf-8"><style>${STYLE}</style><body></body></html>`);
    await tab.emulateMedia({ media: 'print' });
    // The loader of TypeScript wraps functions in a helper that the page does not have.
    await tab.evaluate('globalThis.__name = (made) => made');
    const given = {
      settings: settings.map((one) => ({ ...one, html: broken(one.text) })),
      heads: HEADS,
      table: tableHtml,
      after: withTable ? TABLE_AFTER : -1,
    };
    const pages = await tab.evaluate(fillPages, given);
    const bytes = await tab.pdf({ preferCSSPageSize: true, printBackground: false });
    return { bytes, pages };
  } finally {
    await tab.close();
  }
}

/** Runs in the browser. */
function fillPages(given: { settings: (Setting & { html: string })[]; heads: string[]; table: string; after: number }): number[] {
  const starts: number[] = [];
  let count = 0;
  let page!: HTMLElement;
  let text!: HTMLElement;
  let notes!: HTMLElement;
  const make = (tag: string, name: string, html: string) => {
    const element = document.createElement(tag);
    element.className = name;
    element.innerHTML = html;
    return element;
  };
  const size = () => {
    text.style.height = `${page.clientHeight - 151 - notes.offsetHeight}px`;
  };
  const open = () => {
    count++;
    page = make('section', 'page', '');
    const head = make('div', 'head', `<span>${given.heads[count % 2]}</span><span>${given.heads[(count + 1) % 2]}</span>`);
    text = make('div', 'text', '');
    notes = make('div', 'notes', '');
    page.append(head, text, notes, make('div', 'foot', String(count)));
    document.body.append(page);
    size();
  };
  const full = () => text.scrollWidth > text.clientWidth + 1;
  const put = (element: HTMLElement, note: Setting['note'], plain: string | null, first: (page: number) => void) => {
    text.append(element);
    const noted = note ? make('p', '', `<sup>${note.number}</sup> ${note.text}`) : null;
    if (noted) notes.append(noted);
    size();
    if (!full()) return first(count);
    noted?.remove();
    size();
    const words = (plain ?? '').split(' ');
    const rest = element.cloneNode(true) as HTMLElement;
    let [low, high] = [0, plain === null ? 0 : Math.max(0, words.length - 4)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      element.textContent = words.slice(0, middle).join(' ');
      if (full()) high = middle - 1;
      else low = middle;
    }
    if (low < 4) {
      element.remove();
      open();
      text.append(rest);
    } else {
      element.textContent = words.slice(0, low).join(' ');
      first(count);
      open();
      rest.textContent = words.slice(low).join(' ');
      if (note) rest.append(make('sup', '', String(note.number)));
      rest.className += ' cut';
      text.append(rest);
    }
    if (noted) notes.append(noted);
    size();
    if (low < 4) first(count);
  };
  open();
  for (const [at, { kind, html, text: plain, level, note }] of given.settings.entries()) {
    const tag = kind === 'heading' ? `h${Math.min(4, level + 1)}` : kind === 'quotation' ? 'blockquote' : kind === 'item' ? 'div' : 'p';
    const element = make(tag, kind === 'item' ? 'li' : '', note ? `${html}<sup>${note.number}</sup>` : html);
    put(element, note, (kind === 'body' || kind === 'item') && !html.includes('<') ? plain : null, (number) => starts.push(number));
    if (at === given.after) put(make('table', '', given.table.replace(/<\/?table>/g, '')), null, null, () => {});
  }
  return starts;
}
