import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { drawn, type Visit, visit } from './browser.ts';
import { pageOf, serve, servePage } from './serve.ts';

const QUESTION = 'How many harbours does the coast have?';
let served: Awaited<ReturnType<typeof serve>>;
let host: Awaited<ReturnType<typeof servePage>>;
let browser: Visit;
let body = '';
const files: Record<string, string> = {};
beforeAll(async () => {
  served = await serve({}, { feedback: { add: async () => {}, list: async () => [] } });
  host = await servePage(() => body, {}, files);
  browser = await visit([host.url, served.url]);
  browser.context.setDefaultTimeout(25_000);
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  await served?.server.close(0);
});
beforeEach(async () => {
  body = pageOf('');
  await browser.page.goto(host.url);
  await browser.page.evaluate(() => {
    sessionStorage.clear();
    localStorage.clear();
  });
  browser.complaints.length = 0;
});
const page = () => browser.page;
const chat = () => page().locator('pilcrow-chat');

/** A page whose script is made by a bundler, with the package as its users import it. */
async function bundled(source: string, platform: 'browser' | 'node' = 'browser'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-bundle-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    for (const name of ['react', 'react-dom', 'scheduler', 'vue', '@vue'])
      symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
    symlinkSync(resolve('.'), join(folder, 'node_modules', 'pilcrow'));
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: folder, loader: 'jsx' },
      bundle: true,
      write: false,
      platform,
      format: platform === 'browser' ? 'iife' : 'esm',
      jsx: 'automatic',
      preserveSymlinks: true,
      define: {
        'process.env.NODE_ENV': '"production"',
        __VUE_OPTIONS_API__: 'true',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
    });
    return outputFiles[0]?.text ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
async function open(source: string) {
  files['/app.js'] = await bundled(source);
  body = pageOf('<div id="app"></div><script src="/app.js"></script>');
  await page().goto(host.url);
}
const ask = async () => {
  await chat().locator('#field').fill(QUESTION);
  await page().keyboard.press('Enter');
  await chat().locator('.exchange .tools').last().waitFor();
};
const suggestions = () => chat().locator('.questions .suggestion').allTextContents();

describe('properties take what attributes take, lists and text', () => {
  test('under React 19, where events are heard as well', async () => {
    await open(`
      import { useState } from 'react';
      import { createRoot } from 'react-dom/client';
      import 'pilcrow/widget';
      const App = () => {
        const [list, set] = useState('One?|Two?');
        const [heard, hear] = useState('');
        return <>
          <pilcrow-chat endpoint="${served.url}" mode="inline" lang="en" suggestions={list} editions="2019 2026-03" maxLength="500"
            onpilcrow-answer={(event) => hear(event.detail.answer.status)} />
          <button onClick={() => set(['Three?'])}>Other questions</button><output>{heard}</output>
        </>;
      };
      createRoot(document.getElementById('app')).render(<App />);`);
    await chat().locator('.suggestion').first().waitFor();
    expect(await suggestions()).toEqual(['One?', 'Two?']);
    expect(await chat().locator('#edition option').count()).toBe(4);
    await page().getByRole('button', { name: 'Other questions' }).click();
    await expect.poll(suggestions).toEqual(['Three?']);
    await ask();
    expect(await page().locator('output').textContent()).toBe('answered');
    expect(browser.complaints).toEqual([]);
  });

  test('under Vue 3', async () => {
    await open(`
      import { createApp, h, ref } from 'vue';
      import 'pilcrow/widget';
      const list = ref('One?|Two?');
      const heard = ref('');
      createApp({
        render: () => [
          h('pilcrow-chat', { endpoint: '${served.url}', mode: 'inline', lang: 'en', suggestions: list.value, briefings: 'harbours', 'max-length': '500',
            'onPilcrow-answer': (event) => { heard.value = event.detail.answer.status; } }),
          h('button', { onClick: () => { list.value = ['Three?']; } }, 'Other questions'),
          h('output', heard.value),
        ],
      }).mount('#app');`);
    await chat().locator('.suggestion').first().waitFor();
    expect(await suggestions()).toEqual(['One?', 'Two?']);
    await page().getByRole('button', { name: 'Other questions' }).click();
    await expect.poll(suggestions).toEqual(['Three?']);
    await ask();
    expect(await page().locator('output').textContent()).toBe('answered');
    expect(browser.complaints).toEqual([]);
  });
});

