import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { type AskDependencies, createAsk, localVectors } from '../../src/ask/ask.ts';
import type { AskSettings } from '../../src/ask/settings.ts';
import { pilcrowError } from '../../src/core/errors.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { ingest } from '../../src/ingest/ingest.ts';

export const embedder = await createStaticEmbedder();

/** The real pipeline over a folder, with the exact in-memory store. */
export async function serviceOver(folder: string, settings: Partial<AskSettings> = {}, more: Partial<AskDependencies> = {}) {
  const store = createMemoryStore();
  await ingest({ folder, store, embedder });
  const reader = (await store.open()) as IndexReader;
  const { ask, search } = createAsk({
    index: async () => reader ?? Promise.reject(pilcrowError('index_missing', 'nothing ingested')),
    embedder,
    vectors: localVectors(embedder),
    settings,
    ...more,
  });
  return { ask, search, reader };
}

/** The same over files given by name and content. */
export async function serviceOf(files: Record<string, string>, settings: Partial<AskSettings> = {}, more: Partial<AskDependencies> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pilcrow-ask-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await serviceOver(folder, settings, more);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
