import { html, nothing, type TemplateResult } from 'lit';
import { service } from './client.ts';
import type { Actions, State } from './state.ts';
import { count, number, reported, say, sayRich, when } from './words.ts';

/** Reads the folder anew and tells what came of it. */
export const ingestFolder = ({ work, load }: Actions) =>
  work(say('reading'), async (onProgress) => {
    const done = await service.ingest(onProgress);
    await load('overview');
    if (done.unchanged) return say('unchanged');
    const parts = [
      done.added.length > 0 ? say('added', { count: done.added.length }) : '',
      done.changed.length > 0 ? say('changed', { count: done.changed.length }) : '',
      done.removed.length > 0 ? say('removed', { count: done.removed.length }) : '',
    ].filter(Boolean);
    return `${say('done', { parts: parts.join(', ') || say('setAnew') })} ${count('answerNow', done.briefings)}`;
  });

export function overviewView({ overview, work }: State, actions: Actions): TemplateResult {
  if (!overview) return html`<p class="wait">${say('looking')}</p>`;
  const { briefings, warnings, lastIngest, snapshot, kept } = overview;
  const series = new Set(briefings.map((one) => one.series)).size;
  const doubtful = briefings.filter(({ edition }) => !edition.stated).length;
  return html`${warnings.map((warning) => html`<p class="notice">${reported(warning)}</p>`)}
    ${lastIngest?.failed ? html`<p class="notice bad"><strong>${say('ingestFailed')}</strong> ${reported(lastIngest.failed.message)} ${lastIngest.failed.hint ? reported(lastIngest.failed.hint) : nothing}</p>` : nothing}
    <dl class="figures">
      <div><dt>${say('briefings')}</dt><dd>${number(briefings.length)}</dd></div>
      <div><dt>${say('series')}</dt><dd>${number(series)}</dd></div>
      <div><dt>${say('filesWithProblem')}</dt><dd>${number(lastIngest?.problems.length ?? 0)}</dd></div>
      <div><dt>${say('datesToCheck')}</dt><dd>${number(doubtful)}</dd></div>
    </dl>
    <section class="panel" aria-labelledby="folder">
      <h3 id="folder">${say('folder')}</h3>
      <p>${lastIngest ? say('readLast', { time: when(lastIngest.time) }) : say('readUnknown')}
        ${snapshot ? say('indexOf', { time: when(snapshot.created) }) : say('indexNone')}</p>
      <button type="button" class="button" ?disabled=${work !== null} @click=${() => ingestFolder(actions)}>${say('readNow')}</button>
    </section>
    ${problemsView(overview)}
    <section class="panel" aria-labelledby="kept">
      <h3 id="kept">${say('kept')}</h3>
      <ul class="plain">
        <li>${kept.questions === null ? sayRich('keptNot') : count('keptDays', kept.questions)}</li>
        <li>${kept.feedback === null ? say('opinionsForever') : count('opinionsDays', kept.feedback)}</li>
      </ul>
    </section>`;
}

/** Files the last ingest refused or wondered about. */
export function problemsView({ lastIngest }: Pick<NonNullable<State['overview']>, 'lastIngest'>): TemplateResult | typeof nothing {
  if (!lastIngest || lastIngest.problems.length + lastIngest.notes.length === 0) return nothing;
  const row = ({ file, message, hint }: { file: string; message: string; hint: string }) =>
    html`<li><strong><bdi>${file}</bdi></strong><span>${reported(message)}</span>${hint ? html`<span class="soft">${reported(hint)}</span>` : nothing}</li>`;
  return html`<section class="panel" aria-labelledby="problems">
    <h3 id="problems">${say('said')}</h3>
    ${lastIngest.problems.length > 0 ? html`<ul class="told">${lastIngest.problems.map(row)}</ul>` : html`<p>${say('noneRefused')}</p>`}
    ${
      lastIngest.notes.length > 0
        ? html`<details><summary>${count('leftOut', lastIngest.notes.length)}</summary><ul class="told">${lastIngest.notes.map(row)}</ul></details>`
        : nothing
    }
  </section>`;
}
