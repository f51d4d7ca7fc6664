import { verifyIndex } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { sanitise } from '../terminal.ts';

/** Recomputes hashes, offsets and quotations of the live snapshot; exits with 1 when something does not agree. */
export async function run({ config, output, json }: CommandContext): Promise<number> {
  const found = await verifyIndex(config);
  if (!found) throw pilcrowError('index_missing', 'No briefings have been indexed yet.', { hint: 'Run `pilcrow ingest`.' });
  if (json) output.json(found);
  else {
    const { style } = output;
    const count = (number: number) => number.toLocaleString('en');
    output.line(
      `${style.bold(`Snapshot ${found.snapshot}`)}: ${found.files > 0 ? `${count(found.files)} files, ` : ''}${count(found.briefings)} briefings, ${count(found.paragraphs)} paragraphs, ` +
        `${count(found.sentences)} sentences, ${count(found.chunks)} chunks`,
    );
    for (const problem of found.problems) output.line(`${style.bad('FAIL')}  ${sanitise(problem)}`);
    if (found.problems.length === 0) {
      output.line(`${style.accent('ok  ')}  Every hash, offset and quotation agrees; both indexes hold these chunks and no others.`);
    } else output.line('Run `pilcrow ingest` to build the index again from the briefings.');
    if (found.kept && found.kept.briefings.length > 0) {
      const gone = found.kept.briefings.length;
      output.line(
        `${style.warn('note')}  The snapshot before (${found.kept.snapshot}) is kept for readers that have it open and still holds ${gone === 1 ? 'a briefing' : `${gone} briefings`} ` +
          'that the live one does not; the next ingest that changes something deletes it.',
      );
    }
  }
  return found.problems.length === 0 ? EXIT.ok : EXIT.failure;
}
