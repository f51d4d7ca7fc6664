import { resolve } from 'node:path';
import { type IngestSummary, ingestCorpus } from '../../compose.ts';
import { spellDate } from '../../core/time/dates.ts';
import type { CommandContext } from '../main.ts';
import { EXIT, type Output } from '../output.ts';
import { createProgress } from '../progress.ts';
import { oneLine, sanitise } from '../terminal.ts';

/** Reads the corpus, publishes an index, sums up. A file that could not be read is named; the others are indexed. */
export async function run(context: CommandContext, _options: Record<string, unknown>, folder?: string): Promise<number> {
  const config = folder ? { ...context.config, corpus: resolve(folder) } : context.config;
  const summary = await runIngest({ ...context, config });
  if (context.json) context.output.json(summary);
  else show(summary, context.output);
  return EXIT.ok;
}

/** Ingest with a progress bar on a terminal and a line now and then elsewhere. */
export async function runIngest({ config, output, signal, json }: CommandContext): Promise<IngestSummary> {
  const progress = await createProgress(json ? null : output);
  try {
    return await ingestCorpus(config, { signal, onProgress: progress.update });
  } finally {
    progress.stop();
  }
}

function show(summary: IngestSummary, output: Output): void {
  const { style } = output;
  if (summary.unchanged) output.line('Nothing has changed since the last time.');
  const count = (number: number, one: string, many: string) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
  output.line(
    `${style.bold(count(summary.briefings, 'briefing', 'briefings'))}, ${count(summary.paragraphs, 'paragraph', 'paragraphs')}, ` +
      `${count(summary.chunks, 'chunk', 'chunks')} (${summary.embedded} embedded, ${summary.reused} reused) in ${summary.seconds.toFixed(1)} s`,
  );
  for (const { title, series, edition } of summary.editions) {
    const date = edition.date ? `${spellDate(edition.date)} edition, ${edition.stated ? 'stated' : 'inferred'}` : 'undated';
    output.line(`  ${oneLine(title)} ${style.dim(`· ${date} · ${oneLine(series)}`)}`);
  }
  showProblems(summary, output);
}

/** Files that could not be read, with what to do. */
export function showProblems({ problems }: IngestSummary, output: Output): void {
  if (problems.length === 0) return;
  output.note(output.style.warn(problems.length === 1 ? 'One file needs attention:' : `${problems.length} files need attention:`));
  for (const { file, message, hint } of problems) {
    output.note(`  ${oneLine(file)}: ${sanitise(message)}${hint ? ` ${sanitise(hint)}` : ''}`);
  }
}
