/**
 * Learns how much the words of a question tell: `npx tsx bench/answers/telling.ts --desk <folder>,… [--data <folder>] --out <file>`.
 *
 * Of each word of the answerable questions: how often the passages that answer have it, too. The shipped table (src/ask/understand/telling.json) is
 * made from the sets written for the project and the public sets, not from the document sets that docs/evaluation.md measures on.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import type { Chunk } from '../../src/core/model.ts';
import { tokens } from '../../src/core/text/tokens.ts';
import { argument, readSet } from '../data.ts';
import { labelOf } from './collect.ts';
import { deskSetsIn, indexFolder, readDeskSet } from './sets.ts';

/** English ones whose questions have gold passages. */
const PUBLIC = ['squad2', 'clapnq', 'mtrag', 'covidfaq', 'timeqa', 'covidqa', 'pubmedqa', 'abgcoqa'];
/** A word is told of from so many questions and sets on; the share of all words counts as so many questions more of each. */
const LEAST = { questions: 5, sets: 4 };
const PRIOR = 4;
/** Nothing tells less than this; what tells nearly as much as any word is not listed. */
const FLOOR = 0.1;
const LISTED_BELOW = 0.9;

const [desk, out] = [argument('desk'), argument('out')];
if (!desk || !out) {
  console.error('Say where the sets are and where the table goes: --desk <folder>,… [--data <folder>] --out <file>.');
  process.exit(1);
}
const words = new Map<string, { asked: number; met: number; sets: Set<string> }>();

function count(set: string, question: string, answering: readonly string[]): void {
  if (answering.length === 0) return;
  const held = new Set(answering.flatMap((text) => tokens(text).map(({ term }) => term)));
  for (const term of new Set(tokens(question).flatMap(({ stop, term }) => (stop ? [] : [term])))) {
    const word = words.get(term) ?? { asked: 0, met: 0, sets: new Set<string>() };
    word.asked++;
    if (held.has(term)) word.met++;
    word.sets.add(set);
    words.set(term, word);
  }
}

const embedder = await createStaticEmbedder();
for (const name of deskSetsIn(desk)) {
  const set = readDeskSet(desk, name);
  const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder);
  const chunks: { chunk: Chunk; source: string; title: string }[] = [];
  for (const { id, source, title } of await reader.briefings()) {
    for (let number = 1; ; number++) {
      const [chunk] = await reader.chunks([`${id}#c${number}`]);
      if (!chunk) break;
      chunks.push({ chunk, source, title });
    }
  }
  for (const one of set.cases) {
    if (!one.answerable || one.history) continue;
    const answering = chunks.filter(({ chunk, source }) => labelOf(one, chunk, source) === 1);
    count(
      name,
      one.question,
      answering.map(({ chunk, title }) => `${title} ${chunk.headings.join(' ')} ${chunk.text}`),
    );
  }
  await close();
}
const data = argument('data');
for (const name of data ? PUBLIC : []) {
  const { documents, questions } = readSet(data as string, name);
  const texts = new Map(documents.flatMap(({ title, paragraphs }) => paragraphs.map(({ id, text }) => [id, `${title} ${text}`] as const)));
  for (const { question, history, unanswerable, gold_paragraphs: gold } of questions)
    if (!unanswerable && !history?.length)
      count(
        name,
        question,
        gold.flatMap((id) => texts.get(id) ?? []),
      );
}
const all = [...words.values()];
const share = all.reduce((sum, { met }) => sum + met, 0) / all.reduce((sum, { asked }) => sum + asked, 0);
const listed = [...words]
  .filter(([, { asked, sets }]) => asked >= LEAST.questions && sets.size >= LEAST.sets)
  .map(([term, { asked, met }]) => [term, Math.max(FLOOR, Math.min(1, (met + PRIOR * share) / (asked + PRIOR) / share))] as const)
  .filter(([, told]) => told < LISTED_BELOW)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([term, told]) => [term, Number(told.toFixed(2))] as const);
const sets = [...new Set(all.flatMap((word) => [...word.sets]))].sort();
writeFileSync(out, `${JSON.stringify({ sets, share: Number(share.toFixed(3)), words: Object.fromEntries(listed) })}\n`);
console.log(`${out}: ${listed.length} words of ${sets.length} sets`);
