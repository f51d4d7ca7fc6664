import { isDeepStrictEqual } from 'node:util';
import { pilcrowError } from '../core/errors.ts';
import type { IndexStore } from '../core/ports.ts';
import { digestOf, type SnapshotContent } from './content.ts';

export interface CopyOptions {
  from: SnapshotContent;
  to: IndexStore;
  /** What the target holds now; asked for again after writing. */
  copied(): Promise<SnapshotContent | null>;
  onProgress?: (progress: { stage: 'write'; done: number; total: number }) => void;
  signal?: AbortSignal;
}

export interface Copied {
  snapshot: string;
  briefings: number;
  paragraphs: number;
  chunks: number;
}

/**
 * Writes all of a snapshot into another store and reads it back: every briefing, text, paragraph, chunk and vector has to be the same,
 * by SHA-256. What is read from the source is compared, so that a source that changes meanwhile does no harm. Rejects with
 * `index_damaged` when something differs; what the target held before is then its snapshot before.
 */
export async function copySnapshot({ from, to, copied, onProgress, signal }: CopyOptions): Promise<Copied> {
  const { info } = from;
  const total = info.briefings;
  const digests: string[] = [];
  const writer = await to.write({ id: info.embedder, dimensions: info.dimensions });
  let snapshot: string;
  try {
    for await (const content of from.briefings()) {
      signal?.throwIfAborted();
      digests.push(digestOf(content));
      await writer.add(content.entry, content.vectors);
      onProgress?.({ stage: 'write', done: digests.length, total });
    }
    if (digests.length !== total) throw different('the source holds other briefings than it says');
    signal?.throwIfAborted();
    snapshot = await writer.commit(from.abbreviations, from.gone);
  } catch (error) {
    await writer.discard();
    throw error;
  }
  const now = await copied();
  if (!now) throw different('nothing is there');
  try {
    if (now.info.id !== snapshot) throw different('another snapshot was published meanwhile');
    for (const count of ['embedder', 'dimensions', 'briefings', 'paragraphs', 'chunks'] as const) {
      if (now.info[count] !== info[count]) throw different(`${count}: ${now.info[count]}, not ${info[count]}`);
    }
    if (!isDeepStrictEqual([now.abbreviations, now.gone], [from.abbreviations, from.gone]))
      throw different('abbreviations or ids that are gone');
    let at = 0;
    for await (const content of now.briefings()) {
      signal?.throwIfAborted();
      if (digestOf(content) !== digests[at++]) throw different(`the briefing ${content.entry.briefing.id}`);
    }
    if (at !== total) throw different('briefings are missing');
  } finally {
    await now.close();
  }
  return { snapshot, briefings: total, paragraphs: info.paragraphs, chunks: info.chunks };
}

const different = (what: string) =>
  pilcrowError('index_damaged', `The copy is not what was copied: ${what}.`, {
    hint: 'Run `pilcrow copy` again; nothing of the source was changed.',
  });
