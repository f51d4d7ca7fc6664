import type { IndexReader } from '../core/ports.ts';
import { type EvalCase, type Evidence, needsOf, rightStatuses } from './case.ts';
import type { CaseProblem, Dataset } from './dataset.ts';
import { breaks, isBriefing, nameFact, plain, proves, sameEdition, states } from './match.ts';
import { createExaminer } from './slow-regex.ts';

export interface LintOptions {
  /** The corpus the quotes are from; absent, quotes are not looked up. */
  index?: IndexReader | null;
  /** True for a corpus in another wording: anchors instead of quotes must be found. */
  otherWording?: boolean;
}

export interface LintResult {
  errors: CaseProblem[];
  /** What is probably a slip, but may be meant. */
  warnings: CaseProblem[];
}

/** Briefings as lint needs them, read once. */
interface Source {
  id: string;
  source: string;
  edition: string | null;
  /** `plain`. */
  text: string;
  paragraphs: { text: string; headings: string[] }[];
}

/** Checks cases that are well-formed: regular expressions, contradictions, and that their evidence is where they say. */
export async function lint(dataset: Dataset, { index = null, otherWording = false }: LintOptions = {}): Promise<LintResult> {
  const errors: CaseProblem[] = [];
  const warnings: CaseProblem[] = [];
  const sources = index ? await readSources(index) : null;
  const asked = new Map<string, string>();
  const examine = createExaminer();
  for (const [at, one] of dataset.cases.entries()) {
    const problem = (message: string): CaseProblem => ({ file: dataset.file, line: dataset.lines[at] as number, id: one.id, message });
    for (const message of contradictions(one)) errors.push(problem(message));
    for (const source of patternsOf(one)) {
      const slow = examine(source, 'iu').problem;
      if (slow) errors.push(problem(slow));
    }
    for (const question of [one.question, ...(one.paraphrases ?? [])]) {
      const key = JSON.stringify([plain(question), one.history, one.edition, one.briefings]);
      const before = asked.get(key);
      if (before !== undefined) warnings.push(problem(`asks the same as ${before}: ${question}`));
      asked.set(key, one.id);
    }
    if (!sources) continue;
    for (const entry of one.evidence ?? []) {
      const wrong = otherWording ? anchorProblem(entry, sources) : quoteProblem(entry, sources);
      if (wrong) errors.push(problem(wrong));
    }
    if (!otherWording) for (const message of unprovenFacts(one, sources)) warnings.push(problem(message));
  }
  return { errors, warnings };
}

async function readSources(index: IndexReader): Promise<Source[]> {
  const list: Source[] = [];
  for (const { id, source, edition } of await index.briefings()) {
    const paragraphs = await index.paragraphsOf(id);
    list.push({ id, source, edition: edition.date, text: plain((await index.text(id)) ?? ''), paragraphs });
  }
  return list;
}

function contradictions(one: EvalCase): string[] {
  const found: string[] = [];
  const add = (wrong: boolean | undefined, message: string) => wrong && found.push(message);
  add(
    one.answerable && !one.facts?.length && !one.evidence?.length,
    'is answerable but says neither which facts nor which evidence a right answer has',
  );
  add(!one.answerable && (one.facts?.length ?? 0) > 0, 'is not answerable but has facts');
  add(!one.answerable && (one.evidence?.length ?? 0) > 0, 'is not answerable but has evidence');
  const statuses = rightStatuses(one);
  add(!one.answerable && !statuses.includes('not_found'), 'is not answerable, so status must allow not_found');
  add(one.answerable && statuses.every((status) => status === 'not_found'), 'is answerable, so status must allow more than not_found');
  add(new Set(one.tags ?? []).size !== (one.tags ?? []).length, 'has a tag twice');
  for (const fact of one.facts ?? []) {
    for (const wording of fact.any_of ?? []) {
      if ((one.forbidden ?? []).some((entry) => breaks(wording, entry))) found.push(`forbids what it demands: “${wording}”`);
    }
  }
  return found;
}

function patternsOf(one: EvalCase): string[] {
  const facts = (one.facts ?? []).flatMap((fact) => fact.matches ?? []);
  return [...facts, ...(one.forbidden ?? []).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.matches]))];
}

function named(entry: Evidence, sources: readonly Source[]): Source[] {
  return sources.filter(
    (one) =>
      (entry.edition === undefined || sameEdition(one.edition, entry.edition)) &&
      (entry.briefing === undefined || isBriefing(one, entry.briefing)),
  );
}

const place = ({ briefing, edition }: Evidence) =>
  [briefing ? `briefing ${briefing}` : '', edition ? `edition ${edition}` : ''].filter(Boolean).join(', ') || 'the corpus';

function quoteProblem(entry: Evidence, sources: readonly Source[]): string | null {
  const fitting = named(entry, sources);
  if (fitting.length === 0) return `there is no ${place(entry)}`;
  const quote = plain(entry.quote);
  const times = fitting.reduce((sum, one) => sum + count(one.text, quote), 0);
  if (times !== 1)
    return `the quote “${entry.quote}” occurs ${times === 0 ? 'nowhere' : `${times} times`} in ${place(entry)}; it must occur exactly once`;
  // Across a paragraph break it could never be cited.
  if (!fitting.some((one) => one.paragraphs.some((paragraph) => plain(paragraph.text).includes(quote))))
    return `the quote “${entry.quote}” runs over the end of a paragraph`;
  return entry.anchors && !anchored(entry, fitting) ? `no paragraph of ${place(entry)} has all anchors: ${entry.anchors.join(', ')}` : null;
}

function anchorProblem(entry: Evidence, sources: readonly Source[]): string | null {
  const fitting = named(entry, sources);
  if (fitting.length === 0) return `there is no ${place(entry)}`;
  if (!entry.anchors) return `has no anchors for “${entry.quote}”, so it cannot be found in another wording`;
  return anchored(entry, fitting) ? null : `no paragraph of ${place(entry)} has all anchors: ${entry.anchors.join(', ')}`;
}

function anchored(entry: Evidence, sources: readonly Source[]): boolean {
  return sources.some((one) =>
    one.paragraphs.some((paragraph) => proves(cited(paragraph, one), { anchors: entry.anchors, quote: '\u0000' })),
  );
}

function cited({ text, headings }: { text: string; headings: string[] }, { id, source, edition }: Source) {
  return { text, headings, briefing: { id, title: '', series: '', source, newest: true, edition: { date: edition, stated: true } } };
}

/** Vital facts that no paragraph named as evidence states. */
function unprovenFacts(one: EvalCase, sources: readonly Source[]): string[] {
  const entries = needsOf(one).flat();
  if (entries.length === 0) return [];
  const texts = entries.flatMap((entry) =>
    named(entry, sources).flatMap((source) =>
      source.paragraphs
        .filter((paragraph) => proves(cited(paragraph, source), entry))
        .map(({ text, headings }) => [...headings, text].join('\n')),
    ),
  );
  return (one.facts ?? [])
    .filter((fact) => fact.vital !== false && !texts.some((text) => states(text, fact)))
    .map((fact) => `no paragraph of its evidence states ${nameFact(fact)}`);
}

function count(text: string, wording: string): number {
  let times = 0;
  for (let at = text.indexOf(wording); at >= 0; at = text.indexOf(wording, at + wording.length)) times++;
  return times;
}
