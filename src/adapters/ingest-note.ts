import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileNote, IngestNote } from '../core/desk.ts';

/** Most files that are named of each kind. */
const MOST_FILES_NAMED = 1000;

/** What the last ingest said. The file says nothing that answers depend on: what cannot be written is let go. */
export async function writeIngestNote(file: string, note: IngestNote): Promise<void> {
  const shorter = { ...note, problems: note.problems.slice(0, MOST_FILES_NAMED), notes: note.notes.slice(0, MOST_FILES_NAMED) };
  const beside = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(beside, `${JSON.stringify(shorter)}\n`);
    await rename(beside, file);
  } catch {}
}

/** Null when there is none, or none that can be read. */
export async function readIngestNote(file: string): Promise<IngestNote | null> {
  try {
    const found = JSON.parse(await readFile(file, 'utf8')) as Partial<IngestNote>;
    if (typeof found.time !== 'string' || !Array.isArray(found.problems) || !Array.isArray(found.notes)) return null;
    const plain = ({ file: name, message, hint }: FileNote) => ({ file: String(name), message: String(message), hint: String(hint) });
    return { time: found.time, failed: found.failed ?? null, problems: found.problems.map(plain), notes: found.notes.map(plain) };
  } catch {
    return null;
  }
}
