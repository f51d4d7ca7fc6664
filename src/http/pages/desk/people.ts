import { html, nothing, type TemplateResult } from 'lit';
import type { OpinionGroup, QuestionGroup } from '../../../core/desk.ts';
import { base, service } from './client.ts';
import type { Actions, State } from './state.ts';
import { count, when } from './words.ts';

/** Groups that are drawn. */
const SHOWN = 200;

export function questionsView(state: State, actions: Actions): TemplateResult {
  const { questions } = state;
  if (!questions) return html`<p class="wait">Looking…</p>`;
  if (!questions.kept)
    return html`<p class="notice">Questions are not kept here, so nothing is known of what people did not find. <code>PILCROW_QUESTION_LOG_DAYS=30</code> keeps them for 30 days, without names; pages and widget then say so before anybody asks.</p>`;
  const open = questions.groups.filter(({ settled }) => !settled);
  const shown = state.settled ? questions.groups : open;
  const missed = questions.groups.reduce((sum, one) => sum + one.times, 0);
  return html`<p class="lead">${count(missed, 'of the questions kept', 'of the questions kept')} found nothing, out of ${questions.asked.toLocaleString('en')}: ${count(open.length, 'matter is', 'matters are')} open.</p>
    ${choice(state, actions)}
    ${shown.length === 0 ? html`<p>${state.settled ? 'Nothing was asked in vain.' : 'Nothing is open.'}</p>` : nothing}
    <ul class="cards">${shown.slice(0, SHOWN).map((one) => questionView(one, state, actions))}</ul>
    ${shown.length > SHOWN ? html`<p class="soft">And ${shown.length - SHOWN} more, asked less often.</p>` : nothing}`;
}

function questionView(one: QuestionGroup, state: State, actions: Actions): TemplateResult {
  const { question, wordings } = one;
  const make = (rightly: boolean) => makeCase({ questions: [{ question, rightly }] }, state, actions);
  return html`<li class=${one.settled ? 'settled' : ''}>
    <h3 dir="auto">${question}</h3>
    <p class="soft">Asked ${count(one.times, 'time', 'times')} by ${count(one.askers, 'person', 'people')} a day at most, last on ${when(one.last)}; ${one.closest > 0 ? html`the closest passages were shown ${count(one.closest, 'time', 'times')}` : nothing}${one.closest > 0 && one.declined > 0 ? ', ' : nothing}${one.declined > 0 ? `declined ${count(one.declined, 'time', 'times')}` : nothing}.</p>
    ${wordings.length > 1 ? html`<details><summary>${count(wordings.length, 'wording', 'wordings')}</summary><ul class="plain">${wordings.map((wording) => html`<li dir="auto">${wording.question} <span class="soft">${wording.times}×</span></li>`)}</ul></details>` : nothing}
    <p class="does">
      ${settleButton(one.keys, one.settled, question, state, actions)}
      <a class="button quiet" href="${base}?q=${encodeURIComponent(question)}" target="_blank" rel="noopener">Ask it now<span class="unseen">: ${question} (opens in a new tab)</span></a>
      <button type="button" class="button quiet" aria-label="Case: it is answered: ${question}" @click=${() => make(false)}>Case: it is answered</button>
      <button type="button" class="button quiet" aria-label="Case: rightly declined: ${question}" @click=${() => make(true)}>Case: rightly declined</button>
    </p>
  </li>`;
}

export function opinionsView(state: State, actions: Actions): TemplateResult {
  const { opinions } = state;
  if (!opinions) return html`<p class="wait">Looking…</p>`;
  const open = opinions.filter(({ settled }) => !settled);
  const shown = state.settled ? opinions : open;
  const sum = (of: (one: OpinionGroup) => number) => opinions.reduce((total, one) => total + of(one), 0);
  return html`<p class="lead">${count(
    sum(({ up }) => up),
    'answer was',
    'answers were',
  )} called useful and ${count(
    sum(({ down }) => down),
    'answer',
    'answers',
  )} not; ${count(open.length, 'matter is', 'matters are')} open.</p>
    ${choice(state, actions)}
    ${shown.length === 0 ? html`<p>${opinions.length === 0 ? 'Nobody has said anything yet.' : 'Nothing is open.'}</p>` : nothing}
    <ul class="cards">${shown.slice(0, SHOWN).map((one) => opinionView(one, state, actions))}</ul>`;
}

