import type { Limits, SiteConfig } from '../config.ts';
import type { Briefing } from '../core/model.ts';
import { spellDate } from '../core/time/dates.ts';
import { type Html, html } from './html.ts';

/** Most series the home page lists; `GET /v1/briefings` has them all. */
const LISTED = 200;

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
}

/** The home page: a box to ask in, questions to begin with, how answers are checked, and the briefings with their editions. */
export function homeMain({ briefings, suggestions, limits, site, question, edition, about }: HomeOptions): Html {
  const dates = [...new Set(briefings.map((briefing) => briefing.edition.date).filter((date) => date !== null))].sort().reverse();
  const series = groups(briefings);
  return html`<main id="main" class="home">
    <div class="hero">
      <h1>Ask the briefings</h1>
      <p class="lead" dir="auto">${site.introduction ?? 'You get sentences that were checked, each with the paragraph it comes from, or a plain “not in the briefings”.'}</p>
      <pilcrow-chat
        id="home"
        mode="inline"
        addressed
        lang="en"
        max-length="${limits.questionCharacters}"
        edition="${dates.includes(edition) || edition === 'all' ? edition : 'latest'}"
        ${briefings.length > 1 && dates.length > 1 && html`editions="${dates.slice(0, 20).join(' ')}"`}
        suggestions="${suggestions.join('|')}"
        ${briefings.some(({ series: id }) => id === about) && html`about="${about}"`}
        ${question && html`question="${question}"`}
      ><span slot="welcome"></span></pilcrow-chat>
      <noscript><p class="notice">Asking needs JavaScript. The briefings below can be read without.</p></noscript>
    </div>
    <section class="shelf" aria-labelledby="shelf">
      <h2 id="shelf">The briefings</h2>
      ${
        briefings.length === 0
          ? html`<p class="notice">No briefings have been indexed yet. Put them into the corpus folder and run <code>pilcrow ingest</code>.</p>`
          : html`<ul>
            ${series.slice(0, LISTED).map(shelved)}
          </ul>
          ${series.length > LISTED && html`<p class="notice">And ${series.length - LISTED} more.</p>`}`
      }
    </section>
    <section class="checked" aria-labelledby="checked">
      <h2 id="checked">How answers are checked</h2>
      <ol>
        <li><h3>Quoted</h3><p>Each sentence names a paragraph. The words it rests on must stand in that paragraph, letter for letter.</p></li>
        <li><h3>Compared</h3><p>Figures, dates and names of the sentence must occur there too. What does not fit is corrected, or left out and said to be.</p></li>
        <li><h3>Dated</h3><p>The newest edition speaks. Where an older one gave another value, a note says which and when.</p></li>
        <li><h3>Or declined</h3><p>When the briefings are silent, so is the answer: it says so and shows the nearest passages.</p></li>
      </ol>
      <p class="facts"><span>For programs: <a href="/reference">API reference</a></span></p>
    </section>
  </main>`;
}

function shelved(editions: Briefing[]): Html {
  const [newest, ...older] = editions as [Briefing, ...Briefing[]];
  return html`<li>
    <a class="title" href="/briefings/${encodeURIComponent(newest.id)}" lang="${newest.language}" dir="auto">${newest.title}</a>
    <p class="facts">
      <span>${editionWords(newest)}</span>
      <span>${newest.paragraphs} paragraphs</span>
      ${newest.publisher && html`<span dir="auto">${newest.publisher}</span>`}
    </p>
    ${
      older.length > 0 &&
      html`<p class="facts older">
        <span>Earlier: ${older.map((one, index) => html`${index > 0 && ', '}<a href="/briefings/${encodeURIComponent(one.id)}">${one.edition.date ? spellDate(one.edition.date) : 'undated'}</a>`)}</span>
        <span><a href="/series/${encodeURIComponent(newest.series)}/changes">What changed</a></span>
      </p>`
    }
  </li>`;
}

/** An edition in words, with how its date is known. */
function editionWords({ edition }: Pick<Briefing, 'edition'>): string {
  if (!edition.date) return 'Undated';
  return `${spellDate(edition.date)} edition${edition.stated ? '' : ', date inferred from the text'}`;
}

export const newestFirst = (briefings: Briefing[]): Briefing[] =>
  [...briefings].sort((a, b) =>
    (b.edition.date ?? '') < (a.edition.date ?? '') ? -1 : (b.edition.date ?? '') > (a.edition.date ?? '') ? 1 : 0,
  );

/** Briefings by series, newest edition first. */
function groups(briefings: Briefing[]): Briefing[][] {
  const bySeries = new Map<string, Briefing[]>();
  for (const briefing of newestFirst(briefings)) bySeries.set(briefing.series, [...(bySeries.get(briefing.series) ?? []), briefing]);
  return [...bySeries.values()].sort((a, b) => (a[0]?.title ?? '').localeCompare(b[0]?.title ?? ''));
}
