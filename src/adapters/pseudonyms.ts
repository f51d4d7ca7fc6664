import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asker } from '../core/access.ts';
import { dayOf } from './day-files.ts';

const KEY_FILE = /^key-(\d{4}-\d\d-\d\d)$/;

/**
 * Another name for an asker, 16 hexadecimal digits: HMAC-SHA256 of who it is under a key of the day (UTC), which lies in `folder` so
 * that several processes give the same names, and is removed when the day is over. From then on nobody can tell whose name it was,
 * nor which names of two days are one person's. Throws when the key can be neither read nor written.
 */
export function createPseudonyms(folder: string, now: () => number = Date.now): (asker: Asker) => string {
  let day = '';
  let key = '';
  return ({ kind, id }) => {
    const today = dayOf(now());
    if (today !== day) {
      key = keyOf(folder, today);
      day = today;
    }
    return createHmac('sha256', key).update(`${kind} ${id}`).digest('hex').slice(0, 16);
  };
}

/** Removes keys of days before today's; names of today's stay what they are. */
export function forgetKeys(folder: string, now: number = Date.now()): void {
  const today = dayOf(now);
  for (const name of namesIn(folder)) if ((KEY_FILE.exec(name)?.[1] ?? today) < today) rmSync(join(folder, name), { force: true });
}

function keyOf(folder: string, day: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `key-${day}`);
  const made = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeFileSync(made, randomBytes(32).toString('hex'), { mode: 0o600 });
    // Whoever is first makes the key of the day; a link is never seen half written.
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(made, { force: true });
  }
  return readFileSync(file, 'utf8');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
