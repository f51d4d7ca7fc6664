import { html, nothing, type TemplateResult } from 'lit';
import { base, service } from './client.ts';
import type { Actions, State } from './state.ts';
import { when } from './words.ts';

/** How often a run is looked after. */
const LOOK_MILLISECONDS = 1500;

export function evaluationView(state: State, actions: Actions): TemplateResult {
  const { evaluation, overview } = state;
  if (!evaluation || !overview) return html`<p class="wait">Looking…</p>`;
  if (overview.cases === null)
    return html`<p class="notice">There are no cases to ask. Set <code>PILCROW_CASES</code> to a YAML file, e.g. <code>data/cases.yaml</code>; the desk adds cases to it from opinions and from what was not found.</p>`;
  const run = async () => {
    try {
      state.evaluation = await service.evaluate();
      actions.say('The evaluation runs.');
      follow(state, actions);
    } catch (error) {
      actions.say((error as Error).message, true);
    }
  };
  return html`<p class="lead">Puts every question of <code>${overview.cases}</code> to the briefings and compares what comes with what is right.</p>
    <p class="does">
      <button type="button" class="button" ?disabled=${evaluation.running} @click=${run}>Run the evaluation</button>
      ${evaluation.report ? html`<a class="button quiet" href="${base}desk/evaluation" target="_blank" rel="noopener">Read the report<span class="unseen"> (opens in a new tab)</span></a>` : nothing}
    </p>
    ${evaluation.running ? html`<p class="wait">It runs since ${evaluation.began ? when(evaluation.began) : 'a moment'}. You may leave this page.</p>` : nothing}
    ${evaluation.failed ? html`<div class="notice bad"><p><strong>The last run failed.</strong></p><pre tabindex="0" aria-label="What it said">${evaluation.failed}</pre></div>` : nothing}
    ${
      evaluation.ended && evaluation.verdicts.length > 0
        ? html`<section class="panel" aria-labelledby="verdict"><h3 id="verdict">The run of ${when(evaluation.ended)}</h3>${evaluation.verdicts.map((one) => html`<p>${one}</p>`)}</section>`
        : nothing
    }`;
}

let following = false;
/** Looks after a run until it is through. */
export function follow(state: State, actions: Actions): void {
  if (following || !state.evaluation?.running) return;
  following = true;
  const look = async (): Promise<void> => {
    state.evaluation = await service.evaluation().catch(() => state.evaluation);
    actions.draw();
    if (state.evaluation?.running) {
      setTimeout(() => void look(), LOOK_MILLISECONDS);
      return;
    }
    following = false;
    actions.say(state.evaluation?.failed ? 'The evaluation failed.' : 'The evaluation is through.', Boolean(state.evaluation?.failed));
  };
  setTimeout(() => void look(), LOOK_MILLISECONDS);
}
