import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pilcrowError } from '../core/errors.ts';

/** What follows the beginning of a file's name: a day and a number within it, or the moment of an earlier version. */
const PART = /^(?:-(\d{4}-\d\d-\d\d)(?:-(\d{1,6}))?|-\d{8}T\d{9}Z(?:-\d{1,6})?)?\.jsonl$/;

export interface DayFiles<T> {
  /** Resolves when the record is written. Rejects with `unavailable` when it cannot be. */
  add(record: T): Promise<void>;
  /** Oldest first. */
  list(): Promise<T[]>;
  /** Removes the records of all days but the latest `days`, today among them; 0: all there are. Resolves to how many records went. */
  expire(days: number): Promise<number>;
  /** Resolves when what was added so far is written, or has failed. */
  settled(): Promise<void>;
}

export interface DayFilesOptions<T> {
  folder: string;
  /** How the names of the files begin. */
  name: string;
  /** A line as a record, or null for what is none. */
  parse(value: unknown): T | null;
  /** What is said when a record cannot be written. */
  failed: string;
  /** Whether `add` waits until the disk has it. */
  sync?: boolean;
  /** Size from which a day has another file, and most of all files together: then the oldest goes. */
  fileBytes?: number;
  mostBytes?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

interface Part {
  file: string;
  day: string;
  part: number;
  bytes: number;
}

export const DAY = 86_400_000;
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * Records as lines of JSON, a file for each day (UTC), so that what is too old goes by removing whole files. Files are only ever
 * added to and opened anew for each batch: several processes may write, and files may be taken away at any time. Records that
 * arrive while others are written go together. A line cut off by a crash is passed over when reading.
 */
export function createDayFiles<T>(options: DayFilesOptions<T>): DayFiles<T> {
  const { folder, name, parse, failed, sync = false, fileBytes = 8_000_000, mostBytes = 200_000_000, now = Date.now } = options;
  let waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await append(batch.map((one) => one.line).join(''));
        for (const one of batch) one.done();
      } catch (error) {
        const wrapped = pilcrowError('unavailable', failed, { retryable: true, cause: error });
        for (const one of batch) one.failed(wrapped);
      }
    }
    writing = null;
  };

  const append = async (lines: string): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const day = dayOf(now());
    const parts = await partsOf();
    const last = parts.findLast((one) => one.day === day);
    const full = last !== undefined && last.bytes > 0 && last.bytes + lines.length > fileBytes;
    const number = full ? last.part + 1 : (last?.part ?? 1);
    if (full || !last) await makeRoom(parts);
    const handle: FileHandle = await open(join(folder, `${name}-${day}${number === 1 ? '' : `-${number}`}.jsonl`), 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      if (size > 0) {
        const end = Buffer.alloc(1);
        await handle.read(end, 0, 1, size - 1);
        // A line that was cut off ends here, so that the next one is whole.
        if (end[0] !== 10) await handle.appendFile('\n');
      }
      await handle.appendFile(lines);
      if (sync) await handle.sync();
    } finally {
      await handle.close();
    }
  };

  /** So that one more file fits. */
  const makeRoom = async (parts: readonly Part[]): Promise<void> => {
    let bytes = parts.reduce((sum, one) => sum + one.bytes, 0);
    for (const one of parts) {
      if (bytes + fileBytes <= mostBytes) return;
      await rm(one.file, { force: true });
      bytes -= one.bytes;
    }
  };

  /** Oldest first. A name without a day is of an earlier version: its day is that of the last record. */
  const partsOf = async (): Promise<Part[]> => {
    const parts: Part[] = [];
    for (const entry of await readdir(folder).catch(() => [] as string[])) {
      const match = entry.startsWith(name) ? PART.exec(entry.slice(name.length)) : null;
      const file = join(folder, entry);
      const found = match && (await stat(file).catch(() => null));
      if (found) parts.push({ file, day: match[1] ?? dayOf(found.mtimeMs), part: match[1] ? Number(match[2] ?? 1) : 0, bytes: found.size });
    }
    return parts.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.part - b.part || (a.file < b.file ? -1 : 1)));
  };

  /** A file that was taken away meanwhile holds nothing. */
  const recordsOf = async (file: string): Promise<T[]> => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').flatMap((line) => {
      const record = parse(parsed(line));
      return record === null ? [] : [record];
    });
  };

  return {
    add: (record) =>
      new Promise((done, failed) => {
        waiting.push({ line: `${JSON.stringify(record)}\n`, done, failed });
        writing ??= write();
      }),
    async list() {
      const records: T[] = [];
      for (const { file } of await partsOf()) for (const record of await recordsOf(file)) records.push(record);
      return records;
    },
    async expire(days) {
      await writing;
      const first = days === 0 ? null : dayOf(now() - (days - 1) * DAY);
      let gone = 0;
      for (const { file, day } of await partsOf()) {
        if (first !== null && day >= first) continue;
        gone += (await recordsOf(file)).length;
        await rm(file, { force: true });
      }
      return gone;
    },
    settled: async () => {
      await writing;
    },
  };
}

function parsed(line: string): unknown {
  if (line === '') return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
