import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of documents that were read, each behind a line with the SHA-256 of the rest. `Kept` is whatever JSON is put in. */
export interface FileMemory<Kept> {
  version: string;
  document(key: string): Promise<Kept | null>;
  keep(key: string, document: Kept): Promise<void>;
  prune(keys: ReadonlySet<string>): Promise<void>;
  last(): Promise<string | null>;
  note(last: string): Promise<void>;
}

const KEY = /^[0-9a-f]{64}$/;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Keeps documents in a folder. A file that is missing, cut off or altered counts as not there; one that cannot be written is not
 * kept, and nothing else depends on it.
 */
export function createFileMemory<Kept>(folder: string, version: string): FileMemory<Kept> {
  const read = async (name: string): Promise<string | null> => {
    const whole = await readFile(join(folder, name), 'utf8').catch(() => '');
    const at = whole.indexOf('\n');
    const text = whole.slice(at + 1);
    return at > 0 && sha256(text) === whole.slice(0, at) ? text : null;
  };
  const write = async (name: string, text: string): Promise<void> => {
    const temporary = join(folder, `${name}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(temporary, `${sha256(text)}\n${text}`);
      await rename(temporary, join(folder, name));
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  };
  return {
    version,
    async document(key) {
      const text = KEY.test(key) ? await read(key) : null;
      return text === null ? null : (JSON.parse(text) as Kept);
    },
    keep: (key, document) => write(key, JSON.stringify(document)),
    async prune(keys) {
      for (const name of await readdir(folder).catch(() => [] as string[])) {
        if (name !== 'last' && !keys.has(name)) await rm(join(folder, name), { force: true }).catch(() => undefined);
      }
    },
    last: () => read('last'),
    note: (last) => write('last', last),
  };
}
