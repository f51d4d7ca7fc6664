import { pilcrowError } from '../core/errors.ts';
import { createJsonFile } from './json-file.ts';

/** Keys that are kept; the oldest go first. What they named is long gone by then. */
const MOST_KEYS = 20_000;

/** What was dealt with, by its keys, in one file. */
export function createSettled(file: string): { get(): ReadonlySet<string>; put(keys: ReadonlySet<string>): Promise<void> } {
  return createJsonFile<ReadonlySet<string>>({
    file,
    mode: 0o600,
    every: 0,
    empty: new Set(),
    parse: (content) => {
      const { settled } = (content ?? {}) as { settled?: unknown };
      if (!Array.isArray(settled))
        throw pilcrowError('bad_config', `${file} cannot be read.`, { hint: 'Remove it: everything is open again.' });
      return new Set(settled.filter((key) => typeof key === 'string'));
    },
    shape: (keys) => ({ version: 1, settled: [...keys].slice(-MOST_KEYS) }),
  });
}
