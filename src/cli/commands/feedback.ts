import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { candidateCases, openFeedback } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { oneLine, sanitise, terminalWidth, wrap } from '../terminal.ts';

/** What readers thought of answers, newest first; `--export` writes candidate cases for the evaluation. */
export async function run({ config, output, json }: CommandContext, options: Record<string, unknown>): Promise<number> {
  const records = (await openFeedback(config).list())
    .filter((one) => options.verdict === undefined || one.verdict === options.verdict)
    .reverse();
  if (typeof options.export === 'string') {
    const text = candidateCases(records);
    if (options.export === '-') output.line(text.trimEnd());
    else {
      const file = resolve(options.export);
      await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        throw pilcrowError(
          'bad_request',
          error.code === 'EEXIST' ? `${file} is there already.` : `${file} cannot be written: ${error.message}.`,
          {
            hint: 'Name another file.',
            cause: error,
          },
        );
      });
      output.note(
        `Wrote ${records.length} candidate ${records.length === 1 ? 'case' : 'cases'} to ${file}. Read each before it joins the evaluation.`,
      );
    }
    return EXIT.ok;
  }
  if (json) {
    output.json(records);
    return EXIT.ok;
  }
  const { line, style } = output;
  const width = terminalWidth();
  if (records.length === 0) line('No feedback yet.');
  for (const one of records) {
    const sign = one.verdict === 'up' ? style.accent('useful    ') : style.warn('not useful');
    line(`${sign} ${style.dim(`${one.time.slice(0, 16).replace('T', ' ')} · ${one.status}${one.site ? ` · ${oneLine(one.site)}` : ''}`)}`);
    line(`  ${style.bold(wrap(oneLine(one.question), width, '  '))}`);
    line(`  ${wrap(sanitise(one.answer), width, '  ')}`);
    if (one.comment) line(`  ${style.accent(wrap(`“${sanitise(one.comment)}”`, width, '  '))}`);
    line();
  }
  const up = records.filter((one) => one.verdict === 'up').length;
  if (records.length > 0) line(`${records.length} in all, ${up} useful.`);
  return EXIT.ok;
}
