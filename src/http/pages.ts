import type { SiteConfig } from '../config.ts';
import { type Html, html } from '../core/html.ts';
import { translated } from '../core/text/reports.ts';
import { assetRoutes } from './assets.ts';
import { briefingOf } from './briefings.ts';
import { goneMarks, goneRecords, removedMain } from './gone.ts';
import { byNewestEdition, homeMain } from './home.ts';
import { languagesPlace } from './languages.ts';
import type { ProblemDetails } from './problem.ts';
import { prose } from './reference-fields.ts';
import { page } from './reply.ts';
import type { HttpService, Route } from './routes.ts';
import { firstQuestions, PLAIN_SITE } from './site.ts';
import { PRINTED, sourceMain } from './source.ts';
import { serviceTexts } from './words/service/index.ts';
import { type PageWords, wordsFor, wordsIn } from './words/words.ts';

/** The home page, the page of a briefing, the page for frames, and their files. */
export function pageRoutes(service: HttpService): Route[] {
  const { pilcrow, limits, framers, originals, site } = service;
  return [
    {
      method: 'GET',
      path: '/',
      needs: 'read',
      handle: async (call) => {
        const reader = await pilcrow.index().catch(() => null);
        const briefings = (await reader?.briefings()) ?? [];
        const words = wordsFor(call);
        const main = homeMain({
          briefings,
          suggestions: reader ? await firstQuestions(service) : [],
          limits,
          site,
          question: (call.req.query('q') ?? '').trim().slice(0, limits.questionCharacters),
          edition: call.req.query('edition') ?? 'latest',
          about: call.req.query('about') ?? '',
          find: (call.req.query('find') ?? '').slice(0, 200),
          words,
        });
        return page(call, layout(words.say('ask'), main, WIDGET, site, words));
      },
    },
    {
      method: 'GET',
      path: '/embed',
      needs: 'nothing',
      handle: (call) => {
        const token = call.req.query('token');
        return page(
          call,
          embedPage((name) => call.req.query(name)),
          200,
          {},
          framers(token),
        );
      },
    },
    {
      method: 'GET',
      path: '/briefings/:id',
      needs: 'read',
      handle: async (call) => {
        const reader = await pilcrow.index();
        const named = call.req.param('id') ?? '';
        const gone = await goneRecords(reader, named);
        if (gone.length > 0 && !(await reader.briefing(named))) {
          const words = wordsFor(call);
          return page(call, layout(words.say('removed'), removedMain(gone, named, words), null, site, words), 410);
        }
        const briefing = await briefingOf(call, reader);
        const [paragraphs, briefings] = await Promise.all([reader.paragraphsOf(briefing.id), reader.briefings()]);
        const editions = byNewestEdition(briefings.filter((other) => other.series === briefing.series));
        const match = /^(\d{1,9})-(\d{1,9})$/.exec(call.req.query('quote') ?? '');
        const quote = match ? { start: Number(match[1]), end: Number(match[2]) } : null;
        // The newest edition switches to the one before it, an older one to the newest.
        const beside = editions.find((one) => one.id !== briefing.id && (briefing.newest || one.newest));
        const other = beside ? { briefing: beside, counterparts: await pilcrow.editions.counterparts(briefing.id, beside.id) } : null;
        const original = originals && {
          url: `/v1/briefings/${encodeURIComponent(briefing.id)}/original`,
          name: briefing.source.slice(briefing.source.lastIndexOf('/') + 1),
          pages: /\.pdf$/i.test(briefing.source),
        };
        const words = wordsFor(call);
        const main = sourceMain({
          briefing,
          paragraphs,
          editions,
          quote,
          other,
          gone: goneMarks(gone, briefing.id, words),
          original,
          words,
        });
        if (!original?.pages) return page(call, layout(briefing.title, main, null, site, words));
        return page(call, layout(briefing.title, main, PRINTED, site, words), 200, {}, "'none'", 'pilcrow-pdf');
      },
    },
    ...assetRoutes(),
  ];
}

const WIDGET = html`<script src="/widget.js" defer></script>`;
/** What a frame may set, and what it looks like. */
const EMBED: Record<string, RegExp> = {
  token: /^site_[0-9a-f]{32}$/,
  lang: /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i,
  theme: /^(?:auto|light|dark)$/,
  edition: /^(?:latest|all|\d{4}(?:-\d\d){0,2})$/,
  briefings: /^[\w.~, %-]{1,1000}$/,
  heading: /^[^\0]{1,100}$/,
  placeholder: /^[^\0]{1,100}$/,
  suggestions: /^[^\0]{1,1000}$/,
};

/** The widget alone, to be shown in a frame of another site. */
function embedPage(query: (name: string) => string | undefined): string {
  const given = Object.entries(EMBED).flatMap(([name, form]) => {
    const value = query(name);
    return value !== undefined && form.test(value) ? [{ name, value }] : [];
  });
  const lang = given.find((one) => one.name === 'lang')?.value ?? 'en';
  const theme = given.find((one) => one.name === 'theme')?.value;
  const ask = wordsIn(lang.toLowerCase().split(/[-_]/)[0] as string).say('ask');
  const main = html`<main id="main" class="embed"${theme && html` data-theme="${theme}"`}><h1 class="unseen">${ask}</h1><pilcrow-chat id="embed" mode="inline" ${given.map(({ name, value }) => html`${name}="${value}" `)}></pilcrow-chat></main>`;
  return frame(ask, html`<body class="embedded">${main}</body>`, WIDGET, lang);
}

/** What the service says of a problem, in the language of the page where that is known. */
function reported(sentence: string, { language }: PageWords): Html {
  const own = translated(sentence, serviceTexts[language] ?? {});
  return own === null ? html`<p lang="en" dir="ltr">${prose(sentence)}</p>` : html`<p>${prose(own)}</p>`;
}

/** A page that says what went wrong. */
export function problemPage(problem: ProblemDetails, words: PageWords): string {
  const title = words.say(problem.status === 404 ? 'missing' : problem.status === 503 ? 'notReady' : 'failed');
  return layout(
    title,
    html`<main id="main" class="message">
      <h1>${title}</h1>
      ${reported(problem.detail, words)}
      ${problem.status === 404 ? null : problem.hint && reported(problem.hint, words)}
      <p><a class="button" href="/">${words.say('ask')}</a></p>
    </main>`,
    null,
    PLAIN_SITE,
    words,
  );
}

/** A page: the bar, `main`, and what more the head needs. */
export function layout(
  title: string,
  main: Html,
  more: Html | null = null,
  { name, logo }: Pick<SiteConfig, 'name' | 'logo'> = PLAIN_SITE,
  words: PageWords = wordsIn('en'),
): string {
  return frame(
    title,
    html`<body>
    <header class="bar"><a class="skip" href="#main">${words.say('skip')}</a><a href="/" class="brand">${logo === null ? html`<span aria-hidden="true">¶</span>` : html`<img src="/logo" alt="" height="28">`} ${name}</a><!--account--></header>
    ${main}
    <footer class="languages"><nav aria-label="${words.say('languages')}">${languagesPlace(words.language)}</nav></footer>
  </body>`,
    more,
    words.language,
    name,
  );
}

function frame(title: string, body: Html, more: Html | null, language: string, name = PLAIN_SITE.name): string {
  return html`<!doctype html>
<html lang="${language}"${language.split('-')[0] === 'ar' && html` dir="rtl"`}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · ${name}</title>
    <link rel="stylesheet" href="/assets/style.css">
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    ${more}
  </head>
  ${body}
</html>
`.markup;
}
