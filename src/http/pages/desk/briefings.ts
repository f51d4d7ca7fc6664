import { html, nothing, type TemplateResult } from 'lit';
import type { DeskBriefing } from '../../../core/desk.ts';
import { base, deskAddress, service } from './client.ts';
import { ingestFolder, problemsView } from './overview.ts';
import type { Actions, State } from './state.ts';
import { count, editionDate, KNOWN_FROM, reportedText, say, sayRich } from './words.ts';

/** Rows that are drawn; words narrow them. */
const ROWS_DRAWN = 300;

export function briefingsView(state: State, actions: Actions): TemplateResult {
  const { overview, filter, work } = state;
  if (!overview) return html`<p class="wait">${say('looking')}</p>`;
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title, source, series }: DeskBriefing) =>
    wanted.every((word) => `${title} ${source} ${series}`.toLowerCase().includes(word));
  const rows = overview.briefings
    .filter(fits)
    .sort((a, b) => a.title.localeCompare(b.title) || ((a.edition.date ?? '') < (b.edition.date ?? '') ? 1 : -1));
  const busy = work !== null;
  // Of a series with one edition nothing is said by calling it the newest.
  const several = new Set(overview.briefings.filter(({ newest }) => !newest).map(({ series }) => series));
  return html`${uploadView(state, actions)} ${problemsView(overview)}
    <section class="panel" aria-labelledby="indexed">
      <h3 id="indexed">${say('indexed')}</h3>
      ${
        overview.briefings.length > 8
          ? html`<p class="narrow"><label for="filter">${say('narrow')}</label><input id="filter" type="search" .value=${filter} @input=${(
              event: Event,
            ) => {
              state.filter = (event.target as HTMLInputElement).value;
              actions.draw();
            }}></p>`
          : nothing
      }
      ${rows.length === 0 ? html`<p>${say(overview.briefings.length === 0 ? 'noneIndexed' : 'noneFits')}</p>` : nothing}
      <ul class="rows">${rows.slice(0, ROWS_DRAWN).map((one) => rowView(one, state, actions, busy, several))}</ul>
      ${rows.length > ROWS_DRAWN ? html`<p class="soft">${say('narrowMore', { count: rows.length - ROWS_DRAWN })}</p>` : nothing}
    </section>`;
}

function rowView(one: DeskBriefing, state: State, actions: Actions, busy: boolean, several: ReadonlySet<string>): TemplateResult {
  const { edition, source } = one;
  const open = state.correcting === source;
  const named = `${one.title}, ${editionDate(edition.date)}`;
  const toggle = () => {
    state.correcting = open ? null : source;
    actions.draw();
    if (!open) document.getElementById('edition')?.focus();
  };
  return html`<li>
    <div class="about">
      <a href=${deskAddress(`${base}briefings/${encodeURIComponent(one.id)}`)} dir="auto">${one.title}</a>
      <p class="soft"><span dir="auto">${source}</span> · ${count('paragraphs', one.paragraphs)} · ${say('ofSeries')} <span dir="auto">${one.series}</span>${one.access ? html` · ${say('accessFor', { groups: one.access.map((list) => list.join(` ${say('or')} `)).join(` ${say('and')} `) || say('nobodyMay') })}` : nothing}</p>
    </div>
    <p class="edition">${editionDate(edition.date)}${one.newest && several.has(one.series) ? html` <span class="tag good">${say('newest')}</span>` : nothing}<span class=${edition.stated ? 'soft' : 'doubt'}>${say(KNOWN_FROM[edition.source] ?? 'fromNone')}</span></p>
    <p class="does">
      <button type="button" class="quiet" aria-expanded=${open ? 'true' : 'false'} aria-label=${say('correctOf', { name: named })} @click=${toggle}>${say('correct')}</button>
      ${
        state.overview?.uploads && !source.includes('/')
          ? html`<button type="button" class="quiet bad" ?disabled=${busy} aria-label=${say('removeOf', { name: named })} @click=${() => remove(one, actions)}>${say('remove')}</button>`
          : nothing
      }
    </p>
    ${open ? correction(one, state, actions, busy) : nothing}
  </li>`;
}

