import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import type { EvaluationState } from '../core/desk.ts';
import { pilcrowError } from '../core/errors.ts';

/** What is kept of what a run wrote when it failed. */
const MOST_WORDS = 2000;
/** Longest run: an hour of questions, one after the other. */
const LONGEST_MILLISECONDS = 3_600_000;

export interface EvaluationProcess {
  state(): Promise<EvaluationState>;
  start(): Promise<void>;
  report(): Promise<string | null>;
  close(): void;
}

/**
 * Runs the evaluation in a process of its own, of lower priority, so that whoever asks is not held up; the report of the last run
 * that came to its end is kept in `folder`. `command` is given the files to write.
 */
export function createEvaluationProcess(options: {
  folder: string;
  command(files: { html: string; json: string }): string[];
  /** File of cases; null: there is nothing to run. */
  cases: string | null;
}): EvaluationProcess {
  const { folder, command, cases } = options;
  const file = (name: string) => join(folder, name);
  let child: ChildProcess | null = null;
  let began: string | null = null;
  let failed: string | null = null;

  const ended = async (code: number | null, words: string): Promise<void> => {
    // 1 is a run whose gate failed: its report is what was asked for.
    if (code === 0 || code === 1) {
      await Promise.all(['html', 'json'].map((kind) => rename(file(`next.${kind}`), file(`report.${kind}`)))).catch(() => {
        failed = words || 'The run wrote no report.';
      });
    } else failed = words || `The run ended with ${code ?? 'a signal'}.`;
    await Promise.all(['html', 'json'].map((kind) => rm(file(`next.${kind}`), { force: true })));
  };

  return {
    async start() {
      if (child) throw pilcrowError('conflict', 'An evaluation runs already.', { hint: 'Wait until it is through.' });
      if (cases === null)
        throw pilcrowError('bad_request', 'There are no cases to ask.', { hint: 'Set PILCROW_CASES to a file of cases.' });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const [program = '', ...args] = command({ html: file('next.html'), json: file('next.json') });
      const made = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      child = made;
      began = new Date().toISOString();
      failed = null;
      try {
        if (made.pid !== undefined) setPriority(made.pid, 10);
      } catch {}
      let words = '';
      made.stderr?.setEncoding('utf8').on('data', (part: string) => {
        words = (words + part).slice(-MOST_WORDS);
      });
      const late = setTimeout(() => made.kill('SIGKILL'), LONGEST_MILLISECONDS);
      late.unref();
      made.once('error', (error) => {
        words = error.message;
      });
      made.once('close', (code) => {
        clearTimeout(late);
        void ended(code, words.trim()).finally(() => {
          child = null;
        });
      });
    },
    async state() {
      // Before the files: what is through has written them, while what ends meanwhile is asked about again.
      const running = child !== null;
      const report = await stat(file('report.html')).catch(() => null);
      const summary = await readFile(file('report.json'), 'utf8')
        .then((text) => JSON.parse(text) as { suites?: { suite?: string; verdict?: string }[] })
        .catch(() => null);
      const verdicts = (summary?.suites ?? []).flatMap(({ verdict }) => (typeof verdict === 'string' ? [verdict] : []));
      return {
        running,
        began,
        ended: report ? report.mtime.toISOString() : null,
        failed,
        verdicts,
        report: report !== null,
      };
    },
    report: () => readFile(file('report.html'), 'utf8').catch(() => null),
    close: () => {
      child?.kill('SIGKILL');
    },
  };
}
