import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LineCounter, parseDocument, stringify } from 'yaml';
import { pilcrowError } from '../core/errors.ts';
import { caseProblems, type EvalCase } from './case.ts';

/** Cases of one file, with where each begins. */
export interface Dataset {
  /** File name without folder and ending. */
  name: string;
  file: string;
  cases: EvalCase[];
  /** Line of each case, from 1. */
  lines: number[];
}

export interface CaseProblem {
  file: string;
  line: number;
  /** Id of the case, or null when it has none. */
  id: string | null;
  message: string;
}

/** Largest case file read, bytes; 100,000 cases take about 60 MB. */
const MOST_BYTES = 100_000_000;

/**
 * Reads a case file: `.jsonl` with one case a line, else YAML (JSON is YAML). Rejects with `bad_request` that lists every
 * problem with its line; `details` holds them as Problem[].
 */
export async function loadCases(file: string): Promise<Dataset> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw pilcrowError('bad_request', `The case file ${file} cannot be read.`, { hint: error.message, cause: error });
  });
  if (bytes.length > MOST_BYTES) throw pilcrowError('too_large', `The case file ${file} is larger than ${MOST_BYTES} bytes.`);
  const { dataset, problems } = parseCases(bytes.toString('utf8'), file);
  if (problems.length > 0) throw problemsError(problems);
  return dataset;
}

export function problemsError(problems: readonly CaseProblem[]) {
  const shown = problems.slice(0, 20).map(showProblem);
  const more = problems.length > shown.length ? `\n… and ${problems.length - shown.length} more` : '';
  return pilcrowError(
    'bad_request',
    `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in the cases:\n${shown.join('\n')}${more}`,
    {
      hint: 'The format is described by evals/case.schema.json and docs/evaluation.md.',
      details: problems,
    },
  );
}

export function showProblem({ file, line, id, message }: CaseProblem): string {
  return `${file}:${line}: ${id === null ? '' : `${id}: `}${message}`;
}

/** `loadCases` over a text; every case that is well-formed is in the dataset, also when others are not. */
export function parseCases(text: string, file: string): { dataset: Dataset; problems: CaseProblem[] } {
  const problems: CaseProblem[] = [];
  const entries = /\.(?:jsonl|ndjson)$/i.test(file) ? linesOf(text, file, problems) : yamlOf(text, file, problems);
  const dataset: Dataset = { name: basename(file).replace(/\.[^.]+$/, ''), file, cases: [], lines: [] };
  const first = new Map<string, number>();
  for (const { value, line } of entries) {
    const id = typeof (value as { id?: unknown } | null)?.id === 'string' ? (value as { id: string }).id : null;
    const wrong = caseProblems(value);
    for (const { path, message } of wrong)
      problems.push({ file, line, id, message: `${path.length > 0 ? `${path.join('.')}: ` : ''}${message}` });
    if (id !== null && first.has(id)) problems.push({ file, line, id, message: `this id was used before, in line ${first.get(id)}` });
    else if (id !== null) first.set(id, line);
    if (wrong.length > 0) continue;
    dataset.cases.push(value as EvalCase);
    dataset.lines.push(line);
  }
  if (entries.length === 0 && problems.length === 0) problems.push({ file, line: 1, id: null, message: 'there are no cases in it' });
  return { dataset, problems };
}

function linesOf(text: string, file: string, problems: CaseProblem[]): { value: unknown; line: number }[] {
  const found: { value: unknown; line: number }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      found.push({ value: JSON.parse(line), line: index + 1 });
    } catch (error) {
      problems.push({ file, line: index + 1, id: null, message: `not JSON: ${(error as Error).message}` });
    }
  }
  return found;
}

function yamlOf(text: string, file: string, problems: CaseProblem[]): { value: unknown; line: number }[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  for (const { message, pos } of document.errors)
    problems.push({ file, line: counter.linePos(pos[0]).line, id: null, message: `not YAML: ${message}` });
  if (problems.length > 0) return [];
  // The alias limit of `toJS` (100) is what keeps a few lines from growing into gigabytes.
  const value: unknown = document.toJS();
  if (!Array.isArray(value)) {
    // A file the desk has begun holds comments alone until somebody says what is right.
    const message =
      value === null ? 'holds no case yet, comments at most: say in one what is right, and take the # away' : 'must be a list of cases';
    problems.push({ file, line: 1, id: null, message });
    return [];
  }
  const items = (document.contents as { items?: { range?: [number, number, number] }[] } | null)?.items ?? [];
  return value.map((one, index) => ({ value: one, line: counter.linePos(items[index]?.range?.[0] ?? 0).line }));
}

/** Cases as YAML for people. */
export function casesToYaml(cases: readonly EvalCase[]): string {
  return cases.map((one) => stringify([one], { lineWidth: 0 })).join('\n');
}

/** Cases as JSONL for machines. */
export function casesToJsonLines(cases: readonly EvalCase[]): string {
  return cases.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/** A YAML text as plain values, for the formats of other tools and the gate file. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text);
  if (document.errors[0]) throw pilcrowError('bad_request', `Not YAML: ${document.errors[0].message}`);
  return document.toJS();
}

export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