function correction({ source, edition, series }: DeskBriefing, state: State, actions: Actions, busy: boolean): TemplateResult {
  const set = state.overview?.editionsSet[source];
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    await note({ source, ...(text('edition') ? { edition: text('edition') } : {}), ...(text('series') ? { series: text('series') } : {}) });
  };
  const note = async (given: { source: string; edition?: string; series?: string }) => {
    let noted = false;
    try {
      await service.setEdition(given);
      noted = true;
    } catch (error) {
      actions.say((error as Error).message, true);
    }
    if (!noted) return;
    state.correcting = null;
    await ingestFolder(actions);
  };
  return html`<form class="correct" @submit=${save}>
    <p><label for="edition">${say('edition')}</label><input id="edition" name="edition" .value=${set?.edition ?? edition.date ?? ''} pattern="\\d{4}(-\\d{2}(-\\d{2})?)?" placeholder="2026-07" title="2026 · 2026-07 · 2026-07-14" aria-describedby="how"></p>
    <p><label for="series">${say('series')}</label><input id="series" name="series" .value=${set?.series ?? series} maxlength="200"></p>
    <p class="soft" id="how">${sayRich('editionHow')}</p>
    <p class="does">
      <button type="submit" class="button" ?disabled=${busy}>${say('setAndRead')}</button>
      ${set ? html`<button type="button" class="button quiet" ?disabled=${busy} @click=${() => note({ source })}>${say('withdraw')}</button>` : nothing}
    </p>
  </form>`;
}

const remove = async (one: DeskBriefing, actions: Actions): Promise<void> => {
  const dialog = document.querySelector<HTMLDialogElement>('#sure');
  if (!dialog) return;
  (dialog.querySelector('.what') as HTMLElement).textContent = one.source;
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise<void>((done) => dialog.addEventListener('close', () => done(), { once: true }));
  if (dialog.returnValue !== 'remove') return;
  await actions.work(say('removing', { file: one.source }), async (onProgress) => {
    await service.remove(one, onProgress);
    await actions.load('overview');
    return say('isRemoved', { file: one.source });
  });
};

function uploadView(state: State, actions: Actions): TemplateResult {
  if (!state.overview?.uploads) return html`<p class="notice">${sayRich('uploadsOff')}</p>`;
  const chosen = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    void bring(files, state, actions);
  };
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    if (!state.work) void bring([...(event.dataTransfer?.files ?? [])], state, actions);
  };
  return html`<section class="panel upload" aria-labelledby="bring" @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${dropped}>
    <h3 id="bring">${say('bring')}</h3>
    <p><label for="files">${say('bringHow')}</label></p>
    <input id="files" type="file" multiple ?disabled=${state.work !== null} @change=${chosen}>
    ${state.brought.length > 0 ? html`<ul class="told">${state.brought.map(({ file, words, bad }) => html`<li class=${bad ? 'bad' : ''}><strong><bdi>${file}</bdi></strong><span>${words}</span></li>`)}</ul>` : nothing}
  </section>`;
}

const DONE = { added: 'wasAdded', replaced: 'wasReplaced', unchanged: 'wasUnchanged', removed: 'wasRemoved' } as const;

async function bring(files: readonly File[], state: State, actions: Actions): Promise<void> {
  state.brought = [];
  for (const file of files) {
    await actions.work(say('bringing', { file: file.name }), async (onProgress) => {
      try {
        const { file: kept, action, problems, notes } = await service.upload(file, onProgress);
        const sayRich = [say(DONE[action]), ...[...problems, ...notes].map(({ message }) => reportedText(message))].join(' ');
        state.brought.push({ file: kept, words: sayRich, bad: problems.length > 0 });
        return `${kept}: ${say(DONE[action])}`;
      } catch (error) {
        state.brought.push({ file: file.name, words: (error as Error).message, bad: true });
        throw error;
      }
    });
  }
  await actions.load('overview');
}
