import { type Dirent, promises as fs } from 'node:fs';
import path from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import { reasonOf } from '../core/reasons.ts';
import { formatOf, largestFileOf, refusalOf } from './formats/names.ts';
import { DEEPEST_FOLDER, MEGABYTE, READ_PAUSE_MILLISECONDS, READ_TRIES } from './settings.ts';

/** What went wrong with one file; the others are ingested. */
export interface FileProblem {
  /** Path relative to the folder, with forward slashes. */
  file: string;
  message: string;
  hint: string;
}

export interface FoundFile {
  /** Path relative to the folder, with forward slashes. */
  name: string;
  path: string;
}

/** Lock and temporary files of office programs, editors, browsers and sync clients. */
export const TEMPORARY =
  /^~\$|^~[^/]*\.tmp$|\.~[0-9a-z]{1,12}(?:\.[a-z0-9]{1,9})?$|\.(?:tmp|temp|part|partial|crdownload|download|swp|swx|bak|lock)$|~$|^(?:thumbs\.db|desktop\.ini)$/i;
/** What makes a name look like another one or acts on a terminal: controls, direction marks, line separators, halves of characters. */
export const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/u;

/**
 * Briefings below a folder, sorted by name: every format that is read. Dotfiles and temporary files are passed over; links are followed only to
 * files inside the folder. Throws `bad_request` when the folder cannot be read.
 */
export async function readFolder(folder: string): Promise<{ files: FoundFile[]; problems: FileProblem[] }> {
  const files: FoundFile[] = [];
  const problems: FileProblem[] = [];
  let real: string;
  try {
    real = await fs.realpath(folder);
    if (!(await fs.stat(real)).isDirectory()) throw new Error('it is a file');
  } catch (cause) {
    throw pilcrowError('bad_request', `The folder ${folder} cannot be read: ${reasonOf(cause)}.`, {
      hint: 'Name a folder that holds your briefings.',
      cause,
    });
  }
  const walk = async (relative: string, depth: number): Promise<void> => {
    let entries: Dirent[];
    try {
      entries = await fs.readdir(path.join(real, relative), { withFileTypes: true });
    } catch (cause) {
      problems.push({
        file: relative,
        message: `The folder cannot be read: ${reasonOf(cause)}.`,
        hint: 'Give the process permission to read it.',
      });
      return;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.') || TEMPORARY.test(entry.name)) continue;
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const full = path.join(real, name);
      if (entry.isDirectory()) {
        if (depth < DEEPEST_FOLDER) await walk(name, depth + 1);
        continue;
      }
      // A pipe or a device has no end.
      if (!entry.isSymbolicLink() && !entry.isFile()) continue;
      if (entry.isSymbolicLink() && !(await leadsInside(full, real))) {
        if (formatOf(entry.name) || (await leadsOut(full, real))) {
          problems.push({
            file: name,
            message: 'This link leads to no file inside the folder and is not followed.',
            hint: 'Put the file itself there, or name the folder it leads to.',
          });
        }
        continue;
      }
      const hint = refusalOf(entry.name);
      if (UNSEEN.test(name)) {
        problems.push({
          file: name.replace(new RegExp(UNSEEN, 'gu'), (one) => `\\u{${(one.codePointAt(0) as number).toString(16)}}`),
          message: 'Its name holds characters that control a terminal or turn text round; it was left out.',
          hint: 'Rename the file.',
        });
      } else if (formatOf(entry.name)) files.push({ name, path: full });
      else if (hint !== null) problems.push({ file: name, message: 'This format is not read.', hint });
    }
  };
  await walk('', 0);
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return { files: files.sort((a, b) => order(a.name, b.name)), problems: problems.sort((a, b) => order(a.file, b.file)) };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Reads one file: at most 20 MB of text, or 200 MB of a format with pictures. A file that changes while it is read is read again.
 * Throws `too_large`, `unavailable` for one that does not stop changing, or what the file system says.
 */
export async function readFile(file: FoundFile): Promise<Uint8Array> {
  const largest = largestFileOf(formatOf(file.name));
  for (let attempt = 0; attempt < READ_TRIES; attempt++) {
    if (attempt > 0) await wait(READ_PAUSE_MILLISECONDS * attempt);
    const before = await fs.stat(file.path);
    if (before.size > largest) {
      throw pilcrowError('too_large', `${file.name} is larger than ${largest / MEGABYTE} MB.`, {
        hint: 'Split the document, or leave out what is not text.',
      });
    }
    const bytes = await fs.readFile(file.path);
    // Size and time are all a file system tells. Who has emptied or begun a file this instant is given the time for the next write.
    const age = Date.now() - before.mtimeMs;
    if (age >= 0 && age < READ_PAUSE_MILLISECONDS) await wait(READ_PAUSE_MILLISECONDS - age);
    const after = await fs.stat(file.path);
    const still = before.size === after.size && before.mtimeMs === after.mtimeMs && before.ino === after.ino;
    if (still && bytes.length === after.size) return bytes;
  }
  throw pilcrowError('unavailable', `${file.name} is being written.`, { hint: 'Run ingest again when it is complete.', retryable: true });
}

async function leadsInside(link: string, folder: string): Promise<boolean> {
  try {
    const target = await fs.realpath(link);
    return target.startsWith(folder + path.sep) && (await fs.stat(target)).isFile();
  } catch {
    return false;
  }
}

/** Whether a link leads to a folder outside. */
async function leadsOut(link: string, folder: string): Promise<boolean> {
  try {
    const target = await fs.realpath(link);
    return target !== folder && !target.startsWith(folder + path.sep) && (await fs.stat(target)).isDirectory();
  } catch {
    return false;
  }
}
