/**
 * How retrieval depends on its constants: `npx tsx bench/retrieval-sweep.ts --data <folder> [--sets a,b]`.
 *
 * One constant is varied at a time around the values that ship. Prints hit@1 / hit@5 of the fused order for each set and the mean
 * reciprocal rank over the English ones; sets of more than 700 questions are asked every second one. Read off
 * docs/retrieval.md before changing a constant: a flat stretch is worth more than a peak.
 */
import { BM25_DEFAULTS } from '../src/adapters/bm25.ts';
import { readQuestion } from '../src/ask/question.ts';
import { VECTOR_WEIGHT } from '../src/ask/retrieve.ts';
import { DEFAULT_SETTINGS } from '../src/ask/settings.ts';
import { type Expansion, expand } from '../src/ask/units.ts';
import { withoutEditionWords } from '../src/ask/when.ts';
import { detectLanguage } from '../src/core/text/language.ts';
import { hit, reciprocalRank } from '../src/eval/metrics/retrieval.ts';
import { argument, needDataFolder, type SetIndex } from './data.ts';
import { openSet } from './retrieval.ts';

/** As shipped in src/ask/units.ts; pairs of scripts without spaces weigh 1 and are left alone. */
const PAIR = 0.3;
const SHIPPED = { b: BM25_DEFAULTS.b, context: BM25_DEFAULTS.context, pair: PAIR, vector: VECTOR_WEIGHT };
type Constants = typeof SHIPPED;
const VARIED: Partial<Constants>[] = [
  {},
  ...[0.4, 0.6, 0.75].map((b) => ({ b })),
  ...[0.5, 1.5].map((context) => ({ context })),
  ...[0.1, 0.5, 0.7].map((pair) => ({ pair })),
  ...[0, 0.2, 0.3, 0.4, 0.6, 0.8].map((vector) => ({ vector })),
];
const SETS = 'squad2 clapnq covidqa timeqa covidfaq pubmedqa ramdocs mtrag xquad-es xquad-de xquad-zh cmrc2018'.split(' ');
const MANY = 700;

interface Prepared {
  expansion: Expansion;
  gold: ReadonlySet<string>;
  /** Cosine of every paragraph, best first; null where vectors are left out. */
  cosines: ReadonlyMap<string, number> | null;
}

async function prepare({ reader, embedder, paragraphs }: SetIndex, asked: string, gold: readonly string[]): Promise<Prepared> {
  const text = asked.trim();
  const expansion = await expand(readQuestion(withoutEditionWords(text)), reader);
  if (!['en', 'und'].includes(detectLanguage(text))) return { expansion, gold: new Set(gold), cosines: null };
  const near = await reader.nearest(await embedder.embedQuery(text), paragraphs);
  return { expansion, gold: new Set(gold), cosines: new Map(near.map(({ paragraph, score }) => [paragraph, score])) };
}

/** The first ten of the fused order, as `retrieve` makes it: 1 for a right paragraph. */
async function gainsOf(
  { reader, goldOf }: SetIndex,
  { expansion, gold, cosines }: Prepared,
  { pair, vector }: Constants,
): Promise<number[]> {
  const terms = expansion.terms.map((one) => (one.term.includes('_') && one.weight === PAIR ? { ...one, weight: pair } : one));
  const scores = new Map<string, number>();
  for (const { paragraph, score } of await reader.matching(terms, DEFAULT_SETTINGS.depth)) {
    scores.set(paragraph, score / Math.max(expansion.bound, 1e-9) + vector * (cosines?.get(paragraph) ?? 0));
  }
  if (cosines && vector > 0) {
    for (const [paragraph, cosine] of [...cosines].slice(0, DEFAULT_SETTINGS.depth)) {
      if (!scores.has(paragraph)) scores.set(paragraph, vector * cosine);
    }
  }
  const first = [...scores].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).slice(0, 10);
  return first.map(([paragraph]) => (gold.has(goldOf.get(paragraph) ?? '') ? 1 : 0));
}

const folder = needDataFolder();
const names = argument('sets')?.split(',') ?? SETS;
const cells = VARIED.map(() => [] as string[]);
const ranks = VARIED.map(() => [] as number[]);
const short = (value: number) => value.toFixed(3).replace(/^0/, '');
for (const name of names) {
  const { index, questions } = await openSet(folder, name);
  const alone = questions.filter(({ history }) => !history?.length);
  const asked = alone.filter((_, at) => alone.length <= MANY || at % 2 === 0);
  const prepared: Prepared[] = [];
  for (const { question, gold_paragraphs } of asked) prepared.push(await prepare(index, question, gold_paragraphs));
  for (const [at, varied] of VARIED.entries()) {
    const constants = { ...SHIPPED, ...varied };
    await index.reopen({ b: constants.b, context: constants.context });
    const gains: number[][] = [];
    for (const one of prepared) gains.push(await gainsOf(index, one, constants));
    const mean = (score: (list: number[]) => number) => gains.reduce((sum, list) => sum + score(list), 0) / Math.max(1, gains.length);
    cells[at]?.push(`${short(mean((list) => hit(list, 1)))} / ${short(mean((list) => hit(list, 5)))}`);
    if (!/^(?:xquad|cmrc)/.test(name)) ranks[at]?.push(mean(reciprocalRank));
  }
  await index.close();
}
console.log(`| | ${names.join(' | ')} | MRR@10, English |\n|---|${'---|'.repeat(names.length + 1)}`);
VARIED.forEach((varied, at) => {
  const label =
    Object.entries(varied).map(([name, value]) => `${name} ${value}`)[0] ?? `shipped: ${Object.entries(SHIPPED).flat().join(' ')}`;
  const list = ranks[at] as number[];
  console.log(
    `| ${label} | ${cells[at]?.join(' | ')} | ${list.length > 0 ? short(list.reduce((sum, value) => sum + value, 0) / list.length) : '–'} |`,
  );
});
