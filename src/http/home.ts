import type { Limits, SiteConfig } from '../config.ts';
import { type Html, html } from '../core/html.ts';
import type { Briefing } from '../core/model.ts';
import type { PageWords } from './words/words.ts';

/** Most series the home page lists; `GET /v1/briefings` has them all. */
const SERIES_LISTED = 200;
/** From how many on the list can be narrowed. */
const NARROWED_FROM = 12;
const MAGNIFIER = html`<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"><circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 4.5 4.5"/></svg>`;

export interface HomeOptions {
  briefings: Briefing[];
  suggestions: readonly string[];
  limits: Limits;
  site: SiteConfig;
  /** A question a link brought, and the edition it is for. */
  question: string;
  edition: string;
  /** Id of the series it is about. */
  about: string;
  /** Words the list of briefings is narrowed by. */
  find: string;
  words: PageWords;
}

/** The home page: a box to ask in, questions to begin with, how answers are checked, and the briefings with their editions. */
export function homeMain({ briefings, suggestions, limits, site, question, edition, about, find, words }: HomeOptions): Html {
  const dates = [...new Set(briefings.map((briefing) => briefing.edition.date).filter((date) => date !== null))].sort().reverse();
  const all = groups(briefings, words.language);
  const wanted = fold(find);
  const series = all.filter((editions) =>
    wanted.every((word) =>
      editions.some((one) =>
        fold(`${one.title} ${one.publisher ?? ''} ${one.source}`)
          .join(' ')
          .includes(word),
      ),
    ),
  );
  return html`<main id="main" class="home">
    <div class="hero">
      <h1>${words.say('ask')}</h1>
      <p class="lead" dir="auto">${site.introduction ?? words.say('lead')}</p>
      <pilcrow-chat
        id="home"
        mode="inline"
        addressed
        lang="${words.language}"
        max-length="${limits.questionCharacters}"
        edition="${dates.includes(edition) || edition === 'all' ? edition : 'latest'}"
        ${briefings.length > 1 && dates.length > 1 && html`editions="${dates.slice(0, 20).join(' ')}"`}
        suggestions="${suggestions.join('|')}"
        ${briefings.some(({ series: id }) => id === about) && html`about="${about}"`}
        ${question && html`question="${question}"`}
      ><span slot="welcome"></span></pilcrow-chat>
      <noscript><p class="notice">${words.say('noScript')}</p></noscript>
    </div>
    <section class="shelf" aria-labelledby="shelf">
      <h2 id="shelf">${words.say('briefings')}</h2>
      ${
        all.length > NARROWED_FROM &&
        html`<form class="narrow" method="get" action="/#shelf" role="search"><label for="find">${words.say('narrow')}</label><input id="find" name="find" type="search" value="${find}"><button type="submit" class="button quiet" aria-label="${words.say('narrow')}">${MAGNIFIER}</button></form>`
      }
      ${
        briefings.length === 0
          ? html`<p class="notice">${words.say('none')} <code>pilcrow ingest</code></p>`
          : html`${series.length === 0 && html`<p class="notice" role="status">${words.say('noneFound')} <a href="/#shelf">${words.say('all')}</a></p>`}
          ${
            series.length > 0 &&
            html`<ul${all.length > NARROWED_FROM && html` class="long"`}>
            ${series.slice(0, SERIES_LISTED).map((editions) => shelved(editions, words))}
          </ul>`
          }
          ${series.length > SERIES_LISTED && html`<p class="notice">${words.say('more', { count: series.length - SERIES_LISTED })}</p>`}`
      }
    </section>
    <section class="checked" aria-labelledby="checked">
      <h2 id="checked">${words.say('checked')}</h2>
      <ol>
        ${(['quoted', 'compared', 'dated', 'declined'] as const).map((step) => html`<li><h3>${words.say(step)}</h3><p>${words.say(`${step}How`)}</p></li>`)}
      </ol>
      <p class="facts"><span>${words.say('programs')}: <a href="/reference">${words.say('reference')}</a></span></p>
    </section>
  </main>`;
}

function shelved(editions: Briefing[], words: PageWords): Html {
  const [newest, ...older] = editions as [Briefing, ...Briefing[]];
  return html`<li>
    <a class="title" href="/briefings/${encodeURIComponent(newest.id)}" lang="${newest.language}" dir="auto">${newest.title}</a>
    <p class="facts">
      <span>${editionWords(newest, words)}</span>
      <span>${words.paragraphs(newest.paragraphs)}</span>
      ${newest.publisher && html`<span dir="auto">${newest.publisher}</span>`}
    </p>
    ${
      older.length > 0 &&
      html`<p class="facts older">
        <span>${words.say('earlier')}: ${older.map((one, index) => html`${index > 0 && ', '}<a href="/briefings/${encodeURIComponent(one.id)}">${one.edition.date ? words.date(one.edition.date) : words.say('undated')}</a>`)}</span>
        <span><a href="/series/${encodeURIComponent(newest.series)}/changes">${words.say('changed')}</a></span>
      </p>`
    }
  </li>`;
}

/** An edition in words, with how its date is known. */
function editionWords({ edition }: Pick<Briefing, 'edition'>, words: PageWords): string {
  if (!edition.date) return words.say('undated');
  const named = words.say('edition', { date: words.date(edition.date) });
  return edition.stated ? named : `${named}, ${words.say('inferred')}`;
}

const fold = (text: string): string[] => text.normalize('NFKC').toLowerCase().split(/\s+/, 50).filter(Boolean);

export const byNewestEdition = (briefings: Briefing[]): Briefing[] =>
  [...briefings].sort((a, b) =>
    (b.edition.date ?? '') < (a.edition.date ?? '') ? -1 : (b.edition.date ?? '') > (a.edition.date ?? '') ? 1 : 0,
  );

/** Briefings by series, newest edition first. */
function groups(briefings: Briefing[], language: string): Briefing[][] {
  const bySeries = new Map<string, Briefing[]>();
  for (const briefing of byNewestEdition(briefings)) bySeries.set(briefing.series, [...(bySeries.get(briefing.series) ?? []), briefing]);
  return [...bySeries.values()].sort((a, b) => (a[0]?.title ?? '').localeCompare(b[0]?.title ?? '', language));
}
