import { resolve } from 'node:path';
import { type IngestSummary, ingestCorpus, openAudit } from '../../compose.ts';
import { isPilcrowError } from '../../core/errors.ts';
import { spellDate } from '../../core/time/dates.ts';
import type { CommandContext } from '../command.ts';
import { describe, EXIT, type Output } from '../output.ts';
import { createProgress } from '../progress.ts';
import { oneLine, sanitise } from '../terminal.ts';
import { watchFolder } from '../watch.ts';

/** Reads the corpus, publishes an index, sums up. A file that could not be read is named; the others are indexed. */
export async function run(context: CommandContext, options: Record<string, unknown>, folder?: string): Promise<number> {
  const config = folder ? { ...context.config, corpus: resolve(folder) } : context.config;
  const how = { allowEmpty: options.allowEmpty === true, force: options.force === true, dryRun: options.dryRun === true };
  const once = async () => {
    const summary = await runIngest({ ...context, config }, { ...how, events: context.json });
    if (context.json) context.output.event({ event: how.dryRun ? 'planned' : summary.unchanged ? 'unchanged' : 'published', ...summary });
    else show(summary, context.output, how.dryRun);
  };
  if (options.watch !== true) {
    await once();
    return EXIT.ok;
  }
  await watchFolder(config.corpus, context.signal, async () => {
    try {
      await once();
    } catch (error) {
      if (context.signal.aborted) return 'done';
      // The index stays as it is; the next change tries again.
      const known = isPilcrowError(error) ? error : null;
      const { message } = error as Error;
      if (context.json) context.output.event({ event: 'failed', code: known?.code ?? 'internal', message, hint: known?.hint ?? null });
      else context.output.note(describe(error, 'warn'));
      return known?.retryable ? 'again' : 'done';
    }
    return 'done';
  });
  return EXIT.ok;
}

/** Ingest with a progress bar on a terminal and a line now and then elsewhere, or with events. */
export async function runIngest(
  { config, host, output, signal, json }: CommandContext,
  how: { allowEmpty?: boolean; force?: boolean; dryRun?: boolean; events?: boolean } = {},
): Promise<IngestSummary> {
  const progress = await createProgress(json && !how.events ? null : output, host.errors, how.events);
  try {
    const summary = await ingestCorpus(config, { ...how, signal, onProgress: progress.update });
    if (!summary.unchanged && how.dryRun !== true) {
      const { snapshot, briefings, added, changed, removed, renamed } = summary;
      openAudit(config).note({ event: 'ingest.published', snapshot, briefings, added, changed, removed, renamed });
    }
    return summary;
  } finally {
    progress.stop();
  }
}

/** Most files of one kind that are named one by one. */
const FILES_NAMED = 20;

function show(summary: IngestSummary, output: Output, dryRun: boolean): void {
  const { style } = output;
  if (dryRun) output.line(style.bold('Nothing was written. An ingest would do this:'));
  else if (summary.unchanged) output.line('Nothing has changed since the last time.');
  const count = (number: number, one: string, many: string) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
  output.line(
    `${style.bold(count(summary.briefings, 'briefing', 'briefings'))}, ${count(summary.paragraphs, 'paragraph', 'paragraphs')}, ` +
      `${count(summary.chunks, 'chunk', 'chunks')}${dryRun ? '' : ` (${summary.embedded} embedded, ${summary.reused} reused)`} in ${summary.seconds.toFixed(1)} s`,
  );
  const list = (what: string, files: readonly string[]) => {
    if (files.length === 0) return;
    const more = files.length > FILES_NAMED ? `, and ${files.length - FILES_NAMED} more` : '';
    output.line(`  ${what}: ${files.slice(0, FILES_NAMED).map(oneLine).join(', ')}${more}`);
  };
  if (!summary.unchanged) {
    list('added', summary.added);
    list('changed', summary.changed);
    list(
      'renamed',
      summary.renamed.map(({ from, to }) => `${from} → ${to}`),
    );
    list('removed', summary.removed);
    if (summary.same > 0) output.line(`  unchanged: ${summary.same}`);
    for (const { series, title, edition } of summary.newEditions) {
      output.line(
        `  ${style.bold('new edition')} of ${oneLine(series)}: ${oneLine(title)}${edition.date ? ` (${spellDate(edition.date)})` : ''}`,
      );
    }
  }
  for (const { title, series, edition } of summary.editions) {
    const date = edition.date ? `${spellDate(edition.date)} edition, ${edition.stated ? 'stated' : 'inferred'}` : 'undated';
    output.line(`  ${oneLine(title)} ${style.dim(`· ${date} · ${oneLine(series)}`)}`);
  }
  showProblems(summary, output);
  for (const { file, message } of summary.notes.slice(0, FILES_NAMED)) output.note(style.dim(`  ${oneLine(file)}: ${sanitise(message)}`));
}

/** Files that could not be read, with what to do. */
export function showProblems({ problems }: IngestSummary, output: Output): void {
  if (problems.length === 0) return;
  output.note(output.style.warn(problems.length === 1 ? 'One file needs attention:' : `${problems.length} files need attention:`));
  for (const { file, message, hint } of problems) {
    output.note(`  ${oneLine(file)}: ${sanitise(message)}${hint ? ` ${sanitise(hint)}` : ''}`);
  }
}