function opinionView({ question, up, down, opinions, settled }: OpinionGroup, state: State, actions: Actions): TemplateResult {
  const ids = opinions.map(({ id }) => id);
  return html`<li class=${settled ? 'settled' : ''}>
    <h3 dir="auto">${question}</h3>
    <p class="soft"><span class="tag good">${count(up, 'useful', 'useful')}</span> <span class="tag ${down > 0 ? 'poor' : ''}">${down.toLocaleString('en')} not useful</span></p>
    <ul class="opinions">${opinions.slice(0, 20).map(
      (one) => html`<li>
        <p><strong>${one.verdict === 'up' ? 'Useful' : 'Not useful'}</strong> <span class="soft">${when(one.time)} · ${one.status.replaceAll('_', ' ')}${one.site ? ` · ${one.site}` : ''}</span></p>
        ${one.comment ? html`<blockquote dir="auto">${one.comment}</blockquote>` : nothing}
        <details><summary>The answer<span class="unseen"> of ${when(one.time)}</span></summary>${one.question === question ? nothing : html`<p dir="auto"><em>${one.question}</em></p>`}<p dir="auto">${one.answer}</p></details>
      </li>`,
    )}</ul>
    ${opinions.length > 20 ? html`<p class="soft">And ${opinions.length - 20} more.</p>` : nothing}
    <p class="does">
      ${settleButton(ids, settled, question, state, actions)}
      <button type="button" class="button quiet" aria-label="Make a case: ${question}" @click=${() => makeCase({ opinions: [ids[0] as string] }, state, actions)}>Make a case</button>
    </p>
  </li>`;
}

const choice = (state: State, actions: Actions): TemplateResult => html`<p class="switch">
  <input id="settled" type="checkbox" .checked=${state.settled} @change=${(event: Event) => {
    state.settled = (event.target as HTMLInputElement).checked;
    actions.draw();
  }}><label for="settled">Also what was dealt with</label></p>`;

function settleButton(keys: readonly string[], settled: boolean, question: string, state: State, actions: Actions): TemplateResult {
  const run = async () => {
    try {
      await service.settle(keys, !settled);
      await actions.load(state.section);
      actions.say(settled ? 'Open again.' : 'Dealt with.');
      // What was pressed may be gone from the list.
      document.getElementById('section')?.focus();
    } catch (error) {
      actions.say((error as Error).message, true);
    }
  };
  return html`<button type="button" class="button" aria-label="${settled ? 'Open again' : 'Dealt with'}: ${question}" @click=${run}>${settled ? 'Open again' : 'Dealt with'}</button>`;
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
    actions.say(done ? 'Copied.' : 'It could not be copied.', !done);
  };
  return html`<dialog id="made" aria-labelledby="made-title">
    <h2 id="made-title">${made?.file ? 'Added to the evaluation' : 'A case for the evaluation'}</h2>
    ${made?.file ? html`<p>It stands in <code>${made.file}</code>${made.open > 0 ? ' as a comment, until somebody has said there what is right' : ' and is asked with the next run'}.</p>` : html`<p>${made && made.open > 0 ? 'Say in it what is right before it joins the evaluation. ' : ''}Set <code>PILCROW_CASES</code> to a file, and the desk adds cases to it.</p>`}
    <pre tabindex="0" aria-label="The case">${made?.yaml ?? ''}</pre>
    <form method="dialog" class="does">
      <button type="button" class="button quiet" @click=${take}>Download</button>
      <button type="button" class="button quiet" @click=${copy}>Copy</button>
      <button type="submit" class="button" autofocus>Close</button>
    </form>
  </dialog>`;
}
