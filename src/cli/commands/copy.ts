import { resolve } from 'node:path';
import { copyIndex, type IndexPlace } from '../../compose.ts';
import { pilcrowError } from '../../core/errors.ts';
import type { CommandContext } from '../command.ts';
import { EXIT } from '../output.ts';
import { createProgress } from '../progress.ts';

/** Copies the live snapshot between a folder and the database, verified. */
export async function run({ config, host, output, json, signal }: CommandContext, options: Record<string, unknown>): Promise<number> {
  const placeOf = (option: 'from' | 'to'): IndexPlace => {
    const named = options[option];
    if (named === 'database') return 'database';
    return { folder: resolve(String(named)) };
  };
  const [from, to] = [placeOf('from'), placeOf('to')];
  if ((from === 'database') === (to === 'database')) {
    throw pilcrowError('bad_request', 'One of the two places has to be the database and the other a folder.', {
      hint: 'pilcrow copy --from index --to database, or pilcrow copy --from database --to index.',
    });
  }
  const progress = await createProgress(json ? null : output, host.errors);
  const copied = await copyIndex(config, { from, to, signal, onProgress: progress.update }).finally(progress.stop);
  if (json) output.json(copied);
  else {
    const count = (number: number) => number.toLocaleString('en');
    output.line(
      `${output.style.bold(`Snapshot ${copied.snapshot}`)}: ${count(copied.briefings)} briefings, ${count(copied.paragraphs)} paragraphs, ${count(copied.chunks)} chunks`,
    );
    output.line(`${output.style.accent('ok  ')}  Every hash agrees, and ${copied.asked} questions were answered alike from both.`);
  }
  return EXIT.ok;
}
