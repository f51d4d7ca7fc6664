import { type Dirent, promises as fs } from 'node:fs';
import path from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import { LARGEST_FILE } from './decode.ts';

/** What went wrong with one file; the others are ingested. */
export interface Problem {
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

const READABLE = /\.(?:txt|md|markdown)$/i;
/** Formats people expect to be read: named in a problem instead of passed over. */
const UNREADABLE = /\.(?:pdf|docx?|rtf|odt|html?|pptx?|xlsx?)$/i;
/** Deepest folder looked into. */
const DEEPEST = 20;

/**
 * Briefings below a folder, sorted by name: `.txt`, `.md`, `.markdown`. Dotfiles are passed over; links are followed only to
 * files inside the folder. Throws `bad_request` when the folder cannot be read.
 */
export async function readFolder(folder: string): Promise<{ files: FoundFile[]; problems: Problem[] }> {
  const files: FoundFile[] = [];
  const problems: Problem[] = [];
  let real: string;
  try {
    real = await fs.realpath(folder);
    if (!(await fs.stat(real)).isDirectory()) throw new Error('it is a file');
  } catch (cause) {
    throw pilcrowError('bad_request', `The folder ${folder} cannot be read: ${reason(cause)}.`, {
      hint: 'Name a folder that holds your briefings as .txt or .md files.',
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
        message: `The folder cannot be read: ${reason(cause)}.`,
        hint: 'Give the process permission to read it.',
      });
      return;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const full = path.join(real, name);
      if (entry.isDirectory()) {
        if (depth < DEEPEST) await walk(name, depth + 1);
        continue;
      }
      // A pipe or a device has no end.
      if (!entry.isSymbolicLink() && !entry.isFile()) continue;
      if (entry.isSymbolicLink() && !(await leadsInside(full, real))) {
        if (READABLE.test(entry.name) || (await leadsOut(full, real))) {
          problems.push({
            file: name,
            message: 'This link leads to no file inside the folder and is not followed.',
            hint: 'Put the file itself there, or name the folder it leads to.',
          });
        }
        continue;
      }
      if (READABLE.test(entry.name)) files.push({ name, path: full });
      else if (UNREADABLE.test(entry.name)) {
        problems.push({ file: name, message: 'This format is not read.', hint: 'Export its text as .txt or .md beside it.' });
      }
    }
  };
  await walk('', 0);
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return { files: files.sort((a, b) => order(a.name, b.name)), problems: problems.sort((a, b) => order(a.file, b.file)) };
}

/** Reads one file, at most 20 MB of it. Throws `too_large`, or what the file system says. */
export async function readFile(file: FoundFile): Promise<Uint8Array> {
  const { size } = await fs.stat(file.path);
  if (size > LARGEST_FILE) {
    throw pilcrowError('too_large', `${file.name} is larger than 20 MB.`, { hint: 'Split the document, or leave out what is not text.' });
  }
  return fs.readFile(file.path);
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

export const reason = (cause: unknown): string => {
  const code = (cause as { code?: string } | null)?.code;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission was denied';
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
};
