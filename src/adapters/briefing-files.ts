import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorCode, isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { Briefing } from '../core/model.ts';
import type { BriefingFiles, Expectation, Ingester, IngestOutcome, UpdateReport } from '../core/updates.ts';

export interface BriefingFilesOptions {
  folder: string;
  ingester: Ingester;
  accept: BriefingFiles['accept'];
  /** The briefings that answer now. */
  live(): Promise<readonly Pick<Briefing, 'source' | 'sha256'>[]>;
  /** Called when another snapshot was published, before it is said that it was. */
  published(): Promise<void>;
  /** Default: the clock. */
  now?: () => number;
}

/** What stands beside briefings while one is brought in; ingest passes over names that begin with a dot. */
const BESIDE = /^\.pilcrow-(?:new|old)-[0-9a-f]{16}\.tmp$/;
/** Age of one that nobody can be working on any more: no upload takes that long. */
const FORGOTTEN_MILLISECONDS = 3_600_000;
const LEFT_OUT = 'left out';
const BUSY = 'Another briefing is being brought in or taken out.';

/**
 * Changes a folder of briefings, one file at a time: a new file is written beside, checked, and renamed into its place; the old one
 * is kept beside until the new snapshot is published, and put back when it is not. A process that is killed leaves the old file or
 * the new one, whole.
 */
export function createBriefingFiles(options: BriefingFilesOptions): BriefingFiles {
  const { folder, ingester, accept, live, published, now = Date.now } = options;
  let busy = false;
  const take = (): (() => void) => {
    if (busy) throw pilcrowError('index_locked', BUSY, { hint: 'Send it again in some seconds.', retryable: true });
    busy = true;
    return () => {
      busy = false;
    };
  };
  const beside = (what: 'new' | 'old') => join(folder, `.pilcrow-${what}-${randomBytes(8).toString('hex')}.tmp`);

  /** An index made from another folder would lose all it holds. */
  const sameFolder = async (sources: readonly string[]): Promise<void> => {
    for (const source of sources) if (await exists(join(folder, source))) return;
    if (sources.length > 0) {
      throw pilcrowError('conflict', 'None of the briefings that answer now lies in the folder of this service.', {
        hint: 'Whoever runs it has to set PILCROW_CORPUS to the folder the index was made from.',
      });
    }
  };

  /** SHA-256 of the file there is; null when there is none. Rejects with `conflict` for anything else of that name. */
  const current = async (name: string): Promise<string | null> => {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [] as string[];
      throw unusable(error);
    });
    const plain = (one: string) => one.normalize('NFC').toLowerCase();
    const alike = names.find((one) => one !== name && plain(one) === plain(name));
    if (alike !== undefined && !names.includes(name)) {
      throw pilcrowError('conflict', `There is a briefing whose name differs only in how it is written: ${alike}.`, {
        hint: 'Use that name.',
      });
    }
    if (!names.includes(name)) return null;
    const path = join(folder, name);
    if (!(await stat(path).catch(() => null))?.isFile()) {
      throw pilcrowError('conflict', 'What has this name is no file.', { hint: 'Use another name.' });
    }
    return await hashOf(path).catch((error) => {
      throw unusable(error);
    });
  };

  const publish = async (
    file: string,
    sha256: string | null,
    action: UpdateReport['action'],
    onProgress?: Parameters<Ingester['ingest']>[0]['onProgress'],
  ): Promise<UpdateReport> => {
    const outcome = await ingester.ingest({ allowEmpty: sha256 === null, onProgress });
    const briefing = outcome.editions.find(({ source }) => source === file);
    if (sha256 !== null && !briefing) {
      const why = outcome.problems.find((one) => one.file === file);
      throw pilcrowError('conflict', `The briefing was left out: ${why?.message ?? 'it was changed meanwhile.'}`, {
        hint: why?.hint,
        details: LEFT_OUT,
      });
    }
    await published();
    return reportOf(file, sha256, action, outcome, briefing);
  };

  const settle = async (undo: Undo, work: () => Promise<UpdateReport>): Promise<UpdateReport> => {
    let report: UpdateReport;
    try {
      report = await work();
    } catch (error) {
      await undo.back().catch(() => undefined);
      // Published without the file: once more, with the one it stood for.
      if (isPilcrowError(error) && error.details === LEFT_OUT) await ingester.ingest({ allowEmpty: true }).catch(() => undefined);
      throw failure(error);
    }
    await undo.done();
    return report;
  };

  return {
    accept,
    async receive(name, body, { expected, bytes }) {
      const release = take();
      const staged = beside('new');
      const give = async (): Promise<void> => {
        await rm(staged, { force: true }).catch(() => undefined);
        release();
      };
      try {
        await mkdir(folder, { recursive: true }).catch((error) => {
          throw unusable(error);
        });
        await sweep(folder, now());
        const briefings = await live();
        await sameFolder(briefings.map(({ source }) => source));
        const before = await current(name);
        meets(expected, before);
        const sha256 = await write(staged, body(), bytes);
        const twin = briefings.find((one) => one.sha256 === sha256 && one.source !== name);
        if (twin && (await exists(join(folder, twin.source)))) {
          throw pilcrowError('conflict', `The same text is there already, as ${twin.source}.`, {
            hint: 'Remove that one first if it is to have another name.',
          });
        }
        await ingester.check(name, staged);
        return {
          sha256,
          async publish(onProgress) {
            try {
              if (before === sha256) return await publish(name, sha256, 'unchanged', onProgress);
              const undo = await replace(join(folder, name), staged, before === null ? null : beside('old'));
              return await settle(undo, () => publish(name, sha256, before === null ? 'added' : 'replaced', onProgress));
            } finally {
              await give();
            }
          },
        };
      } catch (error) {
        await give();
        throw error;
      }
    },
    async remove(name, { expected, onProgress }) {
      const release = take();
      try {
        const before = await current(name);
        if (before === null) {
          throw pilcrowError('not_found', 'There is no briefing of this name.', {
            hint: 'GET /v1/briefings lists them; `source` is the name of the file.',
          });
        }
        meets(expected, before);
        await sameFolder((await live()).map(({ source }) => source));
        const undo = await replace(join(folder, name), null, beside('old'));
        return await settle(undo, () => publish(name, null, 'removed', onProgress));
      } finally {
        release();
      }
    },
  };
}

