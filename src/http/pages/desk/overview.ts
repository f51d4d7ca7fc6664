import { html, nothing, type TemplateResult } from 'lit';
import { service } from './client.ts';
import type { Actions, State } from './state.ts';
import { count, when } from './words.ts';

/** Reads the folder anew and tells what came of it. */
export const ingestFolder = ({ work, load }: Actions) =>
  work('Reading the folder of briefings', async (onProgress) => {
    const done = await service.ingest(onProgress);
    await load('overview');
    if (done.unchanged) return 'Nothing has changed since the last time.';
    const parts = [
      done.added.length > 0 ? `${done.added.length} added` : '',
      done.changed.length > 0 ? `${done.changed.length} changed` : '',
      done.removed.length > 0 ? `${done.removed.length} removed` : '',
    ].filter(Boolean);
    return `Done: ${parts.join(', ') || 'editions were set anew'}. ${count(done.briefings, 'briefing answers', 'briefings answer')} now.`;
  });

export function overviewView({ overview, work }: State, actions: Actions): TemplateResult {
  if (!overview) return html`<p class="wait">Looking…</p>`;
  const { briefings, warnings, lastIngest, snapshot, kept } = overview;
  const series = new Set(briefings.map((one) => one.series)).size;
  const doubtful = briefings.filter(({ edition }) => !edition.stated).length;
  return html`${warnings.map((warning) => html`<p class="notice">${warning}</p>`)}
    ${lastIngest?.failed ? html`<p class="notice bad"><strong>The last ingest failed.</strong> ${lastIngest.failed.message} ${lastIngest.failed.hint ?? ''}</p>` : nothing}
    <dl class="figures">
      <div><dt>Briefings</dt><dd>${briefings.length.toLocaleString('en')}</dd></div>
      <div><dt>Series</dt><dd>${series.toLocaleString('en')}</dd></div>
      <div><dt>Files with a problem</dt><dd>${(lastIngest?.problems.length ?? 0).toLocaleString('en')}</dd></div>
      <div><dt>Dates to check</dt><dd>${doubtful.toLocaleString('en')}</dd></div>
    </dl>
    <section class="panel" aria-labelledby="folder">
      <h3 id="folder">The folder</h3>
      <p>${lastIngest ? html`Read last on <time datetime=${lastIngest.time}>${when(lastIngest.time)}</time>.` : 'When it was read last was not noted.'}
        ${snapshot ? html` The index that answers is of ${when(snapshot.created)}.` : ' Nothing answers yet.'}</p>
      <button type="button" class="button" ?disabled=${work !== null} @click=${() => ingestFolder(actions)}>Read the folder now</button>
    </section>
    ${problemsView(overview)}
    <section class="panel" aria-labelledby="kept">
      <h3 id="kept">What is kept of people</h3>
      <ul class="plain">
        <li>${kept.questions === null ? html`Questions are not kept. <code>PILCROW_QUESTION_LOG_DAYS</code> says for how long they are; pages and widget then say so.` : `Questions are kept for ${count(kept.questions, 'day', 'days')}, without names.`}</li>
        <li>${kept.feedback === null ? 'Opinions are kept without a limit of age.' : `Opinions are kept for ${count(kept.feedback, 'day', 'days')}.`}</li>
      </ul>
    </section>`;
}

/** Files the last ingest refused or wondered about. */
export function problemsView({ lastIngest }: Pick<NonNullable<State['overview']>, 'lastIngest'>): TemplateResult | typeof nothing {
  if (!lastIngest || lastIngest.problems.length + lastIngest.notes.length === 0) return nothing;
  const row = ({ file, message, hint }: { file: string; message: string; hint: string }) =>
    html`<li><strong dir="auto">${file}</strong><span>${message}</span>${hint ? html`<span class="soft">${hint}</span>` : nothing}</li>`;
  return html`<section class="panel" aria-labelledby="problems">
    <h3 id="problems">What the last ingest said</h3>
    ${lastIngest.problems.length > 0 ? html`<ul class="told">${lastIngest.problems.map(row)}</ul>` : html`<p>No file was refused.</p>`}
    ${
      lastIngest.notes.length > 0
        ? html`<details><summary>${count(lastIngest.notes.length, 'thing was', 'things were')} left out on purpose</summary><ul class="told">${lastIngest.notes.map(row)}</ul></details>`
        : nothing
    }
  </section>`;
}
