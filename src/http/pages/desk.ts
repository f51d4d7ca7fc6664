import { html, nothing, render, type TemplateResult } from 'lit';
import { briefingsView } from './desk/briefings.ts';
import { type Progress, service } from './desk/client.ts';
import { evaluationView, follow } from './desk/evaluation.ts';
import { overviewView } from './desk/overview.ts';
import { madeView, opinionsView, questionsView } from './desk/people.ts';
import { type Actions, type DeskSection, SECTIONS, state } from './desk/state.ts';
import { number, place, say } from './desk/words.ts';

// The desk of whoever looks after the briefings: one state, drawn whole whenever it changes.

const VIEWS: Record<DeskSection, (of: typeof state, actions: Actions) => TemplateResult> = {
  overview: overviewView,
  briefings: briefingsView,
  questions: questionsView,
  opinions: opinionsView,
  evaluation: evaluationView,
};
const STAGES = { read: 'stageRead', embed: 'stageEmbed', write: 'stageWrite' } as const;

const actions: Actions = {
  draw: () => render(view(), place),
  say(words, bad = false) {
    state.said = { words, bad };
    actions.draw();
  },
  async work(what, run) {
    if (state.work) return;
    state.work = { what, progress: null };
    state.said = null;
    actions.draw();
    try {
      const words = await run((progress) => {
        state.work = { what, progress };
        actions.draw();
      });
      state.said = { words, bad: false };
    } catch (error) {
      state.said = { words: (error as Error).message, bad: true };
    } finally {
      state.work = null;
      actions.draw();
    }
  },
  async load(section) {
    try {
      if (section === 'questions') state.questions = await service.questions();
      else if (section === 'opinions') state.opinions = await service.opinions();
      else if (section === 'evaluation') state.evaluation = await service.evaluation();
      if (section === 'overview' || section === 'briefings' || state.overview === null) state.overview = await service.overview();
    } catch (error) {
      state.said = { words: (error as Error).message, bad: true };
    }
    actions.draw();
    follow(state, actions);
  },
};

function view(): TemplateResult {
  const { section, said, work } = state;
  return html`<nav class="sections" aria-label=${say('sections')}>
      <ul>${SECTIONS.map((one) => html`<li><a href="#${one}" aria-current=${one === section ? 'page' : nothing}>${say(one)}${badge(one)}</a></li>`)}</ul>
    </nav>
    <div class="section">
      <h2 id="section" tabindex="-1">${say(section)}</h2>
      <div class="saying">
        ${work ? workView(work.what, work.progress) : nothing}
        <p role="status" class=${said ? `said ${said.bad ? 'bad' : ''}` : 'unseen'}>${said?.words ?? (work ? work.what : '')}</p>
      </div>
      ${VIEWS[section](state, actions)}
    </div>
    ${madeView(state, actions)}
    <dialog id="sure" aria-labelledby="sure-title">
      <h2 id="sure-title">${say('sure')}</h2>
      <p><strong class="what" dir="auto"></strong> ${say('sureHow')}</p>
      <form method="dialog" class="does">
        <button type="submit" value="keep" class="button quiet" autofocus>${say('keepIt')}</button>
        <button type="submit" value="remove" class="button bad">${say('removeIt')}</button>
      </form>
    </dialog>`;
}

/** How much is open in a section, once it is known. */
function badge(section: DeskSection): TemplateResult | typeof nothing {
  const open = (groups: readonly { settled: boolean }[] | undefined) => groups?.filter(({ settled }) => !settled).length ?? 0;
  const waiting = section === 'questions' ? open(state.questions?.groups) : section === 'opinions' ? open(state.opinions ?? undefined) : 0;
  return waiting > 0 ? html` <span class="count">${number(waiting)}<span class="unseen"> ${say('open')}</span></span>` : nothing;
}

function workView(what: string, progress: Progress | null): TemplateResult {
  const known = progress !== null && progress.total > 0;
  const words = progress
    ? `${say('progress', { stage: say(STAGES[progress.stage]), done: progress.done, total: progress.total })}${progress.file ? `: ${progress.file}` : ''}`
    : say('beginning');
  return html`<div class="work"><p><strong>${what}</strong> <span class="soft">${words}</span></p>
    <progress aria-label=${what} max=${known ? progress.total : nothing} value=${known ? progress.done : nothing}></progress></div>`;
}

const named = (): DeskSection => SECTIONS.find((one) => `#${one}` === location.hash) ?? 'overview';

addEventListener('hashchange', () => {
  state.section = named();
  state.said = null;
  actions.draw();
  document.getElementById('section')?.focus();
  void actions.load(state.section);
});
state.section = named();
actions.draw();
// What is open elsewhere shows beside its section from the beginning.
void actions
  .load(state.section)
  .then(() => actions.load('questions'))
  .then(() => actions.load('opinions'));
