import { randomBytes, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { SnapshotInfo } from '../core/model.ts';

/**
 * How an index directory looks:
 *
 *     current                     id of the live snapshot, replaced by rename
 *     lock                        the writer, while there is one
 *     snapshots/<id>/             one immutable generation
 *       briefings.json            briefings and abbreviations
 *       paragraphs.jsonl          one line a paragraph, briefing by briefing
 *       texts.jsonl               one line a briefing: normalised text and source map
 *       chunks.jsonl              one line a chunk, in the order of the vectors
 *       chunk-map.json            hash of each chunk, numbers of paragraphs, how many of both each briefing has
 *       vectors.f32               float32, one vector a chunk, in the same order
 *       readings.bin              what ranking needs to know of each chunk, in the same order; missing in older snapshots
 *       bm25.bin                  word index, derived from the files above
 *       hnsw.bin, hnsw-places.bin graph over the vectors and the chunk each of its labels stands for; of large snapshots only
 *       manifest.json             written last: format, counts, length and SHA-256 of every file
 *     snapshots/.building-<id>/   what a writer has not published
 */
export interface Manifest extends SnapshotInfo {
  format: number;
  /** Names how readings.bin was made; absent without one. */
  readings?: string;
  files: Record<string, FileRecord>;
}

export interface FileRecord {
  length: number;
  sha256: string;
}

/** 1: what was found were paragraphs. 2: a line a briefing, and a graph that was built anew every time. */
export const SNAPSHOT_FORMAT = 3;
const ID = /^\d{8}-[0-9a-f]{8}$/;
const NAME = /^[A-Za-z0-9-]+\.[a-z0-9]+$/;
const BUILDING = '.building-';

export const snapshotPath = (directory: string, id: string): string => join(directory, 'snapshots', id);
export const buildingPath = (directory: string, id: string): string => join(directory, 'snapshots', BUILDING + id);

export const damaged = (what: string, cause?: unknown) =>
  pilcrowError('index_damaged', `The index is damaged: ${what}.`, {
    hint: 'Run "pilcrow ingest" to build it again from the briefings.',
    cause,
  });

/** An intact index that this version cannot read. `index_damaged`, for an older snapshot of the right format serves as well. */
const otherFormat = (format: unknown) =>
  pilcrowError(
    'index_damaged',
    `The index was made by ${Number(format) < SNAPSHOT_FORMAT ? 'an older' : 'another'} version of Pilcrow (format ${String(format)}; this one reads ${SNAPSHOT_FORMAT}).`,
    { hint: 'Run "pilcrow ingest" to build it again from the briefings.' },
  );

/** Ids of the published snapshots, newest first. Names that are not ids are never looked at. */
export async function snapshotIds(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, 'snapshots')).catch(() => [] as string[]);
  return names
    .filter((name) => ID.test(name))
    .sort()
    .reverse();
}

/**
 * The id in the pointer file; null when it is missing, unreadable or not an id. Seventeen bytes, looked at before every question: read at once,
 * which takes a tenth of the time that waiting for it does.
 */
export async function readPointer(directory: string): Promise<string | null> {
  try {
    const text = readFileSync(join(directory, 'current'), 'utf8').trim();
    return ID.test(text) ? text : null;
  } catch {
    return null;
  }
}

/** An id greater than every id there is. Ids sort by age; the random half keeps two machines from choosing the same. */
export async function nextId(directory: string): Promise<string> {
  const known = [...(await snapshotIds(directory)), (await readPointer(directory)) ?? ''];
  const newest = Math.max(0, ...known.map((id) => Number.parseInt(id.slice(0, 8), 10) || 0));
  return `${String(newest + 1).padStart(8, '0')}-${randomBytes(4).toString('hex')}`;
}

