import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { isPilcrowError, pilcrowError } from '../../core/errors.ts';
import {
  type Baseline,
  baselineToJson,
  type Chat,
  compare,
  complete,
  completionsUrl,
  type Dataset,
  type Gate,
  htmlReport,
  jsonReport,
  judge,
  junit,
  lint,
  loadCases,
  makeBaseline,
  markdownReport,
  type Observation,
  observe,
  parseGate,
  problemsError,
  type Report,
  readBaseline,
  runGate,
  type SuiteReport,
  type SuiteResult,
  summarise,
  type Target,
} from '../../eval/index.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { sanitise } from '../terminal.ts';
import { showReport } from './eval-show.ts';
import { connectionOf, engineTarget, openIndex, serviceTarget, VARIANTS } from './eval-target.ts';

/** The target cannot be reached, or has nothing to answer from. */
const UNREACHABLE = 3;
const NO_TARGET = new Set(['unavailable', 'index_missing', 'index_damaged']);

interface Suite extends Dataset {
  blind: boolean;
  corpus: string | null;
}

/** Asks, scores, reports, gates. Exits with 1 when the gate fails, with 3 when there is nobody to ask. */
export async function run(context: CommandContext, options: Record<string, unknown>, ...rest: unknown[]): Promise<number> {
  try {
    return await runEval(context, options, (rest[0] as string[] | undefined) ?? []);
  } catch (error) {
    if (!isPilcrowError(error) || !NO_TARGET.has(error.code)) throw error;
    context.output.note(`pilcrow: ${sanitise(error.message)}${error.hint ? `\n  ${sanitise(error.hint)}` : ''}`);
    return UNREACHABLE;
  }
}

async function runEval(context: CommandContext, options: Record<string, unknown>, files: string[]): Promise<number> {
  const { output, signal } = context;
  const gate = typeof options.gate === 'string' ? parseGate(await readText(options.gate), options.gate) : null;
  const suites = await readSuites(files, gate, options);
  const variants = readVariants(options);
  const concurrency = concurrencyOf(options, typeof options.target === 'string');
  const baselineFile = baselineOf(options, gate);
  const baseline = baselineFile ? await readBaseline(baselineFile) : null;
  const reportFiles = reportsOf(options);

  const asking: Asking = { suites, variants, concurrency, options, context };
  const { measured, ablations } = typeof options.target === 'string' ? await askService(options.target, asking) : await askEngine(asking);
  const judged = await judgeAll(measured, options, signal);
  const reports: SuiteReport[] = measured.map(({ result, observations, suite }, index) => ({
    result,
    comparison: compare(result, baseline),
    cases: suite.cases,
    observations,
    judged: judged[index] ?? null,
  }));
  const results = reports.map(({ result }) => result);
  // A baseline that is being replaced is shown, and gates nothing.
  const comparisons = reports.map(({ comparison }) => (options.updateBaseline ? null : comparison));
  const casesOf = (name: string) => suites.find((suite) => suite.name === name)?.cases ?? [];
  const checks = gate ? runGate(gate, results, comparisons, casesOf) : null;
  const made = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  const report: Report = { title: 'Pilcrow evaluation', made, command: commandOf(files, options), suites: reports, checks, ablations };

  if (options.updateBaseline && baselineFile) {
    const fresh = makeBaseline(results, made, answersOf(measured));
    // Suites that were not run stay as they are.
    const merged: Baseline = { ...fresh, suites: { ...baseline?.suites, ...fresh.suites } };
    await write(baselineFile, baselineToJson(merged));
  }
  for (const file of reportFiles) await write(file, (WRITERS[extname(file)] as (typeof WRITERS)[string])(report));
  if (context.json) output.json(jsonReport(report));
  else {
    showReport(report, output);
    if (areTheSame(ablations)) output.note('Every variant scored exactly the same: this engine does not leave stages out.');
    for (const file of reportFiles) output.note(`Report: ${file}`);
    if (options.updateBaseline) output.note(`Baseline: ${baselineFile}`);
  }
  return checks?.some((check) => !check.passed) ? EXIT.failure : EXIT.ok;
}

/** One suite as it was asked and scored. */
interface Measured {
  result: SuiteResult;
  observations: Observation[];
  suite: Suite;
}

/** The file results are compared with and kept in; null for none. Throws `bad_request` where it may not be replaced. */
function baselineOf(options: Record<string, unknown>, gate: Gate | null): string | null {
  const file = (options.baseline as string | undefined) ?? gate?.baseline ?? null;
  if (options.updateBaseline && !file) throw pilcrowError('bad_request', '--update-baseline needs --baseline, or a gate that names one.');
  if (options.updateBaseline && (options.tag || options.only))
    throw pilcrowError('bad_request', 'A baseline is made of all cases, not of some with --tag or --only.');
  return file;
}

