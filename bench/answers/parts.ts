import { join } from 'node:path';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { PART_FEATURES, type PartScorer, partRows } from '../../src/ask/answer/decisive.ts';
import { localVectors } from '../../src/ask/word-vectors.ts';
import { labelOf } from './collect.ts';
import { fitLogistic, type Row } from './logistic.ts';
import { questionOver } from './samples.ts';
import { flat, indexFolder, readDeskSet, requestOf } from './sets.ts';

/** Share of a part's words in the evidence from which on it belongs to it. */
const SHARED = 0.7;

export interface PartSample {
  set: string;
  rows: Float32Array[];
  labels: boolean[];
}

/** Parts of the chunks that answer the questions of a set, and whether the evidence is in them. */
export async function partSamples(folder: string, name: string): Promise<PartSample[]> {
  const set = readDeskSet(folder, name);
  const embedder = await createStaticEmbedder();
  const vectors = localVectors(embedder);
  const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder);
  const samples: PartSample[] = [];
  for (const one of set.cases.filter(({ answerable }) => answerable)) {
    const { question, candidates } = await questionOver(requestOf(one), reader, embedder, vectors);
    for (const candidate of candidates) {
      if (candidate.read.parts.length < 2 || labelOf(one, candidate.chunk, candidate.briefing.source) !== 1) continue;
      const quotes = (one.evidence ?? []).map(({ quote }) => flat(quote));
      const labels = candidate.read.parts.map(({ text }) => {
        const own = flat(text);
        const words = own.split(' ');
        return quotes.some((quote) => {
          const theirs = new Set(quote.split(' '));
          return (
            own !== '' &&
            (own.includes(quote) || quote.includes(own) || words.filter((word) => theirs.has(word)).length >= SHARED * words.length)
          );
        });
      });
      if (labels.includes(true) && labels.includes(false))
        samples.push({ set: name, rows: partRows(question, candidate, vectors), labels });
    }
  }
  await close();
  return samples;
}

const PENALTY = 2;

export function fitParts(samples: readonly PartSample[]): PartScorer {
  const rows = samples.flatMap(({ rows: list, labels }): Row[] =>
    list.map((features, at) => ({ features, right: labels[at]!, weight: 1 / list.length })),
  );
  const { mean, deviation, weights, bias } = fitLogistic(rows, PENALTY);
  const round = (value: number) => Number(value.toPrecision(6));
  return {
    features: PART_FEATURES,
    mean: Array.from(mean, round),
    deviation: Array.from(deviation, round),
    weights: Array.from(weights, round),
    bias: round(bias),
  };
}
