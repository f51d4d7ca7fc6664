import { html, nothing, type TemplateResult } from 'lit';
import type { DeskBriefing } from '../../../core/desk.ts';
import { base, service } from './client.ts';
import { ingestFolder, problemsView } from './overview.ts';
import type { Actions, State } from './state.ts';
import { editionDate, KNOWN_FROM } from './words.ts';

/** Rows that are drawn; words narrow them. */
const SHOWN = 300;

export function briefingsView(state: State, actions: Actions): TemplateResult {
  const { overview, filter, work } = state;
  if (!overview) return html`<p class="wait">Looking…</p>`;
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title, source, series }: DeskBriefing) =>
    wanted.every((word) => `${title} ${source} ${series}`.toLowerCase().includes(word));
  const rows = overview.briefings
    .filter(fits)
    .sort((a, b) => a.title.localeCompare(b.title) || ((a.edition.date ?? '') < (b.edition.date ?? '') ? 1 : -1));
  const busy = work !== null;
  return html`${uploadView(state, actions)} ${problemsView(overview)}
    <section class="panel" aria-labelledby="indexed">
      <h3 id="indexed">Indexed</h3>
      ${
        overview.briefings.length > 8
          ? html`<p class="narrow"><label for="filter">Narrow by words of title, file or series</label><input id="filter" type="search" .value=${filter} @input=${(
              event: Event,
            ) => {
              state.filter = (event.target as HTMLInputElement).value;
              actions.draw();
            }}></p>`
          : nothing
      }
      ${rows.length === 0 ? html`<p>${overview.briefings.length === 0 ? 'Nothing is indexed yet.' : 'No briefing has these words.'}</p>` : nothing}
      <ul class="rows">${rows.slice(0, SHOWN).map((one) => rowView(one, state, actions, busy))}</ul>
      ${rows.length > SHOWN ? html`<p class="soft">And ${rows.length - SHOWN} more; narrow the list to see them.</p>` : nothing}
    </section>`;
}

function rowView(one: DeskBriefing, state: State, actions: Actions, busy: boolean): TemplateResult {
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
      <a href="${base}briefings/${encodeURIComponent(one.id)}" dir="auto">${one.title}</a>
      <p class="soft"><span dir="auto">${source}</span> · ${one.paragraphs.toLocaleString('en')} paragraphs · series <span dir="auto">${one.series}</span>${one.access ? html` · for ${one.access.map((list) => list.join(' or ')).join(' and ') || 'nobody'}` : nothing}</p>
    </div>
    <p class="edition">${editionDate(edition.date)}${one.newest ? html` <span class="tag good">newest</span>` : nothing}<span class=${edition.stated ? 'soft' : 'doubt'}>${KNOWN_FROM[edition.source] ?? ''}</span></p>
    <p class="does">
      <button type="button" class="quiet" aria-expanded=${open ? 'true' : 'false'} aria-label="Correct the edition of ${named}" @click=${toggle}>Correct</button>
      ${
        state.overview?.uploads && !source.includes('/')
          ? html`<button type="button" class="quiet bad" ?disabled=${busy} aria-label="Remove ${named}" @click=${() => remove(one, actions)}>Remove</button>`
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
    <p><label for="edition">Edition</label><input id="edition" name="edition" .value=${set?.edition ?? edition.date ?? ''} pattern="\\d{4}(-\\d{2}(-\\d{2})?)?" placeholder="2026-07" aria-describedby="how"></p>
    <p><label for="series">Series</label><input id="series" name="series" .value=${set?.series ?? series} maxlength="200"></p>
    <p class="soft" id="how">A date is 2026, 2026-07 or 2026-07-14. It is noted beside the files in <code>pilcrow.editions.json</code> and holds over what the file says. For good it is better said in the file, as <code>edition:</code> and <code>series:</code> of its front matter.</p>
    <p class="does">
      <button type="submit" class="button" ?disabled=${busy}>Set and read the folder</button>
      ${set ? html`<button type="button" class="button quiet" ?disabled=${busy} @click=${() => note({ source })}>Withdraw</button>` : nothing}
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
  await actions.work(`Removing ${one.source}`, async (onProgress) => {
    await service.remove(one, onProgress);
    await actions.load('overview');
    return `${one.source} is removed: nothing is answered from it any more.`;
  });
};

function uploadView(state: State, actions: Actions): TemplateResult {
  if (!state.overview?.uploads)
    return html`<p class="notice">Briefings are not taken in over HTTP here. Put files into the folder and read it anew, or set <code>PILCROW_UPLOAD_MEGABYTES</code>.</p>`;
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
    <h3 id="bring">Bring briefings in</h3>
    <p><label for="files">Text, Markdown, PDF, Word, slides or HTML. A file of the same name is replaced.</label></p>
    <input id="files" type="file" multiple ?disabled=${state.work !== null} @change=${chosen}>
    ${state.brought.length > 0 ? html`<ul class="told">${state.brought.map(({ file, words, bad }) => html`<li class=${bad ? 'bad' : ''}><strong dir="auto">${file}</strong><span>${words}</span></li>`)}</ul>` : nothing}
  </section>`;
}

const DONE = { added: 'Brought in.', replaced: 'Replaced.', unchanged: 'The same as before.', removed: 'Removed.' };

async function bring(files: readonly File[], state: State, actions: Actions): Promise<void> {
  state.brought = [];
  for (const file of files) {
    await actions.work(`Bringing in ${file.name}`, async (onProgress) => {
      try {
        const { file: kept, action, problems, notes } = await service.upload(file, onProgress);
        const told = [DONE[action], ...[...problems, ...notes].map(({ message }) => message)].join(' ');
        state.brought.push({ file: kept, words: told, bad: problems.length > 0 });
        return `${kept}: ${DONE[action]}`;
      } catch (error) {
        state.brought.push({ file: file.name, words: (error as Error).message, bad: true });
        throw error;
      }
    });
  }
  await actions.load('overview');
}
