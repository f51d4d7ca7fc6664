import { createHash, randomBytes } from 'node:crypto';
import { link, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pilcrowError } from '../core/errors.ts';

/** A held lock. `release` may be called twice. */
export interface Lock {
  release(): Promise<void>;
}

interface Owner {
  pid: number;
  host: string;
  /** When the owning process started, milliseconds since 1970: tells it from a later process with the same number. */
  started: number;
}

const held = new Set<string>();
/** How often a writer touches its lock, and after how long without a touch one of another machine counts as dead. */
const TOUCH_EVERY = 15_000;
const DEAD_AFTER = 120_000;
/** Two readings of one process's start differ by clock adjustments only. */
const SAME_START = 2_000;

/** Names the machine in the name of a file, so that a file cut off by a crash still says whose it is. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** What a taker writes before it holds the lock: process, machine, a random part; `-stale` when it moved a dead lock aside. */
const ATTEMPT = /^lock-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}(-stale)?$/;

const processStart = (): number => Math.round(Date.now() - process.uptime() * 1000);

/**
 * Takes the write lock of an index directory: a file that names its owner, made by an atomic link so that it is never
 * seen half written. A lock whose process is dead is taken over. Rejects with `index_locked` while another writer, in
 * this process or elsewhere, holds it.
 */
export async function takeLock(directory: string): Promise<Lock> {
  const path = join(resolve(directory), 'lock');
  if (held.has(path)) throw locked(null);
  held.add(path);
  const mine = `${path}-${process.pid}-${MACHINE}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(mine, JSON.stringify({ pid: process.pid, host: hostname(), started: processStart() } satisfies Owner));
    await acquire(mine, path);
    await sweep(mine);
  } catch (error) {
    held.delete(path);
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
  const timer = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), TOUCH_EVERY);
  timer.unref();
  let released = false;
  return {
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      await rm(path, { force: true }).catch(() => undefined);
      held.delete(path);
    },
  };
}

async function acquire(mine: string, path: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await link(mine, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readOwner(path);
    if (await isAlive(owner, path)) throw locked(owner);
    // Moved aside before it is removed: another process that takes over at the same instant finds nothing to move.
    const aside = `${mine}-stale`;
    try {
      await rename(path, aside);
    } catch {
      continue;
    }
    const moved = await readOwner(aside);
    if (await isAlive(moved, aside)) {
      await link(aside, path).catch(() => undefined);
      await rm(aside, { force: true });
      throw locked(moved);
    }
    await rm(aside, { force: true });
  }
  throw locked(null);
}

/** Removes what processes that died while they took the lock left behind. Called by the holder of the lock only. */
async function sweep(mine: string): Promise<void> {
  const directory = dirname(mine);
  for (const name of await readdir(directory).catch(() => [] as string[])) {
    const [, pid, machine] = ATTEMPT.exec(name) ?? [];
    if (pid === undefined || name === basename(mine)) continue;
    const path = join(directory, name);
    // This process tries once at a time, so another file with its number is of an earlier process.
    const alive = machine !== MACHINE ? await touchedLately(path) : Number(pid) !== process.pid && runs(Number(pid));
    if (!alive) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    const { pid, host, started } = JSON.parse(await readFile(path, 'utf8')) as Partial<Owner>;
    if (!Number.isInteger(pid) || (pid as number) <= 0 || typeof host !== 'string' || typeof started !== 'number') return null;
    return { pid: pid as number, host, started };
  } catch {
    return null;
  }
}

async function isAlive(owner: Owner | null, path: string): Promise<boolean> {
  if (owner === null) return false;
  if (owner.host !== hostname()) return touchedLately(path);
  // In a container every start has the same process number: then the start time decides.
  if (owner.pid === process.pid) return Math.abs(owner.started - processStart()) < SAME_START;
  return runs(owner.pid);
}

async function touchedLately(path: string): Promise<boolean> {
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Date.now() - touched < DEAD_AFTER;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function locked(owner: Owner | null) {
  return pilcrowError('index_locked', `Another writer${owner ? ` (process ${owner.pid} on ${owner.host})` : ''} is building this index.`, {
    hint: 'Wait for it to finish; if no such process exists, delete the file "lock" in the index directory.',
    retryable: true,
  });
}