function meets(expected: Expectation | null, sha256: string | null): void {
  const fails =
    expected !== null &&
    (expected.is === 'absent' ? sha256 !== null : sha256 === null || (expected.is === 'one of' && !expected.sha256.includes(sha256)));
  if (!fails) return;
  const [why, hint] =
    sha256 === null
      ? ['There is no briefing of this name.', 'Send it without If-Match to bring it in.']
      : expected.is === 'absent'
        ? ['There is a briefing of this name already.', 'Send it without If-None-Match to replace it.']
        : ['The briefing is not the one that was meant: it was replaced meanwhile.', 'Look at it again; its `sha256` is its ETag.'];
  throw pilcrowError('precondition_failed', why, { hint });
}

/** Writes what comes into a new file, on the disk when it resolves; gives its SHA-256. */
async function write(path: string, body: AsyncIterable<Uint8Array>, most: number): Promise<string> {
  const hash = createHash('sha256');
  let file: FileHandle | null = null;
  let size = 0;
  try {
    file = await open(path, 'wx', 0o644);
  } catch (error) {
    throw unusable(error);
  }
  try {
    for await (const part of body) {
      size += part.length;
      if (size > most) {
        throw pilcrowError('too_large', `The file is larger than ${megabytes(most)} MB.`, {
          hint: 'Split the document, or leave out what is not text.',
        });
      }
      hash.update(part);
      await file.write(part).catch((error) => {
        throw unusable(error);
      });
    }
    if (size === 0) throw pilcrowError('bad_request', 'The body is empty.', { hint: 'Send the bytes of the file as the body.' });
    await file.sync().catch((error) => {
      throw unusable(error);
    });
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toLocaleString('en', { maximumFractionDigits: 1 });

/** What a change can be taken back with, or made final. */
interface Undo {
  back(): Promise<void>;
  done(): Promise<void>;
}

/** Puts a file (null: none) in the place of another, which is kept at `kept` (null: there is no other). */
async function replace(target: string, by: string | null, kept: string | null): Promise<Undo> {
  const folder = join(target, '..');
  try {
    if (kept !== null && by === null) await rename(target, kept);
    else if (kept !== null) await link(target, kept).catch(() => copy(target, kept));
    if (by !== null) await rename(by, target);
    await syncFolder(folder);
  } catch (error) {
    if (kept !== null) await (by === null ? rename(kept, target) : rm(kept, { force: true })).catch(() => undefined);
    throw unusable(error);
  }
  const placed = by === null ? null : await stat(target);
  return {
    async back() {
      // Whoever changed it meanwhile keeps the last word.
      const now = await stat(target).catch(() => null);
      const same = placed === null ? now === null : now?.ino === placed.ino && now.mtimeMs === placed.mtimeMs && now.size === placed.size;
      if (same && kept !== null) await rename(kept, target);
      else if (same) await rm(target, { force: true });
      if (kept !== null) await rm(kept, { force: true });
      await syncFolder(folder);
    },
    async done() {
      if (kept !== null) await rm(kept, { force: true }).catch(() => undefined);
    },
  };
}

async function copy(from: string, to: string): Promise<void> {
  const file = await open(to, 'wx');
  try {
    await file.writeFile(await readFile(from));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that a name holds after a power failure; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Removes what killed processes left. */
async function sweep(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    if (!BESIDE.test(name)) continue;
    const about = await stat(join(folder, name)).catch(() => null);
    if (about && now - about.ctimeMs > FORGOTTEN_MILLISECONDS) await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** SHA-256 of a file, read piece by piece. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    for await (const part of file.createReadStream({ autoClose: false })) hash.update(part as Uint8Array);
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

const CAUSES: Record<string, string> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'no space is left for this account',
  EACCES: 'the service may not write there',
  EPERM: 'the service may not write there',
  EROFS: 'it lies on a drive that cannot be written to',
};

function unusable(error: unknown) {
  if (isPilcrowError(error)) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return pilcrowError('unavailable', `The folder of briefings cannot be used: ${CAUSES[code] ?? message}.`, {
    hint: 'Nothing was changed. Tell whoever runs the service.',
    retryable: code === 'ENOSPC' || code === 'EDQUOT',
    cause: error,
  });
}

/** Failures of publishing that are the caller's to know as they are. */
const AS_THEY_ARE: ReadonlySet<ErrorCode> = new Set(['conflict', 'index_locked']);

function failure(error: unknown) {
  if (isPilcrowError(error) && AS_THEY_ARE.has(error.code)) return error;
  const { message, hint = null, retryable = false } = error as Error & { hint?: string | null; retryable?: boolean };
  return pilcrowError('unavailable', `The new index was not published: ${message}`, {
    hint: `Folder and answers are as they were before.${hint ? ` ${hint}` : ''}`,
    retryable,
    cause: error,
  });
}

function reportOf(
  file: string,
  sha256: string | null,
  action: UpdateReport['action'],
  outcome: IngestOutcome,
  edition: IngestOutcome['editions'][number] | undefined,
): UpdateReport {
  const own = (list: IngestOutcome['problems']) => list.filter((one) => one.file === file).map(({ message, hint }) => ({ message, hint }));
  const { source: _, ...briefing } = edition ?? { source: '' };
  return {
    file,
    action,
    sha256,
    snapshot: outcome.snapshot,
    briefing: edition ? (briefing as UpdateReport['briefing']) : null,
    briefings: outcome.briefings,
    problems: own(outcome.problems),
    notes: own(outcome.notes),
    newEditions: outcome.newEditions,
  };
}
