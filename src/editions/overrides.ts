import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { pilcrowError } from '../core/errors.ts';
import { isDate } from '../core/time/dates.ts';
import { LONGEST_SERIES } from './settings.ts';

/** What a person decided about one file of the corpus; it wins over what the file says. */
export interface EditionOverride {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  edition?: string;
  series?: string;
}

/** By file, relative to the corpus folder, with forward slashes. */
export type EditionOverrides = Record<string, EditionOverride>;

/** Lies in the corpus folder: unlike an index it cannot be made again, and it belongs with the documents. */
export const OVERRIDES_FILE = 'pilcrow.editions.json';
/** Enough for some 5,000 decisions. */
const LARGEST_FILE_BYTES = 1_000_000;

/** Reads the decisions about a corpus; none when there is no such file. Rejects with `bad_request` when it is not well formed. */
export async function readOverrides(corpus: string): Promise<EditionOverrides> {
  const file = join(corpus, OVERRIDES_FILE);
  let text: string;
  try {
    if ((await fs.stat(file)).size > LARGEST_FILE_BYTES) throw wrong(file, 'it is larger than 1 MB');
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    // A corpus that is no folder is told by whoever reads its files.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return {};
    throw (error as Error).name === 'PilcrowError' ? error : wrong(file, (error as Error).message, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw wrong(file, (error as Error).message, error);
  }
  const briefings = isRecord(value) ? value.briefings : undefined;
  if (!isRecord(briefings)) throw wrong(file, 'it has no object "briefings"');
  const found: EditionOverrides = Object.create(null);
  for (const [name, set] of Object.entries(briefings)) {
    if (!isRecord(set)) throw wrong(file, `"${name}" is no object`);
    const { edition, series } = set;
    if (edition !== undefined && (typeof edition !== 'string' || !isDate(edition)))
      throw wrong(file, `the edition of "${name}" is not YYYY, YYYY-MM or YYYY-MM-DD`);
    if (series !== undefined && (typeof series !== 'string' || !isSeries(series)))
      throw wrong(file, `the series of "${name}" is no short text`);
    found[name] = { ...(edition === undefined ? {} : { edition }), ...(series === undefined ? {} : { series }) };
  }
  return found;
}

/** Notes a decision about one file, beside those there are; null withdraws it. The file is replaced as a whole or not at all. */
export async function setOverride(corpus: string, source: string, set: EditionOverride | null): Promise<EditionOverrides> {
  if (set?.edition !== undefined && !isDate(set.edition)) {
    throw pilcrowError('bad_request', `"${set.edition}" is not an edition date.`, { hint: 'Write YYYY, YYYY-MM or YYYY-MM-DD.' });
  }
  if (set?.series !== undefined && !isSeries(set.series))
    throw pilcrowError('bad_request', 'That is no name for a series.', {
      hint: 'Use letters, digits and hyphens, e.g. china-ilo-cooperation.',
    });
  const overrides = await readOverrides(corpus);
  if (set) overrides[source] = { ...overrides[source], ...set };
  else delete overrides[source];
  const sorted = Object.fromEntries(Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1)));
  await replace(join(corpus, OVERRIDES_FILE), `${JSON.stringify({ briefings: sorted }, null, 2)}\n`);
  return overrides;
}

const isSeries = (text: string) => text.length <= LONGEST_SERIES && /[\p{L}\p{N}]/u.test(text);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (file: string, what: string, cause?: unknown) =>
  pilcrowError('bad_request', `${file} cannot be used: ${what}.`, {
    hint: 'Mend it, or remove it and set the editions again with `pilcrow editions set`.',
    cause,
  });

/** Written beside it, forced to disk, then renamed over it: a crash leaves the old file or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await fs.open(temporary, 'w', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, file);
  } catch (cause) {
    await fs.rm(temporary, { force: true });
    throw pilcrowError('unavailable', `${file} cannot be written: ${(cause as Error).message}.`, {
      hint: 'Give the process permission to write to the corpus folder, or state the edition in the front matter of the file.',
      cause,
    });
  }
}
