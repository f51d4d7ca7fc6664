import type { StaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { library } from '../../src/ask/library.ts';
import { type ChunkReader, createChunkReader } from '../../src/ask/rank/chunk-reader.ts';
import { featureRows } from '../../src/ask/rank/features.ts';
import type { Session } from '../../src/ask/records.ts';
import { retrieve } from '../../src/ask/retrieve/retrieve.ts';
import { DEFAULT_SETTINGS } from '../../src/ask/settings.ts';
import { understand } from '../../src/ask/understand/understand.ts';
import type { LocalVectors } from '../../src/ask/word-vectors.ts';
import type { AskRequest, Chunk } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';

/** One question as the ranker sees it. */
export interface Sample {
  set: string;
  id: string;
  kind: 'answerable' | 'unanswerable' | 'elsewhere' | 'taken-out';
  category: string;
  weight: number;
  /** Whether the vectors know the language; without them words alone find and judge. */
  vectors: boolean;
  rows: Float32Array[];
  /** By row: 1 answers, 0 does not, -1 unsure. */
  labels: Int8Array;
}

/** Languages the shipped vectors know. */
const KNOWN = (language: string) => language === 'en' || language === 'und';

/**
 * Rows and labels of one question over an index; where the vectors know its language, once more as if they did not, so that other
 * languages have something to learn from.
 */
export async function samplesOf(
  about: Pick<Sample, 'set' | 'id' | 'kind' | 'category' | 'weight'>,
  request: AskRequest,
  reader: IndexReader,
  embedder: StaticEmbedder,
  vectors: LocalVectors,
  labelOf: (chunk: Chunk, source: string) => 1 | 0 | -1,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const known of [KNOWN, () => false]) {
    const { question, candidates } = await questionOver(request, reader, embedder, vectors, known);
    const rows = featureRows(question, candidates, vectors);
    samples.push({
      ...about,
      vectors: question.embedded,
      rows: rows.map(({ features }) => features),
      labels: Int8Array.from(rows, ({ candidate }) => labelOf(candidate.chunk, candidate.briefing.source)),
    });
    if (!question.embedded) break;
  }
  return samples;
}

const chunkReaders = new WeakMap<IndexReader, ChunkReader>();

/** One for each index: the same chunks come again and again. */
function chunkReaderOf(reader: IndexReader, vectors: LocalVectors): ChunkReader {
  let found = chunkReaders.get(reader);
  if (!found) {
    found = createChunkReader(vectors);
    chunkReaders.set(reader, found);
  }
  return found;
}

/** A question as the stages before ranking leave it. */
export async function questionOver(
  request: AskRequest,
  reader: IndexReader,
  embedder: StaticEmbedder,
  vectors: LocalVectors,
  known: (language: string) => boolean = KNOWN,
) {
  const session: Session = {
    request,
    reader,
    library: await library(reader),
    settings: DEFAULT_SETTINGS,
    step: () => {},
    emit: () => {},
    signal: undefined,
  };
  const question = await understand(session, vectors, known);
  const { candidates } = await retrieve(session, question, embedder, chunkReaderOf(reader, vectors));
  return { question, candidates };
}
