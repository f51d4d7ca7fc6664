import type { PDFDocumentLoadingTask, PDFDocumentProxy, RenderTask } from 'pdfjs-dist';
import type { PrintedTexts } from '../words/printed.ts';

// The page of a PDF as it is printed, beside its text, with the paragraph that is looked at lit. pdf.js draws it here, in the
// reader's browser; it and the file are fetched only when a page is to be seen.

type PdfJs = typeof import('pdfjs-dist');

/** Where a paragraph stands: page, and left, top, right, bottom as shares of it. */
interface Place {
  page: number;
  box: [number, number, number, number] | null;
}

const WIDE = matchMedia('(min-width: 64rem)');
/** Enlargements to choose from; 1 is the width of the panel. */
const SIZES = [1, 1.5, 2, 3];
/** Most dots of one side of a drawing: phones draw nothing above some 16 million together. */
const MOST_DOTS = 4096;

const panel = document.querySelector<HTMLElement>('.printed');
/** The page brings the texts of its language along. */
const texts = JSON.parse(panel?.dataset.words ?? '{}') as PrintedTexts;
const text = (key: keyof PrintedTexts, values: Record<string, number> = {}): string =>
  texts[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const file = panel?.querySelector<HTMLAnchorElement>('a[href]');
if (panel && file) open(panel, file);

function open(panel: HTMLElement, file: HTMLAnchorElement): void {
  const bar = make('div', 'tools');
  const show = button(text('show'));
  const back = button('‹', text('previous'));
  const on = button('›', text('next'));
  const smaller = button('−', text('smaller'));
  const larger = button('+', text('larger'));
  const close = button('×', text('close'));
  close.className = 'close';
  const where = make('p', 'where');
  where.setAttribute('role', 'status');
  const sheet = make('div', 'sheet');
  sheet.tabIndex = 0;
  sheet.setAttribute('role', 'region');
  const paper = make('div', 'paper');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  const lit = make('div', 'lit');
  paper.append(canvas, lit);
  sheet.append(paper);
  panel.prepend(show);
  panel.classList.add('ready');

  let page = 1;
  let size = 0;
  let place: Place | null = null;
  let opened: Promise<PDFDocumentProxy> | null = null;
  let drawing: RenderTask | null = null;
  let turn = 0;

  const say = (said: string, failed = false): void => {
    where.textContent = said;
    where.classList.toggle('failed', failed);
  };

  const draw = async (): Promise<void> => {
    const mine = ++turn;
    drawing?.cancel();
    try {
      if (!opened) say(text('fetching'));
      opened ??= fetchFile(file.href);
      const document_ = await opened;
      if (mine !== turn) return;
      page = Math.min(Math.max(1, page), document_.numPages);
      const sheetPage = await document_.getPage(page);
      if (mine !== turn) return;
      const plain = sheetPage.getViewport({ scale: 1 });
      const width = sheet.clientWidth * (SIZES[size] as number);
      const dots = Math.min(width * devicePixelRatio, MOST_DOTS, MOST_DOTS * (plain.width / plain.height));
      const viewport = sheetPage.getViewport({ scale: dots / plain.width });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      paper.style.width = `${width}px`;
      paper.style.aspectRatio = `${plain.width} / ${plain.height}`;
      drawing = sheetPage.render({ canvas, viewport });
      const box = place?.page === page ? place.box : null;
      lit.hidden = box === null;
      if (box) {
        const [left, top, right, bottom] = box;
        // A little air around the letters.
        lit.style.left = `${left * 100 - 0.6}%`;
        lit.style.top = `${top * 100 - 0.4}%`;
        lit.style.width = `${(right - left) * 100 + 1.2}%`;
        lit.style.height = `${(bottom - top) * 100 + 0.8}%`;
      }
      sheet.scrollTop = box ? ((box[1] + box[3]) / 2) * paper.offsetHeight - sheet.clientHeight / 2 : 0;
      if (box) sheet.scrollLeft = ((box[0] + box[2]) / 2) * paper.offsetWidth - sheet.clientWidth / 2;
      sheet.setAttribute('aria-label', text('sheet', { page }));
      canvas.setAttribute('aria-label', text('picture', { page }));
      say(text('pageOf', { page, pages: document_.numPages }));
      back.disabled = page <= 1;
      on.disabled = page >= document_.numPages;
      smaller.disabled = size === 0;
      larger.disabled = size === SIZES.length - 1;
      await drawing.promise;
      panel.dataset.drawn = String(page);
    } catch (error) {
      if (mine !== turn || (error as Error).name === 'RenderingCancelledException') return;
      opened = null;
      say(failure(error), true);
    }
  };

  /** The paragraph the address names, else the one with the quote, else the first page. */
  const look = (): void => {
    const named = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : document.querySelector('article mark');
    const found = named?.closest<HTMLElement>('[data-page]');
    if (found) {
      const box = found.dataset.box?.split(' ').map(Number) as Place['box'] | undefined;
      place = { page: Number(found.dataset.page), box: box ?? null };
      page = place.page;
    }
    if (bar.isConnected) void draw();
  };
  const begin = (): void => {
    if (bar.isConnected) return;
    show.remove();
    const numbers = make('span', 'pages');
    numbers.append(back, where, on);
    const enlarge = make('span', 'sizes');
    enlarge.append(smaller, larger, close);
    bar.replaceChildren(numbers, enlarge);
    panel.prepend(bar, sheet);
    panel.classList.add('open');
    look();
  };
  const end = (): void => {
    turn++;
    drawing?.cancel();
    bar.remove();
    sheet.remove();
    panel.classList.remove('open');
    panel.prepend(show);
    show.focus();
  };
  const go = (by: number): void => {
    page += by;
    void draw();
  };
  const resize = (by: number): void => {
    size = Math.min(Math.max(0, size + by), SIZES.length - 1);
    void draw();
  };

  show.addEventListener('click', () => {
    begin();
    sheet.focus();
  });
  close.addEventListener('click', end);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !WIDE.matches && bar.isConnected) end();
  });
  back.addEventListener('click', () => go(-1));
  on.addEventListener('click', () => go(1));
  smaller.addEventListener('click', () => resize(-1));
  larger.addEventListener('click', () => resize(1));
  addEventListener('hashchange', look);
  let before = 0;
  new ResizeObserver(() => {
    // The bar of scrolling comes and goes with what is drawn.
    if (Math.abs(sheet.clientWidth - before) < 24) return;
    const first = before === 0;
    before = sheet.clientWidth;
    if (!first && bar.isConnected) void draw();
  }).observe(sheet);
  if (WIDE.matches) begin();
  else look();
  WIDE.addEventListener('change', () => WIDE.matches && begin());
}

