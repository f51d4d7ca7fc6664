import type { Html } from '../../core/html.ts';
import type { Citation, NearestPassage } from '../../core/model.ts';
import type { EvalCase } from '../case.ts';
import { missedEvidence, nameNeed } from '../missed.ts';
import type { Observation } from '../observation.ts';
import type { Score, ScoredSentence } from '../score.ts';
import { reportHtml as html } from './html-text.ts';
import { type SuiteReport, severity } from './report.ts';
import { wordDiff } from './word-diff.ts';

interface Item {
  one: EvalCase;
  observation: Observation;
  score: Score;
  moved: 'better' | 'worse' | null;
  answerBefore: string | null;
  rank: number;
}

/** Every question, worst first, each with what it answered, what that rests on and what it should have cited. */
export function caseList({ result, observations, cases, comparison }: SuiteReport): Html {
  if (result.blind)
    return html`<p class="aside">Single questions of this suite are not shown: it is kept for checking, not for tuning.</p>`;
  const byId = new Map(cases.map((one) => [one.id, one]));
  const items = observations.map((observation, index): Item => {
    const score = result.scores[index] as Score;
    const change = comparison?.cases.get(observation.id);
    const moved = !change || change.now === change.before ? null : change.now > change.before ? 'better' : 'worse';
    const before = change?.answers[observation.phrasing] ?? null;
    return {
      one: byId.get(observation.id) as EvalCase,
      observation,
      score,
      moved,
      answerBefore: before !== null && before !== (observation.answer?.answer ?? '') ? before : null,
      rank: severity({ reasons: score.reasons, regressed: moved === 'worse', invalid: observation.validity.length > 0 }),
    };
  });
  // Stable: equally bad ones stay in the order of the file.
  items.sort((a, b) => b.rank - a.rank);
  const wrong = items.filter((item) => !item.score.right).length;
  return html`<h3>${wrong === 0 ? 'Every question came out right' : `Question by question, worst first`}</h3>
<div class="tools" hidden><input type="search" aria-label="Search the questions" placeholder="Search questions, tags, answers"><label><input type="checkbox" value="wrong"${wrong > 0 ? html` checked` : null}> only those not right</label>${comparison ? html`<label><input type="checkbox" value="moved"> only changed ones</label>` : null}<output></output><span class="keys"><kbd>/</kbd> search <kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>Enter</kbd> open</span></div>
${items.map((item, index) => caseView(item, index === 0 && !item.score.right))}`;
}

function caseView(item: Item, open: boolean): Html {
  const { one, observation, score, moved, answerBefore } = item;
  const { answer, validity } = observation;
  const soft = !score.right && score.reasons.every(({ kind }) => kind === 'declined' || kind === 'status' || kind === 'limit');
  const why = score.right ? (score.declined ? 'Right: declined' : 'Right') : score.reasons.map((reason) => reason.text).join('; ');
  const text = [one.id, observation.question, ...(one.tags ?? []), answer?.answer ?? ''].join(' ').toLowerCase();
  const chips = [
    html`<span class="chip">${one.id}${observation.phrasing > 0 ? `, wording ${observation.phrasing + 1}` : ''}</span>`,
    ...(moved ? [html`<span class="chip ${moved === 'better' ? 'up' : 'down'}">${moved} than the baseline</span>`] : []),
    ...(one.tags ?? []).map((tag) => html`<span class="chip">${tag}</span>`),
  ];
  return html`<details class="case ${score.right ? 'right' : soft ? 'soft' : 'wrong'}" data-text="${text}" data-wrong="${score.right ? 0 : 1}" data-moved="${moved || answerBefore !== null ? 1 : 0}"${open ? html` open` : null}>
<summary><span class="q">${observation.question}</span><span class="why">${why}</span><span class="chips">${chips}</span></summary>
<div class="body">${one.history?.length ? html`<h4>Before it</h4><ul class="turns">${one.history.map((turn) => html`<li>${turn.role === 'user' ? 'Asked' : 'Answered'}: ${turn.content}</li>`)}</ul>` : null}
${answer ? answerView(observation, score) : html`<h4>The target failed</h4><p>${observation.error}</p>`}
${validity.length > 0 ? html`<h4>Citations that are not valid</h4><ul class="facts">${validity.map((problem) => html`<li class="no">${problem.number > 0 ? `[${problem.number}] ` : ''}${problem.message}</li>`)}</ul>` : null}
${score.facts.length > 0 ? html`<h4>Facts</h4><ul class="facts">${score.facts.map((fact) => html`<li class="${fact.found ? 'yes' : 'no'}">${fact.name}${fact.vital ? '' : ' (not vital)'}</li>`)}</ul>` : null}
${missedView(one, observation)}
${answerBefore !== null ? beforeView(answerBefore, answer?.answer ?? '') : null}</div></details>`;
}

