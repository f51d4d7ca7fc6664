/**
 * Whether the first chunk, or one of the first three, holds the answer: words alone (BM25), MiniSearch over the same chunks, and what the
 * pool holds, beside the trained ranker of weights that never saw the set:
 * `npx tsx bench/answers/baselines.ts --desk <folder> --keep <folder of bench/answers.ts>`. Printed as the table of docs/evaluation.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import type { Weights } from '../../src/ask/ask.ts';
import { featureRows } from '../../src/ask/rank/features.ts';
import { score, standardise } from '../../src/ask/rank/network.ts';
import { localVectors } from '../../src/ask/word-vectors.ts';
import { argument } from '../data.ts';
import { labelOf } from './collect.ts';
import { questionOver } from './samples.ts';
import { deskSetsIn, indexFolder, readDeskSet, requestOf } from './sets.ts';

const desk = argument('desk');
const keep = argument('keep');
if (!desk || !keep) {
  console.error('Say where the document sets and the weights of bench/answers.ts are: --desk <folder> --keep <folder>.');
  process.exit(1);
}
const WAYS = ['MiniSearch', 'BM25', 'BM25 and vectors', 'ranked'] as const;
type Way = (typeof WAYS)[number];
const cell = (hits: readonly [number, number], of: number) => `${(hits[0] / of).toFixed(2)} / ${(hits[1] / of).toFixed(2)}`;

const embedder = await createStaticEmbedder();
const vectors = localVectors(embedder);
const english = { of: 0, pool: 0, hits: new Map<Way, [number, number]>() };
console.log(`| set | answerable | ${WAYS.join(' | ')} | in the pool |\n|---|---:|${WAYS.map(() => '---|').join('')}---:|`);
for (const name of deskSetsIn(desk)) {
  const set = readDeskSet(desk, name);
  const weights = JSON.parse(readFileSync(join(keep, `${name}.json`), 'utf8')) as Weights;
  const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder);
  const briefings = await reader.briefings();
  const chunks = (await Promise.all(briefings.map(({ id }) => reader.chunksOf(id)))).flat();
  const sourceOf = new Map(briefings.map(({ id, source }) => [id, source]));
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const titles = new Map(briefings.map(({ id, title }) => [id, title]));
  const mini = new MiniSearch({ fields: ['title', 'headings', 'text'] });
  mini.addAll(chunks.map(({ id, briefing, headings, text }) => ({ id, title: titles.get(briefing), headings: headings.join('. '), text })));
  const cases = set.cases.filter(({ answerable }) => answerable);
  const hits = new Map<Way, [number, number]>(WAYS.map((way) => [way, [0, 0]]));
  let pool = 0;
  for (const one of cases) {
    const request = requestOf(one);
    const { question, candidates } = await questionOver(request, reader, embedder, vectors);
    const scores = featureRows(question, candidates, vectors).map(({ features }) =>
      weights.ranker.networks.reduce((sum, network) => sum + score(standardise(features, network), network), 0),
    );
    const right = (id: string | undefined) => {
      const chunk = id === undefined ? undefined : byId.get(id);
      return chunk !== undefined && labelOf(one, chunk, sourceOf.get(chunk.briefing) ?? '') === 1;
    };
    const ids = candidates.map(({ chunk }) => chunk.id);
    const orders: Record<Way, string[]> = {
      // As a search box would: the question, with what was asked before it.
      MiniSearch: mini.search([...request.history.map(({ content }) => content), one.question].join(' ')).map(({ id }) => id as string),
      BM25: (await reader.matching(question.search, 3)).map(({ chunk }) => chunk),
      'BM25 and vectors': ids,
      ranked: ids
        .map((_, at) => at)
        .sort((a, b) => (scores[b] as number) - (scores[a] as number))
        .map((at) => ids[at] as string),
    };
    for (const way of WAYS) {
      const counts = hits.get(way) as [number, number];
      counts[0] += Number(right(orders[way][0]));
      counts[1] += Number(orders[way].slice(0, 3).some(right));
    }
    pool += Number(ids.some(right));
  }
  await close();
  if (!set.cases.some(({ lang }) => lang && lang !== 'en')) {
    english.of += cases.length;
    english.pool += pool;
    for (const [way, [one, three]] of hits) {
      const sum = english.hits.get(way) ?? [0, 0];
      english.hits.set(way, [sum[0] + one, sum[1] + three]);
    }
  }
  row(name, cases.length, hits, pool);
}
row('**English**', english.of, english.hits, english.pool);

function row(name: string, of: number, hits: ReadonlyMap<Way, [number, number]>, pool: number): void {
  console.log(`| ${name} | ${of} | ${WAYS.map((way) => cell(hits.get(way) ?? [0, 0], of)).join(' | ')} | ${(pool / of).toFixed(2)} |`);
}
