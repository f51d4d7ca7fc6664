import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createBriefingFiles } from '../adapters/briefing-files.ts';
import { createIngestProcess, type IngestProcess } from '../adapters/ingest-process.ts';
import { createOriginals } from '../adapters/originals.ts';
import { packageRoot } from '../adapters/package-root.ts';
import { createFileMemory } from '../adapters/read-memory.ts';
import type { Config } from '../config.ts';
import { isPilcrowError, pilcrowError } from '../core/errors.ts';
import type { Originals } from '../core/originals.ts';
import type { BriefingFiles } from '../core/updates.ts';
import type { Document, DocumentReader } from '../ingest/index.ts';
import type { RunningPilcrow } from './options.ts';
import { openStore } from './store.ts';

/** Names this build: its chunks are named by their content. Run from its sources it is another one every time. */
export const BUILD = /-[0-9A-Z]{8}\.js$/.test(import.meta.url) ? basename(import.meta.url) : randomUUID();

/** Reads briefings in a process of their own; from the sources, where there is no build, in this one. */
export async function readerOf(): Promise<DocumentReader> {
  const { isolatedReader, localReader } = await import('../ingest/index.ts');
  const module = join(packageRoot(), 'dist', 'ingest', 'read.child.js');
  return existsSync(module) ? isolatedReader({ module }) : localReader;
}

/**
 * Reads one file as if it lay in the corpus under that name, and remembers what was read for the ingest to come. Rejects with what
 * is wrong with it.
 */
export async function checkBriefing(config: Config, name: string, path: string): Promise<void> {
  const [{ memoryKey, readFile }, { sha256 }, reader] = await Promise.all([
    import('../ingest/index.ts'),
    import('../core/hash.ts'),
    readerOf(),
  ]);
  try {
    const bytes = await readFile({ name, path });
    const document = await reader.read(name, bytes, { now: new Date() });
    if (document.paragraphs.length === 0) {
      throw pilcrowError('bad_document', `There is no text in ${name}.`, { hint: 'A scanned document needs text recognition first.' });
    }
    const memory = createFileMemory<Document>(join(config.index, 'reading'), BUILD);
    await memory.keep(memoryKey(memory.version, name, sha256(bytes)), document);
  } finally {
    await reader.close();
  }
}

/** Rejects when the live snapshot was made from another folder than the corpus: what it holds would be lost. */
export async function liesIn(config: Config): Promise<void> {
  const store = await openStore(config);
  const reader = await store.open().catch(() => null);
  const briefings = (await reader?.briefings()) ?? [];
  await reader?.close();
  await store.close();
  if (briefings.length === 0 || briefings.some(({ source }) => existsSync(join(config.corpus, source)))) return;
  throw pilcrowError('bad_config', `None of the briefings that answer now lies in ${config.corpus}.`, {
    hint: 'Set PILCROW_CORPUS to the folder the index was made from, or run `pilcrow ingest` once for this one.',
  });
}

/** The process that ingests while this one serves; it is started when there is something to do, or to watch. Needs the build. */
export function openIngestProcess(
  config: Config,
  told: Pick<Parameters<typeof createIngestProcess>[0], 'onTaken' | 'log'> = {},
): IngestProcess {
  const module = join(packageRoot(), 'dist', 'cli', 'ingest.child.js');
  if (!existsSync(module)) throw pilcrowError('internal', 'The process that ingests was not built.', { hint: 'Run `npm run build`.' });
  const settings = { PILCROW_CORPUS: config.corpus, PILCROW_INDEX: config.index, PILCROW_DATA: config.data };
  return createIngestProcess({ ...told, module, settings, watch: config.watch });
}

/** The files briefings were read from; null where nobody may have them. */
export const openOriginals = (config: Config): Originals | null => (config.originals ? createOriginals(config.corpus) : null);

/** The corpus folder, to be changed over HTTP; null when that is off. */
export async function openBriefingFiles(config: Config, ingester: IngestProcess, pilcrow: RunningPilcrow): Promise<BriefingFiles | null> {
  if (config.uploadBytes === 0) return null;
  const { acceptName } = await import('../ingest/file-name.ts');
  return createBriefingFiles({
    folder: config.corpus,
    ingester,
    accept: (given) => {
      const { name, bytes } = acceptName(given);
      return { name, bytes: Math.min(bytes, config.uploadBytes) };
    },
    live: async () => {
      const reader = await pilcrow.index().catch((error) => {
        // The first one may be brought in over HTTP.
        if (isPilcrowError(error) && error.code === 'index_missing') return null;
        throw error;
      });
      return (await reader?.briefings()) ?? [];
    },
    published: () => pilcrow.refresh(),
  });
}

/** Rejects with what is wrong with the rules of the corpus about who may read what. */
export async function checkAccessRules(config: Config): Promise<void> {
  const { readAccessRules } = await import('../ingest/access.ts');
  await readAccessRules(config.corpus);
}
