import { goneOf } from '../core/gone.ts';
import { type Html, html } from '../core/html.ts';
import type { IndexReader } from '../core/ports.ts';
import { spellDate } from '../core/time/dates.ts';
import { type GoneRecord, type HttpFailure, httpFailure } from './problem.ts';

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
export function goneMarks(gone: readonly GoneRecord[], briefing: string): Html | null {
  if (gone.length === 0) return null;
  return html`<div class="gone" lang="en">${gone.map(
    (one) => html`<p id="p${numberOf(one.paragraph)}" class="notice">${said(one, briefing)}</p>`,
  )}</div>`;
}

/** The page of a briefing that was removed. */
export function removedMain(gone: readonly GoneRecord[], briefing: string): Html {
  const since = gone.map((one) => one.since).sort();
  return html`<main id="main" class="message removed">
    <h1>This briefing was removed</h1>
    <p>It was no longer among the briefings on ${spellDate(since.at(-1) as string)}, and nothing is answered from it.</p>
    ${gone.some(({ now }) => now !== null) && html`<p>Some of its text stands in another one:</p>`}
    <ul>${gone.map((one) => (one.now === null ? html`<li id="p${numberOf(one.paragraph)}" class="lost">Paragraph ${numberOf(one.paragraph)} is gone.</li>` : html`<li id="p${numberOf(one.paragraph)}">${said(one, briefing)}</li>`))}</ul>
    <p><a class="button" href="/">Ask the briefings</a></p>
  </main>`;
}

function said({ paragraph, since, now }: GoneRecord, briefing: string): Html {
  const what = html`Paragraph ${numberOf(paragraph)} is no longer here since ${spellDate(since)}. `;
  if (now === null) return html`${what}Its text is gone, and nothing has taken its place.`;
  const other = briefingOf(now.paragraph);
  const where = other === briefing ? `paragraph ${numberOf(now.paragraph)}` : `${other}, paragraph ${numberOf(now.paragraph)}`;
  return html`${what}What took its place: <a href="${now.url}">${where}</a>.`;
}

const briefingOf = (id: string) => id.slice(0, id.lastIndexOf('#'));
const numberOf = (id: string) => id.slice(id.lastIndexOf('#p') + 2);
const urlOf = (id: string) => `/briefings/${encodeURIComponent(briefingOf(id))}#p${numberOf(id)}`;
