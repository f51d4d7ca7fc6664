/**
 * Asks the questions of document sets as a user would and scores what is shown:
 * `npx tsx bench/answers.ts --desk <folder> [--data <folder>] [--briefs corpus,…] [--cache <file>] [--only set,…] [--weights <file>] [--out <file>]`.
 *
 * Without `--weights` each set is answered with weights trained on all others. Right: answered, every pattern of the case
 * matches the answer, none forbidden does, and a cited paragraph holds evidence. docs/evaluation.md has the table.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk, localVectors, type Weights } from '../src/ask/ask.ts';
import type { Strictness } from '../src/core/model.ts';
import { wordCount } from '../src/core/text/word-count.ts';
import { allSamples } from './answers/collect.ts';
import { fitJudges, fitRanker } from './answers/fit.ts';
import { fitParts, type PartSample, partSamples } from './answers/parts.ts';
import type { Sample } from './answers/samples.ts';
import { deskSetsIn, evidenceIn, indexFolder, pattern, readDeskSet, requestOf } from './answers/sets.ts';
import { argument } from './data.ts';

interface Outcome {
  set: string;
  id: string;
  category: string;
  answerable: boolean;
  right: boolean;
  declined: boolean;
  /** Right, or one of the three nearest passages holds evidence. */
  screen: boolean;
  /** Declined, and the first of the nearest passages holds evidence. */
  first: boolean;
  outcome: string;
  confidence: number;
  words: number;
  milliseconds: number;
  question: string;
  answer: string;
  why: string;
}

const desk = argument('desk');
if (!desk) {
  console.error('Say where the document sets are: --desk <folder>.');
  process.exit(1);
}
const cache = argument('cache');
const given = argument('weights');
const keep = argument('keep');
const only = argument('only')?.split(',');
let samples: Sample[] = [];
if (!given) {
  samples =
    cache && existsSync(cache)
      ? (deserialize(readFileSync(cache)) as Sample[])
      : await allSamples({ desk, data: argument('data'), briefs: argument('briefs')?.split(',') });
  if (cache && !existsSync(cache)) writeFileSync(cache, serialize(samples));
}
const parts: PartSample[] = [];
const partCache = cache && `${cache}.parts`;
if (!given && partCache && existsSync(partCache)) parts.push(...(deserialize(readFileSync(partCache)) as PartSample[]));
else if (!given) for (const name of deskSetsIn(desk)) parts.push(...(await partSamples(desk, name)));
if (partCache && !existsSync(partCache) && parts.length > 0) writeFileSync(partCache, serialize(parts));

/** Weights that never saw a set; with `--keep <folder>` made once. */
function weightsFor(name: string): Weights {
  if (given) return JSON.parse(readFileSync(given, 'utf8')) as Weights;
  const kept = keep && join(keep, `${name}.json`);
  if (kept && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Weights;
  const rest = samples.filter(({ set }) => set !== name);
  const made = { ranker: fitRanker(rest), judges: fitJudges(rest), parts: fitParts(parts.filter((one) => one.set !== name)) };
  if (kept) writeFileSync(kept, JSON.stringify(made));
  return made;
}

const strictness = (argument('strictness') ?? 'balanced') as Strictness;
const embedder = await createStaticEmbedder();
const all: Outcome[] = [];
for (const name of deskSetsIn(desk).filter((set) => !only || only.includes(set))) {
  const weights = weightsFor(name);
  const set = readDeskSet(desk, name);
  const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder);
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder), weights, settings: { strictness } });
  const outcomes: Outcome[] = [];
  for (const one of set.cases) {
    const begun = performance.now();
    const reply = await ask(requestOf(one));
    const milliseconds = performance.now() - begun;
    const declined = reply.status === 'not_found';
    const { answer } = reply;
    const said = one.cat === 'change' ? `${answer} ${reply.notes.map(({ text }) => text).join(' ')}` : answer;
    let why = '';
    if (!one.answerable) why = declined ? '' : 'answered';
    else if (declined) why = 'declined';
    else if ((one.all ?? []).some((source) => !pattern(source).test(said))) why = 'lacks';
    else if ((one.none ?? []).some((source) => pattern(source).test(answer))) why = 'forbidden';
    else if (
      !reply.citations.some(
        (cited) =>
          evidenceIn(one, `${cited.headings.join(' ')} ${cited.text}`, cited.briefing.source) ||
          evidenceIn(one, cited.text, cited.briefing.source),
      )
    )
      why = 'no evidence';
    const near = reply.nearest.slice(0, 3).some(({ text }) => evidenceIn(one, text, ''));
    outcomes.push({
      set: name,
      id: one.id,
      category: one.cat,
      answerable: one.answerable,
      right: why === '',
      declined,
      screen: why === '' || (one.answerable && near),
      first: declined && one.answerable && evidenceIn(one, reply.nearest[0]?.text ?? '', ''),
      outcome: reply.outcome,
      confidence: reply.confidence,
      words: wordCount(answer),
      milliseconds,
      question: one.question,
      answer: declined ? `— ${reply.nearest[0]?.text.slice(0, 300) ?? ''}` : answer,
      why,
    });
  }
  await close();
  all.push(...outcomes);
  console.log(line(name, outcomes));
}
const english = all.filter(({ set }) => set !== 'programme-eig' && set !== 'studierendenschaft-bonn');
console.log(line('English', english));
console.log(line('all', all));
const categories = [...new Set(english.map(({ category }) => category))].sort();
console.log(
  categories
    .map(
      (category) =>
        `${category} ${english.filter((one) => one.category === category && one.right).length}/${english.filter((one) => one.category === category).length}`,
    )
    .join(', '),
);
// Of everything that was shown as an answer, unanswerable questions among it: what its confidence said, and how much of it was right.
const bins = Array.from({ length: 10 }, (_, bin) =>
  english.filter(({ declined, confidence }) => !declined && Math.min(9, Math.floor(confidence * 10)) === bin),
);
const mean = (rows: readonly Outcome[], of: (one: Outcome) => number) =>
  (rows.reduce((sum, one) => sum + of(one), 0) / rows.length).toFixed(2);
console.log(
  `said -> right (n): ${bins
    .filter((bin) => bin.length > 0)
    .map((bin) => `${mean(bin, ({ confidence }) => confidence)}->${mean(bin, ({ right }) => Number(right))} (${bin.length})`)
    .join(' ')}`,
);
const out = argument('out');
if (out) writeFileSync(out, JSON.stringify(all, null, 1));

function line(name: string, outcomes: readonly Outcome[]): string {
  const can = outcomes.filter(({ answerable }) => answerable);
  const cannot = outcomes.filter(({ answerable }) => !answerable);
  const shown = outcomes.filter(({ declined }) => !declined);
  const right = can.filter((one) => one.right);
  const share = (some: number, of: number) => (of ? (some / of).toFixed(3) : '-');
  const words = shown.reduce((sum, one) => sum + one.words, 0) / Math.max(1, shown.length);
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return [
    name.padEnd(28),
    `right ${share(right.length, can.length)} of ${can.length}`,
    `precision ${share(right.length, shown.length)}`,
    `declined ${share(cannot.filter(({ declined }) => declined).length, cannot.length)} of ${cannot.length}`,
    `screen ${share(can.filter(({ screen }) => screen).length, can.length)}`,
    `words ${words.toFixed(0)}`,
    `p50 ${times[times.length >> 1]?.toFixed(1)} ms`,
  ].join('  ');
}