/** pdf.js with its worker, in which the file is parsed: it reaches no network. */
async function fetchFile(url: string): Promise<PDFDocumentProxy> {
  const pdfjs = (await import(new URL('pdf.mjs', import.meta.url).href)) as PdfJs;
  pdfjs.GlobalWorkerOptions.workerPort ??= startWorker(new URL('pdf.worker.mjs', import.meta.url).href);
  const at = (path: string) => new URL(`pdf/${path}/`, import.meta.url).href;
  const task: PDFDocumentLoadingTask = pdfjs.getDocument({
    url,
    isEvalSupported: false,
    enableXfa: false,
    useWorkerFetch: false,
    cMapUrl: at('cmaps'),
    standardFontDataUrl: at('fonts'),
    wasmUrl: at('wasm'),
    verbosity: 0,
    // Pieces are fetched as they are needed, not the whole of a handbook for one page.
    disableAutoFetch: true,
    disableStream: true,
    withCredentials: true,
  });
  return await task.promise;
}

interface TrustedPolicy {
  createScriptURL(url: string): string;
}

/** Under Trusted Types a worker is started by a policy; this one knows its one address. */
function startWorker(url: string): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy } };
  policy ??= trustedTypes?.createPolicy('pilcrow-pdf', {
    createScriptURL: (asked) => {
      if (asked === url) return asked;
      throw new TypeError('Only the worker of pdf.js is started.');
    },
  });
  return new Worker(policy?.createScriptURL(url) ?? url, { type: 'module' });
}
let policy: TrustedPolicy | undefined;

function failure(error: unknown): string {
  const { name = '', status } = error as { name?: string; status?: number };
  if (status === 404) return text('changed');
  if (status === 401 || status === 403) return text('refused');
  if (name === 'PasswordException') return text('locked');
  return text('failed');
}

function make(tag: string, name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function button(sign: string, label?: string): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = sign;
  if (label !== undefined) {
    element.setAttribute('aria-label', label);
    element.title = label;
  }
  return element;
}
