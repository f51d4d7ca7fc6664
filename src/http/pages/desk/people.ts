import { html, nothing, type TemplateResult } from 'lit';
import type { OpinionGroup, QuestionGroup } from '../../../core/desk.ts';
import { base, deskAddress, service } from './client.ts';
import type { Actions, State } from './state.ts';
import { count, number, say, sayRich, when } from './words.ts';

/** Groups that are drawn. */
const GROUPS_DRAWN = 200;

export function questionsView(state: State, actions: Actions): TemplateResult {
  const { questions } = state;
  if (!questions) return html`<p class="wait">${say('looking')}</p>`;
  if (!questions.kept) return html`<p class="notice">${sayRich('questionsOff')}</p>`;
  if (questions.groups.length === 0) return html`<p>${say('noneInVain')}</p>`;
  const open = questions.groups.filter(({ settled }) => !settled);
  const shown = state.settled ? questions.groups : open;
  const missed = questions.groups.reduce((sum, one) => sum + one.times, 0);
  return html`<p class="lead">${say('missed', { missed, asked: questions.asked, open: count('matters', open.length) })}</p>
    ${choice(state, actions)}
    ${shown.length === 0 ? html`<p>${say('noneOpen')}</p>` : nothing}
    <ul class="cards">${shown.slice(0, GROUPS_DRAWN).map((one) => questionView(one, state, actions))}</ul>
    ${shown.length > GROUPS_DRAWN ? html`<p class="soft">${say('lessOften', { count: shown.length - GROUPS_DRAWN })}</p>` : nothing}`;
}

function questionView(one: QuestionGroup, state: State, actions: Actions): TemplateResult {
  const { question, wordings } = one;
  const make = (rightly: boolean) => makeCase({ questions: [{ question, rightly }] }, state, actions);
  return html`<li class=${one.settled ? 'settled' : ''}>
    <h3 dir="auto">${question}</h3>
    <p class="soft">${said(one)}</p>
    ${wordings.length > 1 ? html`<details><summary>${count('wordings', wordings.length)}</summary><ul class="plain">${wordings.map((wording) => html`<li dir="auto">${wording.question} <span class="soft">${number(wording.times)}×</span></li>`)}</ul></details>` : nothing}
    <p class="does">
      ${settleButton(one.keys, one.settled, question, state, actions)}
      <a class="button quiet" href=${deskAddress(`${base}?q=${encodeURIComponent(question)}`)} target="_blank" rel="noopener">${say('askNow')}<span class="unseen">: ${question} (${say('newTab')})</span></a>
      <button type="button" class="button quiet" aria-label=${`${say('caseAnswered')}: ${question}`} @click=${() => make(false)}>${say('caseAnswered')}</button>
      <button type="button" class="button quiet" aria-label=${`${say('caseDeclined')}: ${question}`} @click=${() => make(true)}>${say('caseDeclined')}</button>
    </p>
  </li>`;
}

/** How often it was asked, by how many, and what they were shown. */
function said({ times, askers, last, closest, declined }: QuestionGroup): string {
  const shown = [
    closest > 0 ? say('closest', { times: count('times', closest) }) : '',
    declined > 0 ? say('declined', { times: count('times', declined) }) : '',
  ].filter(Boolean);
  const asked = say('asked', { times: count('times', times), people: count('people', askers), time: when(last) });
  return `${asked}${shown.length > 0 ? `; ${shown.join(', ')}` : ''}.`;
}

export function opinionsView(state: State, actions: Actions): TemplateResult {
  const { opinions } = state;
  if (!opinions) return html`<p class="wait">${say('looking')}</p>`;
  const open = opinions.filter(({ settled }) => !settled);
  const shown = state.settled ? opinions : open;
  if (opinions.length === 0) return html`<p>${say('nobody')}</p>`;
  const sum = (of: (one: OpinionGroup) => number) => opinions.reduce((total, one) => total + of(one), 0);
  return html`<p class="lead">${say('judged', {
    up: count(
      'up',
      sum(({ up }) => up),
    ),
    down: count(
      'down',
      sum(({ down }) => down),
    ),
    open: count('matters', open.length),
  })}</p>
    ${choice(state, actions)}
    ${shown.length === 0 ? html`<p>${say('noneOpen')}</p>` : nothing}
    <ul class="cards">${shown.slice(0, GROUPS_DRAWN).map((one) => opinionView(one, state, actions))}</ul>`;
}

