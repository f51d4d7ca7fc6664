import { goneOf } from '../core/gone.ts';
import { type Html, html } from '../core/html.ts';
import type { IndexReader } from '../core/ports.ts';
import { type GoneRecord, type HttpFailure, httpFailure } from './problem.ts';
import type { PageWords } from './words/words.ts';

export async function goneRecords(reader: IndexReader, briefing: string): Promise<GoneRecord[]> {
  return (await goneOf(reader, briefing)).map(({ id, since, now }) => ({
    paragraph: id,
    since,
    now: now === null ? null : { paragraph: now, url: urlOf(now) },
  }));
}

/** 410 with where the text is now: of one paragraph, or of every paragraph of a briefing that was removed. */
export function goneFailure(message: string, gone: readonly GoneRecord[]): HttpFailure {
  const [only, ...more] = gone;
  const hint =
    only && more.length === 0
      ? only.now === null
        ? 'Nothing has taken its place.'
        : `What took its place is ${only.now.paragraph}.`
      : 'The list of what is gone says where each paragraph stands now.';
  return httpFailure(410, 'gone', message, { hint, members: { gone } });
}

/** Marks for the old numbers of a briefing, at the end of its page: each shows when an address names it, and says where the text is now. */
export function goneMarks(gone: readonly GoneRecord[], briefing: string, words: PageWords): Html | null {
  if (gone.length === 0) return null;
  return html`<div class="gone" lang="${words.language}" dir="${words.direction}">${gone.map(
    (one) => html`<p id="p${numberOf(one.paragraph)}" class="notice">${said(one, briefing, words)}</p>`,
  )}</div>`;
}

/** The page of a briefing that was removed. */
export function removedMain(gone: readonly GoneRecord[], briefing: string, words: PageWords): Html {
  const since = gone.map((one) => one.since).sort();
  return html`<main id="main" class="message removed">
    <h1>${words.say('removed')}</h1>
    <p>${words.say('removedHow', { date: words.date(since.at(-1) as string) })}</p>
    ${gone.some(({ now }) => now !== null) && html`<p>${words.say('removedElsewhere')}</p>`}
    <ul>${gone.map((one) => (one.now === null ? html`<li id="p${numberOf(one.paragraph)}" class="lost">${words.say('lost', { number: numberOf(one.paragraph) })}</li>` : html`<li id="p${numberOf(one.paragraph)}">${said(one, briefing, words)}</li>`))}</ul>
    <p><a class="button" href="/">${words.say('ask')}</a></p>
  </main>`;
}

function said({ paragraph, since, now }: GoneRecord, briefing: string, words: PageWords): Html {
  const what = words.say('noLonger', { number: numberOf(paragraph), date: words.date(since) });
  if (now === null) return html`${what} ${words.say('lostText')}`;
  const other = briefingOf(now.paragraph);
  const place = words.say('theParagraph', { number: numberOf(now.paragraph) });
  const where = other === briefing ? place : `${other}, ${place}`;
  return html`${what} ${words.say('tookItsPlace')}: <a href="${now.url}">${where}</a>.`;
}

const briefingOf = (id: string) => id.slice(0, id.lastIndexOf('#'));
const numberOf = (id: string) => id.slice(id.lastIndexOf('#p') + 2);
const urlOf = (id: string) => `/briefings/${encodeURIComponent(briefingOf(id))}#p${numberOf(id)}`;
