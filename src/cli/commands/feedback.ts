import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openFeedback } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { FeedbackRecord } from '../../core/site.ts';
import type { CommandContext } from '../main.ts';
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

/** JSON strings are YAML too, whatever is in them. */
const scalar = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * Cases in the format of `evals/cases`: a useful answer becomes one to keep, with its citations as evidence; one that was
 * not useful becomes one to write, without evidence, since what was cited may be what was wrong. Both carry the tag
 * `feedback`, so that nobody takes them for reviewed ones.
 */
export function candidateCases(records: readonly FeedbackRecord[]): string {
  const lines = [
    '# Candidate cases from feedback. A person reads each one: what was asked, what is right, and what proves it.',
    '# Tag "useful": readers liked the answer; its citations are the evidence. Tag "not-useful": the answer is to be found out.',
    '',
  ];
  if (records.length === 0) lines.push('[]');
  for (const one of records) {
    const useful = one.verdict === 'up';
    const answered = one.status !== 'not_found';
    lines.push(`- id: feedback-${one.id.slice(0, 12)}`);
    lines.push(`  # ${one.time.slice(0, 10)}, snapshot ${oneLine(one.snapshot)}, ${one.status}: ${oneLine(one.answer).slice(0, 300)}`);
    if (one.comment) lines.push(`  # comment: ${oneLine(one.comment)}`);
    lines.push(`  question: ${scalar(one.question)}`, `  answerable: ${useful ? answered : true}`);
    if (useful) lines.push(`  status: [${one.status}]`);
    const evidence = useful ? one.citations.filter((citation) => citation.quote.trim() !== '') : [];
    if (evidence.length > 0) lines.push('  evidence:');
    for (const { paragraph, edition, quote } of evidence) {
      lines.push(`    - briefing: ${scalar(paragraph.replace(/#p\d+$/, ''))}`);
      if (edition) lines.push(`      edition: "${edition}"`);
      lines.push(`      quote: ${scalar(quote)}`);
    }
    lines.push(`  tags: [feedback, ${useful ? 'useful' : 'not-useful'}]`, '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