function opinionView({ question, up, down, opinions, settled }: OpinionGroup, state: State, actions: Actions): TemplateResult {
  const ids = opinions.map(({ id }) => id);
  return html`<li class=${settled ? 'settled' : ''}>
    <h3 dir="auto">${question}</h3>
    <p class="soft"><span class="tag good">${say('usefulCount', { count: up })}</span> <span class="tag ${down > 0 ? 'poor' : ''}">${say('notUsefulCount', { count: down })}</span></p>
    <ul class="opinions">${opinions.slice(0, 20).map(
      (one) => html`<li>
        <p><strong>${say(one.verdict === 'up' ? 'useful' : 'notUseful')}</strong> <span class="soft">${when(one.time)} · ${say(one.status)}${one.site ? ` · ${one.site}` : ''}</span></p>
        ${one.comment ? html`<blockquote dir="auto">${one.comment}</blockquote>` : nothing}
        <details><summary>${say('theAnswer')}<span class="unseen"> ${when(one.time)}</span></summary>${one.question === question ? nothing : html`<p dir="auto"><em>${one.question}</em></p>`}<p dir="auto">${one.answer}</p></details>
      </li>`,
    )}</ul>
    ${opinions.length > 20 ? html`<p class="soft">${say('andMore', { count: opinions.length - 20 })}</p>` : nothing}
    <p class="does">
      ${settleButton(ids, settled, question, state, actions)}
      <button type="button" class="button quiet" aria-label=${`${say('makeCase')}: ${question}`} @click=${() => makeCase({ opinions: [ids[0] as string] }, state, actions)}>${say('makeCase')}</button>
    </p>
  </li>`;
}

const choice = (state: State, actions: Actions): TemplateResult => html`<p class="switch">
  <input id="settled" type="checkbox" .checked=${state.settled} @change=${(event: Event) => {
    state.settled = (event.target as HTMLInputElement).checked;
    actions.draw();
  }}><label for="settled">${say('settledToo')}</label></p>`;

function settleButton(keys: readonly string[], settled: boolean, question: string, state: State, actions: Actions): TemplateResult {
  const run = async () => {
    try {
      await service.settle(keys, !settled);
      await actions.load(state.section);
      actions.say(`${say(settled ? 'openAgain' : 'dealtWith')}.`);
      // What was pressed may be gone from the list.
      document.getElementById('section')?.focus();
    } catch (error) {
      actions.say((error as Error).message, true);
    }
  };
  return html`<button type="button" class="button" aria-label=${`${say(settled ? 'openAgain' : 'dealtWith')}: ${question}`} @click=${run}>${say(settled ? 'openAgain' : 'dealtWith')}</button>`;
}

async function makeCase(
  of: { opinions?: string[]; questions?: { question: string; rightly: boolean }[] },
  state: State,
  actions: Actions,
): Promise<void> {
  try {
    state.made = await service.cases(of, state.overview?.cases !== null);
    actions.draw();
    document.querySelector<HTMLDialogElement>('#made')?.showModal();
  } catch (error) {
    actions.say((error as Error).message, true);
  }
}

/** The case that was made, to be taken along. */
export function madeView({ made }: State, actions: Actions): TemplateResult {
  const take = () => {
    const address = URL.createObjectURL(new Blob([made?.yaml ?? ''], { type: 'application/yaml' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: 'cases.yaml' });
    link.click();
    URL.revokeObjectURL(address);
  };
  const copy = async () => {
    const done = await navigator.clipboard.writeText(made?.yaml ?? '').then(
      () => true,
      () => false,
    );
    actions.say(say(done ? 'copied' : 'notCopied'), !done);
  };
  return html`<dialog id="made" aria-labelledby="made-title">
    <h2 id="made-title">${say(made?.file ? 'madeAdded' : 'madeCase')}</h2>
    ${made?.file ? html`<p>${sayRich(made.open > 0 ? 'madeOpen' : 'madeAsked', { file: made.file })}</p>` : html`<p>${made && made.open > 0 ? `${say('madeSay')} ` : ''}${sayRich('madeSet')}</p>`}
    <pre tabindex="0" aria-label=${say('theCase')}>${made?.yaml ?? ''}</pre>
    <form method="dialog" class="does">
      <button type="button" class="button quiet" @click=${take}>${say('download')}</button>
      <button type="button" class="button quiet" @click=${copy}>${say('copy')}</button>
      <button type="submit" class="button" autofocus>${say('close')}</button>
    </form>
  </dialog>`;
}
