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
  /**
   * The same as the system counts it, with what tells one run of the machine from the next: unlike `started` it does not move
   * when the clock is set. Null where the system does not say.
   */
  birth?: string | null;
}

const held = new Set<string>();
/** How often a writer touches its lock, and after how long without a touch one of another machine counts as dead. */
const TOUCH_EVERY = 15_000;
const DEAD_AFTER = 120_000;
/** Two readings of one process's start differ by clock adjustments only. */
const SAME_START = 2_000;
/** The same for a start computed from that of the machine, whose clock may have been set since. */
const NEAR_START = 60_000;
/** How many of the system's ticks make a second; Linux shows 100 to programs on every platform. */
const TICKS_A_SECOND = 100;

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
    await writeFile(
      mine,
      JSON.stringify({
        pid: process.pid,
        host: hostname(),
        started: processStart(),
        birth: (await birthOf(process.pid))?.name ?? null,
      } satisfies Owner),
    );
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
    const { pid, host, started, birth = null } = JSON.parse(await readFile(path, 'utf8')) as Partial<Owner>;
    if (!Number.isInteger(pid) || (pid as number) <= 0 || typeof host !== 'string' || typeof started !== 'number') return null;
    return { pid: pid as number, host, started, birth };
  } catch {
    return null;
  }
}

async function isAlive(owner: Owner | null, path: string): Promise<boolean> {
  if (owner === null) return false;
  if (owner.host !== hostname()) return touchedLately(path);
  // A process number comes again, in a container with every start: then the time it started decides.
  if (owner.pid === process.pid) return Math.abs(owner.started - processStart()) < SAME_START;
  if (!runs(owner.pid)) return false;
  const birth = await birthOf(owner.pid);
  if (birth === null) return touchedLately(path);
  return owner.birth ? owner.birth === birth.name : Math.abs(owner.started - birth.started) < NEAR_START;
}

/** When a process started, by the system's own count; null where it does not say (macOS, Windows). */
async function birthOf(pid: number): Promise<{ name: string; started: number } | null> {
  try {
    const [stat, boot, machine] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
      readFile('/proc/stat', 'utf8'),
    ]);
    // The name of the program may hold spaces and brackets; the fields begin behind its last one. The 22nd is the start.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const booted = Number(/^btime (\d+)$/m.exec(machine)?.[1]);
    if (!Number.isFinite(ticks) || !Number.isFinite(booted)) return null;
    return { name: `${boot.trim()} ${ticks}`, started: booted * 1000 + (ticks / TICKS_A_SECOND) * 1000 };
  } catch {
    return null;
  }
}

async function touchedLately(path: string): Promise<boolean> {
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  // A touch to come is of a clock that was set since, or of another machine's: it says nothing.
  return Math.abs(Date.now() - touched) < DEAD_AFTER;
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
  const message = owner
    ? `Another writer (process ${owner.pid} on ${owner.host}) is building this index.`
    : 'Another writer is building this index.';
  return pilcrowError('index_locked', message, {
    hint: 'Wait for it to finish; if no such process exists, delete the file "lock" in the index directory.',
    retryable: true,
  });
}