function reportsOf(options: Record<string, unknown>): string[] {
  const files = (options.report as string[] | undefined) ?? [];
  for (const file of files)
    if (!(extname(file) in WRITERS))
      throw pilcrowError('bad_request', `A report ends in ${Object.keys(WRITERS).join(', ')}; ${file} does not.`);
  return files;
}

/** Asks some of the suites, one after the other. `kept`: results are written as they come, where a file is named for them. */
async function askSuites(asked: readonly Suite[], target: Target, kept: boolean, asking: Asking): Promise<Measured[]> {
  const { suites, concurrency, options, context } = asking;
  const list: Measured[] = [];
  for (const suite of asked) {
    const observations = await observe({
      cases: suite.cases,
      target,
      concurrency,
      ...(kept && typeof options.results === 'string'
        ? { results: { file: resultsFile(options.results, suite, suites), restart: options.restart === true } }
        : {}),
      signal: context.signal,
      onProgress: progressOf(suite.name, target.name, context),
    });
    list.push({ result: summarise(suite.name, suite.cases, observations, target, suite.blind), observations, suite });
  }
  return list;
}

/** What is asked, and how. */
interface Asking {
  suites: readonly Suite[];
  variants: readonly string[];
  /** Questions at once. */
  concurrency: number;
  options: Record<string, unknown>;
  context: CommandContext;
}

interface Asked {
  measured: Measured[];
  ablations: Report['ablations'];
}

/** Asks a service over HTTP what it has briefings for. */
async function askService(url: string, asking: Asking): Promise<Asked> {
  const { suites, variants, options, context } = asking;
  if (variants.length > 0) throw pilcrowError('bad_request', '--ablate works on this engine only, not with --target.');
  const own = suites.filter(({ corpus }) => corpus !== null);
  if (own.length > 0) context.output.note(`Not asked, since the service has other briefings: ${own.map(({ name }) => name).join(', ')}.`);
  const target = await serviceTarget(url, options, context.signal);
  const asked = suites.filter(({ corpus }) => corpus === null);
  return { measured: await askSuites(asked, target, true, asking), ablations: [] };
}

/** Asks the engine in this process, in each of its variants, once for each corpus the suites are about. */
async function askEngine(asking: Asking): Promise<Asked> {
  const { suites, variants, options, context } = asking;
  const rows = new Map((variants.length > 0 ? variants : ['full']).map((variant) => [variant, [] as Measured[]]));
  for (const corpus of new Set(suites.map((suite) => suite.corpus))) {
    const own = corpus === null ? context : { ...context, config: { ...context.config, corpus } };
    const asked = suites.filter((suite) => suite.corpus === corpus);
    const opened = await openIndex(own, corpus === null ? options : { ...options, corpus, index: undefined });
    try {
      for (const [variant, list] of rows) {
        const engine = await engineTarget(opened.config, variant, options.written === true);
        try {
          list.push(...(await askSuites(asked, engine.target, variant === 'full', asking)));
        } finally {
          await engine.close();
        }
      }
    } finally {
      await opened.close();
    }
  }
  const ablations = [...rows].map(([variant, list]) => ({ variant, results: list.map(({ result }) => result) }));
  return { measured: rows.get('full') ?? [], ablations: variants.length > 0 ? ablations : [] };
}

/** The answers that were given, as a baseline keeps them; empty for what was not asked. */
const answersOf =
  (measured: readonly Measured[]) =>
  (suite: string, id: string, phrasing: number): string =>
    measured.find(({ result }) => result.suite === suite)?.observations.find((one) => one.id === id && one.phrasing === phrasing)?.answer
      ?.answer ?? '';

const areTheSame = (ablations: Report['ablations']): boolean =>
  ablations.length > 1 && new Set(ablations.map((row) => row.results.map((result) => result.digest).join())).size === 1;

const WRITERS: Record<string, (report: Report) => string> = {
  '.html': htmlReport,
  '.md': markdownReport,
  '.json': (report) => `${JSON.stringify(jsonReport(report), null, 2)}\n`,
  '.xml': (report) => junit(report.suites, report.checks),
};

