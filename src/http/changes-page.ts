import type { ChangeKind, ChangeRow, ChangeSide, Changes, SeriesEdition, StatedValue } from '../core/model.ts';
import { sliceCodePoints } from '../core/text/codepoints.ts';
import { spellDate } from '../core/time/dates.ts';
import { type Html, html } from './html.ts';

const WORDS: Record<ChangeKind, string> = {
  changed: 'Changed',
  reworded: 'Reworded',
  added: 'Added',
  removed: 'Removed',
  unchanged: 'Unchanged',
};
const KINDS = Object.keys(WORDS) as ChangeKind[];

/** Two editions side by side; `shown` is one kind, or null for all but what is unchanged. */
export function changesMain(changes: Changes, editions: SeriesEdition[], shown: ChangeKind | null): Html {
  const { from, to, summary } = changes;
  const rows = changes.rows.filter((row) => (shown ? row.kind === shown : row.kind !== 'unchanged'));
  const link = (kind: ChangeKind | null) => {
    const query = new URLSearchParams({ from: from.briefing, to: to.briefing, ...(kind ? { show: kind } : {}) });
    return `/series/${encodeURIComponent(changes.series)}/changes?${query}`;
  };
  const total = KINDS.reduce((sum, kind) => sum + (kind === 'unchanged' ? 0 : summary[kind]), 0);
  const filter = (kind: ChangeKind | null, words: string, count: number) =>
    html`<li><a href="${link(kind)}"${kind === shown && html` aria-current="true"`}>${words} <span class="count">${count}</span></a></li>`;
  return html`<main id="main" class="changes">
    <header>
      <h1>What changed</h1>
      <p class="lead"><a href="${to.url}" dir="auto">${to.title}</a>: from the ${name(from)} to the ${name(to)}.</p>
      ${
        editions.length > 2 &&
        html`<form class="choose" method="get" action="/series/${encodeURIComponent(changes.series)}/changes">
          ${choice('from', 'From', editions, from)} ${choice('to', 'to', editions, to)}
          <button type="submit" class="button quiet">Compare</button>
        </form>`
      }
      <nav aria-label="Kinds of change">
        <ul class="kinds">
          ${filter(null, 'All changes', total)}
          ${KINDS.map((kind) => filter(kind, WORDS[kind], summary[kind]))}
        </ul>
      </nav>
    </header>
    ${
      rows.length === 0
        ? html`<p class="none">${shown ? `Nothing was ${WORDS[shown].toLowerCase()}.` : 'Nothing has changed.'}</p>`
        : html`<div class="editions" aria-hidden="true"><p>${name(from)}</p><p>${name(to)}</p></div>
        <ol class="rows">${rows.map((row) => rowOf(row, from, to))}</ol>`
    }
  </main>`;
}

const date = ({ edition, briefing }: SeriesEdition) => (edition.date ? spellDate(edition.date) : `undated ${briefing}`);
const name = (one: SeriesEdition) => `${date(one)} edition${one.edition.date && !one.edition.stated ? ' (date inferred)' : ''}`;

function choice(field: 'from' | 'to', label: string, editions: SeriesEdition[], chosen: SeriesEdition): Html {
  return html`<label for="${field}">${label}</label>
    <select id="${field}" name="${field}">
      ${editions.map((one) => html`<option value="${one.briefing}"${one.briefing === chosen.briefing && html` selected`}>${name(one)}</option>`)}
    </select>`;
}

function rowOf(row: ChangeRow, from: SeriesEdition, to: SeriesEdition): Html {
  const { kind, facts } = row;
  return html`<li class="change" data-kind="${kind}">
    <p class="kind">${WORDS[kind]}${facts.map(
      (fact) =>
        html` <span class="fact"><del>${fact.from.text}</del> <span class="arrow" role="img" aria-label="became">→</span> <ins>${fact.to.text}</ins></span>`,
    )}</p>
    ${side(
      row.from,
      from,
      facts.map((fact) => fact.from),
      'old',
      row.elsewhere,
    )}
    ${side(
      row.to,
      to,
      facts.map((fact) => fact.to),
      'new',
      row.elsewhere,
    )}
  </li>`;
}

function side(
  one: ChangeSide | null,
  edition: SeriesEdition,
  values: StatedValue[],
  which: 'old' | 'new',
  elsewhere: ChangeSide | null,
): Html {
  if (!one) {
    return html`<section class="side ${which} missing">
      <p>${elsewhere ? html`No paragraph of its own in the ${date(edition)} edition; part of it is in <a href="${elsewhere.url}">paragraph ${number(elsewhere)}</a>.` : html`No counterpart in the ${date(edition)} edition.`}</p>
    </section>`;
  }
  return html`<section class="side ${which}">
    <p class="where"><span class="edition">${date(edition)} · </span>${one.headings.length > 0 && html`<bdi>${one.headings.join(' › ')}</bdi> · `}<a href="${one.url}" aria-label="Paragraph ${number(one)} of the ${date(edition)} edition">¶ ${number(one)}</a></p>
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
