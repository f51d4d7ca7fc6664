import { html, nothing, type TemplateResult } from 'lit';
import { base, service } from './client.ts';
import type { Actions, State } from './state.ts';
import { say, sayRich, when } from './words.ts';

/** How often a run is looked after. */
const LOOK_MILLISECONDS = 1500;

export function evaluationView(state: State, actions: Actions): TemplateResult {
  const { evaluation, overview } = state;
  if (!evaluation || !overview) return html`<p class="wait">${say('looking')}</p>`;
  if (overview.cases === null) return html`<p class="notice">${sayRich('casesNone')}</p>`;
  const run = async () => {
    try {
      state.evaluation = await service.evaluate();
      actions.say(say('evaluationRuns'));
      follow(state, actions);
    } catch (error) {
      actions.say((error as Error).message, true);
    }
  };
  return html`<p class="lead">${sayRich('evaluationHow', { file: overview.cases })}</p>
    <p class="does">
      <button type="button" class="button" ?disabled=${evaluation.running} @click=${run}>${say('evaluationRun')}</button>
      ${evaluation.report ? html`<a class="button quiet" href="${base}desk/evaluation" target="_blank" rel="noopener">${say('evaluationReport')}<span class="unseen"> (${say('newTab')})</span></a>` : nothing}
    </p>
    ${evaluation.running ? html`<p class="wait">${say('runsSince', { time: evaluation.began ? when(evaluation.began) : say('aMoment') })}</p>` : nothing}
    ${evaluation.failed ? html`<div class="notice bad"><p><strong>${say('runFailed')}</strong></p><pre tabindex="0" aria-label=${say('whatItSaid')}>${evaluation.failed}</pre></div>` : nothing}
    ${
      evaluation.ended && evaluation.verdicts.length > 0
        ? html`<section class="panel" aria-labelledby="verdict"><h3 id="verdict">${say('runOf', { time: when(evaluation.ended) })}</h3>${evaluation.verdicts.map((one) => html`<p>${one}</p>`)}</section>`
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
    actions.say(say(state.evaluation?.failed ? 'evaluationFailed' : 'evaluationThrough'), Boolean(state.evaluation?.failed));
  };
  setTimeout(() => void look(), LOOK_MILLISECONDS);
}
