import { type Html, html } from '../core/html.ts';
import type { ChangeKind, ChangeRow, ChangeSide, Changes, SeriesEdition, StatedValue } from '../core/model.ts';
import { sliceCodePoints } from '../core/text/codepoints.ts';
import { type PageWords, type TextKey, wordsIn } from './words/words.ts';

const WORDS: Record<ChangeKind, TextKey> = {
  changed: 'kindChanged',
  reworded: 'kindReworded',
  added: 'kindAdded',
  removed: 'kindRemoved',
  unchanged: 'kindUnchanged',
};
const KINDS = Object.keys(WORDS) as ChangeKind[];

/** Two editions side by side; `shown` is one kind, or null for all but what is unchanged. */
export function changesMain(changes: Changes, editions: SeriesEdition[], shown: ChangeKind | null, words: PageWords = wordsIn('en')): Html {
  const name = (one: SeriesEdition) => named(one, words);
  const { from, to, summary } = changes;
  const rows = changes.rows.filter((row) => (shown ? row.kind === shown : row.kind !== 'unchanged'));
  const link = (kind: ChangeKind | null) => {
    const query = new URLSearchParams({ from: from.briefing, to: to.briefing, ...(kind ? { show: kind } : {}) });
    return `/series/${encodeURIComponent(changes.series)}/changes?${query}`;
  };
  const total = KINDS.reduce((sum, kind) => sum + (kind === 'unchanged' ? 0 : summary[kind]), 0);
  const filter = (kind: ChangeKind | null, text: string, count: number) =>
    html`<li><a href="${link(kind)}"${kind === shown && html` aria-current="true"`}>${text} <span class="count">${count}</span></a></li>`;
  return html`<main id="main" class="changes">
    <header>
      <h1>${words.say('changed')}</h1>
      <p class="lead"><a href="${to.url}" dir="auto">${to.title}</a>: ${words.say('fromTo', { from: name(from), to: name(to) })}.</p>
      ${
        editions.length > 2 &&
        html`<form class="choose" method="get" action="/series/${encodeURIComponent(changes.series)}/changes">
          ${choice('from', words.say('from'), editions, from, name)} ${choice('to', words.say('to'), editions, to, name)}
          <button type="submit" class="button quiet">${words.say('compare')}</button>
        </form>`
      }
      <nav aria-label="${words.say('kinds')}">
        <ul class="kinds">
          ${filter(null, words.say('allChanges'), total)}
          ${KINDS.map((kind) => filter(kind, words.say(WORDS[kind]), summary[kind]))}
        </ul>
      </nav>
    </header>
    ${
      rows.length === 0
        ? html`<p class="none">${shown ? words.say('noneOfKind', { kind: words.say(WORDS[shown]) }) : words.say('nothing')}</p>`
        : html`<div class="editions" aria-hidden="true"><p>${name(from)}</p><p>${name(to)}</p></div>
        <ol class="rows">${rows.map((row) => rowOf(row, from, to, words))}</ol>`
    }
  </main>`;
}

const date = ({ edition, briefing }: SeriesEdition, words: PageWords) =>
  edition.date ? words.date(edition.date) : `${words.say('undated')} ${briefing}`;
function named(one: SeriesEdition, words: PageWords): string {
  const text = words.say('edition', { date: date(one, words) });
  return one.edition.date && !one.edition.stated ? `${text} (${words.say('inferred')})` : text;
}

function choice(
  field: 'from' | 'to',
  label: string,
  editions: SeriesEdition[],
  chosen: SeriesEdition,
  name: (one: SeriesEdition) => string,
): Html {
  return html`<label for="${field}">${label}</label>
    <select id="${field}" name="${field}">
      ${editions.map((one) => html`<option value="${one.briefing}"${one.briefing === chosen.briefing && html` selected`}>${name(one)}</option>`)}
    </select>`;
}

function rowOf(row: ChangeRow, from: SeriesEdition, to: SeriesEdition, words: PageWords): Html {
  const { kind, facts } = row;
  return html`<li class="change" data-kind="${kind}">
    <p class="kind">${words.say(WORDS[kind])}${facts.map(
      (fact) =>
        html` <span class="fact"><del>${fact.from.text}</del> <span class="arrow" role="img" aria-label="${words.say('became')}">→</span> <ins>${fact.to.text}</ins></span>`,
    )}</p>
    ${side(
      row.from,
      from,
      facts.map((fact) => fact.from),
      'old',
      row.elsewhere,
      words,
    )}
    ${side(
      row.to,
      to,
      facts.map((fact) => fact.to),
      'new',
      row.elsewhere,
      words,
    )}
  </li>`;
}

function side(
  one: ChangeSide | null,
  edition: SeriesEdition,
  values: StatedValue[],
  which: 'old' | 'new',
  elsewhere: ChangeSide | null,
  words: PageWords,
): Html {
  const day = date(edition, words);
  if (!one) {
    return html`<section class="side ${which} missing">
      <p>${elsewhere ? html`${words.say('partOf', { date: day })} <a href="${elsewhere.url}">${words.say('paragraph', { number: number(elsewhere) })}</a>.` : words.say('noCounterpart', { date: day })}</p>
    </section>`;
  }
  return html`<section class="side ${which}">
    <p class="where"><span class="edition">${day} · </span>${one.headings.length > 0 && html`<bdi>${one.headings.join(' › ')}</bdi> · `}<a href="${one.url}" aria-label="${words.say('paragraphOf', { number: number(one), date: day })}">¶ ${number(one)}</a></p>
    <p dir="auto" class="text${one.kind === 'heading' && ' title'}${one.kind === 'contact' && ' contact'}">${marked(one.text, values, which)}</p>
  </section>`;
}

const number = (one: ChangeSide) => one.paragraph.slice(one.paragraph.lastIndexOf('#p') + 2);

/** A text with the values that changed marked: struck out in the old edition, underlined in the new one. */
function marked(text: string, values: StatedValue[], which: 'old' | 'new'): Html {
  const parts: Html[] = [];
  let at = 0;
  for (const { start, end } of [...values].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    const value = sliceCodePoints(text, start, end);
    parts.push(html`${sliceCodePoints(text, at, start)}${which === 'old' ? html`<del>${value}</del>` : html`<ins>${value}</ins>`}`);
    at = end;
  }
  return html`${parts}${sliceCodePoints(text, at)}`;
}