test('imported on a server it does no harm, and a page is rendered there', async () => {
  const source = `
    import { renderToString } from 'react-dom/server';
    import 'pilcrow/widget';
    export const markup = renderToString(<pilcrow-chat endpoint="https://ask.example.org" suggestions="One?|Two?" />);`;
  const text = await bundled(source, 'node');
  // What the bundle asks of Node comes by require, as bundles for Node do.
  const prefix = "import { createRequire } from 'node:module'; const require = createRequire('file:///');";
  const { markup } = await import(`data:text/javascript,${encodeURIComponent(prefix + text)}`);
  expect(markup).toBe('<pilcrow-chat endpoint="https://ask.example.org" suggestions="One?|Two?"></pilcrow-chat>');
});

describe('a page that swaps its body keeps the launcher and its conversation', () => {
  const script = () => `<script src="${served.url}/widget.js" data-heading="Help" data-lang="en"></script>`;
  const swaps: Record<string, () => void> = {
    'the body replaced (Turbo, Astro)': () => {
      const fresh = document.createElement('body');
      fresh.append(document.createElement('h1'));
      document.documentElement.replaceChild(fresh, document.body);
    },
    'the body emptied (htmx)': () => document.body.replaceChildren(document.createElement('h1')),
  };
  test.each(Object.keys(swaps))('%s', async (name) => {
    body = pageOf('', script());
    await page().goto(host.url);
    await page().locator('pilcrow-chat .launcher').click();
    await ask();
    await page().evaluate(swaps[name] as () => void);
    await expect.poll(() => chat().count()).toBe(1);
    expect(await chat().locator('.exchange').count()).toBe(1);
    expect(await chat().locator('#field').isVisible()).toBe(true);
    await ask();
    expect(await chat().locator('.exchange').count()).toBe(2);
    expect(browser.complaints).toEqual([]);
  });

  test('with the script tag in the body, run again by the page, there is one', async () => {
    body = pageOf(script());
    await page().goto(host.url);
    await page().locator('pilcrow-chat .launcher').waitFor();
    await page().evaluate((source) => {
      const fresh = document.createElement('body');
      const tag = document.createElement('script');
      tag.src = source;
      tag.dataset.lang = 'en';
      fresh.append(tag);
      document.documentElement.replaceChild(fresh, document.body);
    }, `${served.url}/widget.js`);
    await page().waitForFunction(() => document.querySelector('pilcrow-chat') !== null);
    await drawn(page());
    expect(await chat().count()).toBe(1);
  });

  test('Turbo itself: links followed, gone back, the launcher and its conversation stay', async () => {
    files['/turbo.js'] = readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js', 'utf8');
    body = pageOf('<a id="next" href="/next">Next</a>', `<script src="/turbo.js"></script>${script()}`);
    await page().goto(host.url);
    await page().locator('pilcrow-chat .launcher').click();
    await ask();
    const loaded = await page().evaluate(() => performance.timeOrigin);
    for (const go of [() => page().locator('#next').click(), () => page().goBack(), () => page().goForward()]) {
      const visited = page().evaluate(() => new Promise((done) => addEventListener('turbo:render', done, { once: true })).then(() => true));
      await go();
      await visited;
      await expect.poll(() => chat().count()).toBe(1);
    }
    expect(page().url()).toBe(`${host.url}/next`);
    // The page was never loaded anew: Turbo swapped it.
    expect(await page().evaluate(() => performance.timeOrigin)).toBe(loaded);
    if (!(await chat().locator('#field').isVisible())) await chat().locator('.launcher').click();
    expect(await chat().locator('.exchange').count()).toBe(1);
    await ask();
    expect(await chat().locator('.exchange').count()).toBe(2);
    expect(browser.complaints).toEqual([]);
  });

  test('taken away by its own method it stays away', async () => {
    body = pageOf('', script());
    await page().goto(host.url);
    await page().locator('pilcrow-chat .launcher').waitFor();
    await page().evaluate(() => document.querySelector('pilcrow-chat')?.remove());
    await drawn(page());
    expect(await chat().count()).toBe(0);
  });
});

test.each(['allow-scripts allow-forms', 'allow-scripts'])(
  'in a frame with sandbox="%s" it says that the page may not ask',
  async (sandbox) => {
    files['/inner.html'] = '';
    body = `<!doctype html><html lang="en"><title>Frame</title><body><iframe sandbox="${sandbox}" title="inner" width="800" height="700" srcdoc='<script src="${served.url}/widget.js" data-open="" data-lang="en"></script>'></iframe></body></html>`;
    await page().goto(host.url);
    const inner = page().frameLocator('iframe');
    await inner.locator('#field').fill(QUESTION);
    await inner.locator('.send').click();
    expect(await inner.locator('.failure').textContent()).toContain('not allowed to ask');
    await inner.locator('#field').fill('Where is it?');
    await inner.locator('#field').press('Enter');
    await inner.locator('.failure').nth(1).waitFor();
  },
);