function answerView({ answer }: Observation, score: Score): Html {
  if (!answer) return html``;
  if (answer.sentences.length === 0) return html`<h4>Answer</h4><p class="before">${answer.answer}</p>`;
  const rows = score.sentences.map((sentence) => {
    const cited = answer.citations.filter((citation) => sentence.citations.includes(citation.number));
    return html`<div class="sides">${sentenceView(sentence)}<div>${cited.length > 0 ? cited.map(sourceView) : html`<p class="source">Nothing is cited.</p>`}</div></div>`;
  });
  const notes = answer.notes.map((note) => html`<li>${note.text}</li>`);
  return html`<h4>Answer and what it rests on</h4>${rows}${notes.length > 0 ? html`<h4>Notes</h4><ul class="turns">${notes}</ul>` : null}`;
}

function sentenceView({ text, supported, words, missing, verbatim, citations }: ScoredSentence): Html {
  const kind = supported ? 'yes' : citations.length > 0 && missing.length === 0 ? 'part' : 'no';
  const says = verbatim
    ? 'Word for word in its source'
    : supported
      ? `Supported: ${Math.round(words * 100)}% of its words, all figures and names`
      : citations.length === 0
        ? 'No source'
        : missing.length > 0
          ? `Not in its source: ${missing.join(', ')}`
          : `Only ${Math.round(words * 100)}% of its words are in its source`;
  return html`<div class="sentence ${kind}"><p>${text}</p><small>${says}</small></div>`;
}

function edition({ briefing }: Citation | NearestPassage): string {
  return briefing.edition.date ? `${briefing.edition.date} edition` : 'undated';
}

function sourceView(citation: Citation): Html {
  const { quote, text } = citation;
  const at = quote.exact === '' ? -1 : text.indexOf(`${quote.prefix}${quote.exact}`);
  const from = at < 0 ? -1 : at + quote.prefix.length;
  const body = from < 0 ? html`${text}` : html`${text.slice(0, from)}<mark>${quote.exact}</mark>${text.slice(from + quote.exact.length)}`;
  return html`<div class="source"><b>[${citation.number}] ${citation.briefing.title}</b>, ${edition(citation)} · ${[...citation.headings, citation.paragraph].join(' › ')}<blockquote>${body}</blockquote></div>`;
}

/** Evidence that was not cited, with the best passage that holds it, if retrieval found one. */
function missedView(one: EvalCase, observation: Observation): Html | null {
  const missed = missedEvidence(one, observation);
  if (missed.length === 0) return null;
  const count = observation.passages?.length ?? null;
  const rows = missed.map(({ need, found }) => {
    const where = found
      ? html` · retrieved at rank ${found.rank}: ${found.passage.paragraph}, ${edition(found.passage)}<blockquote>${found.passage.text}</blockquote>`
      : count === null
        ? null
        : html` · not among the ${count} passages retrieved`;
    return html`<div class="source"><b>${nameNeed(need)}</b>${where}</div>`;
  });
  return html`<h4>Evidence it should have cited</h4>${rows}`;
}

function beforeView(before: string, now: string): Html {
  const parts = wordDiff(before, now).map(({ kind, text }) =>
    kind === 'same' ? html`${text}` : kind === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`,
  );
  return html`<h4>Changed since the baseline</h4><p class="before">${parts}</p>`;
}
