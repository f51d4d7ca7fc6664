import { hasSnapshot } from '../../compose.ts';
import { isPilcrowError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { runIngest, showProblems } from './ingest.ts';
import { run as serve } from './serve.ts';

/** Brings the index up to date, then serves. When that fails, an index there already is serves on, and it is said. */
export async function run(context: CommandContext): Promise<number> {
  const { config, output, json } = context;
  try {
    const summary = await runIngest(context);
    if (!json) {
      const briefings = `${summary.briefings} ${summary.briefings === 1 ? 'briefing' : 'briefings'}`;
      if (!summary.unchanged) output.line(`Indexed ${briefings} in ${summary.seconds.toFixed(1)} s.`);
      showProblems(summary, output);
    }
  } catch (error) {
    if (context.signal.aborted || !(await hasSnapshot(config).catch(() => false))) throw error;
    output.note(`${output.style.warn('The index was not brought up to date:')} ${(error as Error).message}`);
    if (isPilcrowError(error) && error.hint) output.note(`  ${error.hint}`);
  }
  return serve(context);
}