async function readSuites(files: readonly string[], gate: Gate | null, options: Record<string, unknown>): Promise<Suite[]> {
  if (files.length === 0 && !gate)
    throw pilcrowError('bad_request', 'No case file was named.', { hint: 'Name one, or a gate with --gate.' });
  const wanted =
    files.length > 0
      ? files.map((file) => ({ file, name: null as string | null, blind: options.blind === true, corpus: null as string | null }))
      : (gate?.suites ?? []).map(({ name, cases, blind, corpus }) => ({
          file: cases,
          name,
          blind: blind || options.blind === true,
          corpus,
        }));
  const tags = options.tag as string[] | undefined;
  const only = options.only as string[] | undefined;
  const suites: Suite[] = [];
  for (const { file, name, blind, corpus } of wanted) {
    const dataset = await loadCases(file);
    const { errors } = await lint(dataset);
    if (errors.length > 0) throw problemsError(errors);
    const cases = dataset.cases.filter((one) => (!tags || tags.some((tag) => one.tags?.includes(tag))) && (!only || only.includes(one.id)));
    if (cases.length === 0) continue;
    const known = gate?.suites.find((suite) => suite.cases === file || suite.name === dataset.name);
    const suite = { ...dataset, name: name ?? known?.name ?? dataset.name, cases, blind: blind || known?.blind === true, corpus };
    if (suites.some((other) => other.name === suite.name)) throw pilcrowError('bad_request', `Two case files are called ${suite.name}.`);
    suites.push(suite);
  }
  if (suites.length === 0) throw pilcrowError('bad_request', 'No case is left after --tag and --only.');
  return suites;
}

function readVariants(options: Record<string, unknown>): string[] {
  if (options.ablate === undefined) return [];
  const list = [
    ...new Set(
      String(options.ablate)
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ];
  for (const name of list)
    if (!(name in VARIANTS))
      throw pilcrowError('bad_request', `There is no variant “${name}”.`, { hint: `Variants are ${Object.keys(VARIANTS).join(', ')}.` });
  // What is gated and reported in full is the whole engine.
  return list.includes('full') ? list : [...list, 'full'];
}

/** Questions asked of a service at once, unless told otherwise, and at most. */
const REMOTE_AT_ONCE = 4;
const MOST_AT_ONCE = 64;

function concurrencyOf(options: Record<string, unknown>, remote: boolean): number {
  // In process there is one thread: more at once would only lengthen each other's times.
  if (options.concurrency === undefined) return remote ? REMOTE_AT_ONCE : 1;
  const number = Number(options.concurrency);
  if (!Number.isInteger(number) || number < 1 || number > MOST_AT_ONCE)
    throw pilcrowError('bad_request', `--concurrency is a whole number from 1 to ${MOST_AT_ONCE}.`);
  return number;
}

function resultsFile(file: string, suite: Suite, suites: readonly Suite[]): string {
  if (suites.length === 1) return file;
  const ending = extname(file);
  return `${file.slice(0, file.length - ending.length)}.${suite.name}${ending}`;
}

/** A line that is written over on a terminal; silence elsewhere. */
function progressOf(suite: string, target: string, { json, host: { errors } }: CommandContext): (done: number, total: number) => void {
  if (json || !errors.isTTY) return () => {};
  return (done, total) => {
    const line = `Asking ${sanitise(suite)} of ${sanitise(target)}: ${done} of ${total}`;
    errors.write(done === total ? '\r\u001b[K' : `\r\u001b[K${line.slice(0, (errors.columns ?? 80) - 1)}`);
  };
}

async function judgeAll(
  measured: readonly Measured[],
  options: Record<string, unknown>,
  signal: AbortSignal,
): Promise<(Awaited<ReturnType<typeof judge>> | null)[]> {
  if (typeof options.judge !== 'string') return measured.map(() => null);
  const model = options.judgeModel as string;
  const url = completionsUrl(options.judge);
  const connection = await connectionOf(options);
  const chat: Chat = (messages, stop) => complete(url, model, messages, connection, stop);
  const list = [];
  for (const { result, observations, suite } of measured) {
    list.push(await judge(suite.cases, observations, result.scores, { chat, model, cache: options.judgeCache as string, signal }));
  }
  return list;
}

function commandOf(files: readonly string[], options: Record<string, unknown>): string {
  const shown = ['gate', 'corpus', 'index', 'target', 'model', 'ablate', 'tag', 'only'].flatMap((name) => {
    const value = options[name];
    if (value === undefined || (name === 'model' && options.target === undefined)) return [];
    return [value].flat().map((one) => `--${name} ${one}`);
  });
  return ['pilcrow eval run', ...files, ...shown].join(' ');
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw pilcrowError('bad_request', `${file} cannot be read.`, { hint: error.message, cause: error });
  });
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