/** Makes the entries of a directory durable. Windows cannot, and need not: it journals renames. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await withFile(path, 'r', (file) => file.sync());
}

async function withFile<T>(path: string, flags: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Writes a new file and makes it durable. Rejects also when the file system kept less than it was given. */
export async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  await withFile(path, 'wx', async (file) => {
    await file.writeFile(bytes);
    await file.sync();
    const [{ size }, length] = [await file.stat(), Buffer.byteLength(bytes)];
    if (size !== length) throw new Error(`only ${size} of ${length} bytes were kept`);
  });
}

/** Makes a file written by someone else (native code) durable and returns its record. */
export async function recordOf(path: string): Promise<FileRecord> {
  await withFile(path, 'r+', (file) => file.sync());
  const bytes = await readFile(path);
  return { length: bytes.length, sha256: sha256(bytes) };
}

/** Replaces a file so that a reader, or a crash, sees the old bytes or the new ones. */
export async function replaceDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeDurably(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** The manifest as a file: it carries its own SHA-256, since nothing else vouches for it. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ manifest, sha256: sha256(Buffer.from(JSON.stringify(manifest))) })}\n`;
}

/** Reads and verifies a snapshot's manifest. Rejects with `index_damaged`. */
export async function readManifest(folder: string, id: string): Promise<Manifest> {
  let manifest: Manifest;
  try {
    const wrapped = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { manifest: Manifest; sha256: string };
    manifest = wrapped.manifest;
    if (sha256(Buffer.from(JSON.stringify(manifest))) !== wrapped.sha256) throw new Error('SHA-256 differs');
  } catch (cause) {
    throw damaged(`the manifest of snapshot ${id} cannot be read`, cause);
  }
  if (manifest.format !== SNAPSHOT_FORMAT) throw otherFormat(manifest.format);
  const counts = [manifest.dimensions, manifest.briefings, manifest.paragraphs, manifest.chunks];
  if (manifest.id !== id || counts.some((count) => !Number.isInteger(count) || count < 0) || typeof manifest.embedder !== 'string') {
    throw damaged(`the manifest of snapshot ${id} contradicts itself`);
  }
  return manifest;
}

/** What the manifest says of a file, by a name that is one. */
export const recordIn = (manifest: Manifest, name: string): FileRecord | undefined =>
  NAME.test(name) && Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;

/** Reads a file and returns its bytes only if length and SHA-256 are those of the manifest; else null. */
export async function readVerified(folder: string, manifest: Manifest, name: string): Promise<Uint8Array | null> {
  const record = recordIn(manifest, name);
  if (!record) return null;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = (await readFile(join(folder, name))) as Buffer<ArrayBuffer>;
  } catch {
    return null;
  }
  if (bytes.length !== record.length) return null;
  // Off the main thread, so that files are hashed side by side.
  const digest = await webcrypto.subtle.digest('SHA-256', bytes);
  return Buffer.from(digest).toString('hex') === record.sha256 ? bytes : null;
}

/** Whether every file of a snapshot has the length and SHA-256 of its manifest. */
export async function isIntact(directory: string, id: string): Promise<boolean> {
  const folder = snapshotPath(directory, id);
  const manifest = await readManifest(folder, id).catch(() => null);
  if (manifest === null) return false;
  // One after the other: they are looked at once, and are large together.
  for (const name of Object.keys(manifest.files)) if ((await readVerified(folder, manifest, name)) === null) return false;
  return true;
}

/** Deletes every snapshot but those to keep, unfinished builds, and temporary files. Called by the writer only. */
export async function clean(directory: string, keep: readonly string[]): Promise<void> {
  const folder = join(directory, 'snapshots');
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    if (name.startsWith(BUILDING) || (ID.test(name) && !keep.includes(name))) {
      // A reader of another process may be repairing files in it: the next writer tries again.
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
  for (const name of await readdir(directory).catch(() => [] as string[])) {
    if (/^current\..*\.tmp$/.test(name)) await rm(join(directory, name), { force: true }).catch(() => undefined);
  }
}
