import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { EndedSessions, Seal } from '../core/access.ts';
import { pilcrowError } from '../core/errors.ts';
import { createJsonFile } from './json-file.ts';

/** Bytes of the key, as AES-256-GCM takes them. */
const KEY_BYTES = 32;

/**
 * Seals with a key in a file only its owner may read, made when there is none. Whoever removes the file and starts the service anew
 * ends every session. Throws `bad_config` for a file that holds no key.
 */
export function createSeal(file: string, now: () => Date = () => new Date()): Seal {
  const key = keyIn(file);
  return {
    close: (purpose, value, seconds) =>
      new EncryptJWT({ value })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setIssuedAt(now())
        .setExpirationTime(new Date(now().getTime() + seconds * 1000))
        .encrypt(key),
    async open(purpose, text) {
      try {
        const { payload } = await jwtDecrypt(text, key, {
          audience: purpose,
          requiredClaims: ['exp'],
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          currentDate: now(),
        });
        return (payload.value as Record<string, unknown> | undefined) ?? null;
      } catch {
        return null;
      }
    },
  };
}

function keyIn(file: string): Uint8Array {
  mkdirSync(dirname(file), { recursive: true });
  const read = (): Uint8Array | null => {
    try {
      return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
  let key = read();
  if (!key) {
    const beside = `${file}.${process.pid}.new`;
    writeFileSync(beside, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600 });
    try {
      // Unlike a rename it does not replace the key another process has just made.
      linkSync(beside, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(beside, { force: true });
    }
    key = read();
  }
  if (key?.length === KEY_BYTES) return key;
  throw pilcrowError('bad_config', `${file} holds no key.`, { hint: 'Remove it: a new one is made, and everybody signs in again.' });
}

interface Ended {
  id: string;
  until: number;
}

/** Ended sessions in one file, which every process of the service looks at; those that are over by now are forgotten. */
export function createEndedSessions(file: string, now: () => number = Date.now): EndedSessions {
  const kept = createJsonFile<Ended[]>({
    file,
    mode: 0o600,
    every: 0,
    empty: [],
    parse: (content) => {
      const { ended } = (content ?? {}) as { ended?: Ended[] };
      if (!Array.isArray(ended))
        throw pilcrowError('bad_config', `${file} cannot be read.`, { hint: 'Remove it and session.key beside it.' });
      return ended;
    },
    shape: (ended) => ({ version: 1, ended }),
  });
  return {
    has: (id) => kept.get().some((one) => one.id === id),
    add: (id, until) => kept.put([...kept.get(true).filter((one) => one.until > now()), { id, until }]),
  };
}
