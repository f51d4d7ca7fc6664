import type { StaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { library } from '../../src/ask/library.ts';
import { createChunkReader } from '../../src/ask/rank/chunk-reader.ts';
import { featureRows } from '../../src/ask/rank/features.ts';
import type { LocalVectors, Session } from '../../src/ask/records.ts';
import { retrieve } from '../../src/ask/retrieve/retrieve.ts';
import { DEFAULT_SETTINGS } from '../../src/ask/settings.ts';
import { understand } from '../../src/ask/understand/understand.ts';
import type { AskRequest, Chunk } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';

/** One question as the ranker sees it. */
export interface Sample {
  set: string;
  id: string;
  kind: 'answerable' | 'unanswerable' | 'elsewhere' | 'taken-out';
  category: string;
  weight: number;
  rows: Float32Array[];
  /** By row: 1 answers, 0 does not, -1 unsure. */
  labels: Int8Array;
}

/** Rows and labels of one question over an index. */
export async function sampleOf(
  about: Pick<Sample, 'set' | 'id' | 'kind' | 'category' | 'weight'>,
  request: AskRequest,
  reader: IndexReader,
  embedder: StaticEmbedder,
  vectors: LocalVectors,
  labelOf: (chunk: Chunk, source: string) => 1 | 0 | -1,
): Promise<Sample> {
  const { question, candidates } = await questionOver(request, reader, embedder, vectors);
  const rows = featureRows(question, candidates, vectors);
  return {
    ...about,
    rows: rows.map(({ features }) => features),
    labels: Int8Array.from(rows, ({ candidate }) => labelOf(candidate.chunk, candidate.briefing.source)),
  };
}

const chunkReaders = new WeakMap<IndexReader, ReturnType<typeof createChunkReader>>();

/** One for each index: the same chunks come again and again. */
function chunkReaderOf(reader: IndexReader, vectors: LocalVectors): ReturnType<typeof createChunkReader> {
  let found = chunkReaders.get(reader);
  if (!found) {
    found = createChunkReader(vectors);
    chunkReaders.set(reader, found);
  }
  return found;
}

/** A question as the stages before ranking leave it. */
export async function questionOver(request: AskRequest, reader: IndexReader, embedder: StaticEmbedder, vectors: LocalVectors) {
  const session: Session = {
    request,
    reader,
    library: await library(reader),
    settings: DEFAULT_SETTINGS,
    step: () => {},
    emit: () => {},
    signal: undefined,
  };
  const question = await understand(session, vectors, (language) => language === 'en' || language === 'und');
  const { candidates } = await retrieve(session, question, embedder, chunkReaderOf(reader, vectors));
  return { question, candidates };
}
