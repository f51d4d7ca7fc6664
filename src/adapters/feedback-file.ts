import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import type { FeedbackRecord, FeedbackStore } from '../core/site.ts';

/** A file of 8 MB holds some 5,000 records; with 24 older ones all feedback stays below 200 MB. The oldest goes first. */
const FILE_BYTES = 8_000_000;
const OLDER_FILES = 24;
const CURRENT = 'feedback.jsonl';
const OLDER = /^feedback-\d{8}T\d{9}Z(?:-\d+)?\.jsonl$/;

/**
 * Feedback as lines of JSON that are only ever added to, in one folder. `add` resolves after fsync; records that arrive
 * while one is written go to the disk together. A line cut off by a crash is passed over when reading.
 */
export function createFeedbackFile(folder: string, { fileBytes = FILE_BYTES, olderFiles = OLDER_FILES } = {}): FeedbackStore {
  let waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing = false;

  const write = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await append(batch.map((one) => one.line).join(''));
        for (const one of batch) one.done();
      } catch (error) {
        const wrapped = pilcrowError('unavailable', 'The feedback could not be stored.', { retryable: true, cause: error });
        for (const one of batch) one.failed(wrapped);
      }
    }
    writing = false;
  };
  const append = async (lines: string): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, CURRENT);
    let handle: FileHandle = await open(file, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      if (size > 0 && size + lines.length > fileBytes) {
        await handle.close();
        await retire(file);
        handle = await open(file, 'a+', 0o600);
      } else if (size > 0) {
        const last = Buffer.alloc(1);
        await handle.read(last, 0, 1, size - 1);
        // A line that was cut off ends here, so that the next one is whole.
        if (last[0] !== 10) await handle.appendFile('\n');
      }
      await handle.appendFile(lines);
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  const retire = async (file: string): Promise<void> => {
    const older = (await readdir(folder)).filter((name) => OLDER.test(name)).sort();
    const stamp = new Date().toISOString().replace(/[-:.]/g, '');
    let name = `feedback-${stamp}.jsonl`;
    for (let count = 1; older.includes(name); count++) name = `feedback-${stamp}-${count}.jsonl`;
    await rename(file, join(folder, name));
    for (const gone of older.slice(0, Math.max(0, older.length + 1 - olderFiles))) await rm(join(folder, gone), { force: true });
  };

  return {
    add: (record) =>
      new Promise((done, failed) => {
        waiting.push({ line: `${JSON.stringify(record)}\n`, done, failed });
        if (!writing) void write();
      }),
    async list() {
      const names = await readdir(folder).catch(() => [] as string[]);
      const files = [...names.filter((name) => OLDER.test(name)).sort(), ...names.filter((name) => name === CURRENT)];
      const latest = new Map<string, FeedbackRecord>();
      for (const name of files) {
        for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) {
          const record = parsed(line);
          if (!record) continue;
          latest.delete(record.id);
          latest.set(record.id, record);
        }
      }
      return [...latest.values()];
    },
  };
}

function parsed(line: string): FeedbackRecord | null {
  if (line === '') return null;
  try {
    const record = JSON.parse(line) as FeedbackRecord | null;
    return record && typeof record.id === 'string' && typeof record.question === 'string' && Array.isArray(record.citations)
      ? record
      : null;
  } catch {
    return null;
  }
}
