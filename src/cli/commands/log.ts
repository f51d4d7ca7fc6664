import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openAudit, openFeedback, openQuestionLog } from '../../compose.ts';
import type { Config } from '../../config.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { EXIT, safeJsonLine } from '../output.ts';
import { oneLine, terminalWidth, wrap } from '../terminal.ts';

/** Questions shown unless told otherwise. */
const QUESTIONS_SHOWN = 50;

/** Kept questions, newest first. */
export async function listQuestions({ config, output, json }: CommandContext, options: Record<string, unknown>): Promise<number> {
  const kept = (await openQuestionLog(config).list()).reverse();
  const shown = kept.slice(0, (options.limit as number | undefined) ?? QUESTIONS_SHOWN);
  if (json) {
    output.json(shown);
    return EXIT.ok;
  }
  const { line, style } = output;
  for (const { time, asker, question, status, outcome, citations } of shown) {
    const said = status === 'not_found' ? `${status}, ${outcome}` : `${status}, ${citations.length} cited`;
    line(style.dim(`${time.slice(0, 16).replace('T', ' ')} · ${oneLine(asker)} · ${oneLine(said)}`));
    line(`  ${wrap(oneLine(question), terminalWidth(), '  ')}`);
  }
  line(kept.length === 0 ? 'No questions are kept.' : `${shown.length} of ${kept.length}.`);
  if (config.keep.questionDays === null) output.note(OFF);
  return EXIT.ok;
}

const OFF = 'Questions are not kept now; PILCROW_QUESTION_LOG_DAYS says for how long they are.';

/** Kept questions as lines of JSON, oldest first. */
export async function exportAll({ config, output }: CommandContext, _options: Record<string, unknown>, to = '-'): Promise<number> {
  const kept = await openQuestionLog(config).list();
  const text = kept.map((one) => `${safeJsonLine(one)}\n`).join('');
  if (to === '-') {
    if (text) output.line(text.trimEnd());
    return EXIT.ok;
  }
  const file = resolve(to);
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw pilcrowError(
      'bad_request',
      error.code === 'EEXIST' ? `${file} is there already.` : `${file} cannot be written: ${error.message}.`,
      { hint: 'Name another file.', cause: error },
    );
  });
  output.note(`Wrote ${kept.length} ${kept.length === 1 ? 'question' : 'questions'} to ${file}. It does not go when the log does.`);
  return EXIT.ok;
}

/** Removes kept questions. */
export const purge = (context: CommandContext, options: Record<string, unknown>) =>
  remove(context, options, 'questions', (config, days) => openQuestionLog(config).expire(days));

/** Removes feedback. */
export const purgeFeedback = (context: CommandContext, options: Record<string, unknown>) =>
  remove(context, options, 'feedback', (config, days) => openFeedback(config).expire(days));

async function remove(
  { config, output, json }: CommandContext,
  options: Record<string, unknown>,
  what: 'questions' | 'feedback',
  expire: (config: Config, days: number) => Promise<number>,
): Promise<number> {
  const keep = options.keepDays as number | undefined;
  if ((keep === undefined) === (options.all !== true))
    throw pilcrowError('bad_request', 'It is not said what is to go.', {
      hint: 'Give --all, or --keep-days 30 for all but the latest days.',
    });
  const removed = await expire(config, keep ?? 0);
  openAudit(config).note({ event: `${what}.purged`, removed, keptDays: keep ?? 0 });
  if (json) output.json({ removed });
  else output.line(`Removed ${removed} ${removed === 1 ? 'record' : 'records'}.`);
  return EXIT.ok;
}
