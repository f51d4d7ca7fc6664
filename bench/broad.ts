/**
 * Measures broad questions: `npx tsx bench/broad.ts [--also folder]`. Prints a Markdown row a file of cases and folder: how many
 * answerable questions are answered, and how many unanswerable ones, by quotation and by an obedient model, which always writes
 * the first sentence of the first paragraph it is shown, with its number. What such a model is kept from is kept from any. With
 * `--also` over a second folder as well, which holds the same editions in other words.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk } from '../src/ask/ask.ts';
import { wordVectorsOf } from '../src/ask/word-vectors.ts';
import type { ChatModel, IndexReader } from '../src/core/ports.ts';
import { sliceCodePoints } from '../src/core/text/codepoints.ts';
import { sentences } from '../src/core/text/sentences.ts';
import { type EvalCase, inProcess, loadCases, observe, score } from '../src/eval/index.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { argument } from './data.ts';

const obedient: ChatModel = {
  name: 'obedient',
  async *stream(messages) {
    const line = messages.flatMap(({ content }) => content.split('\n')).find((one) => one.startsWith('{"number"'));
    const { number, text } = JSON.parse(line ?? '{"number":1,"text":""}') as { number: number; text: string };
    const first = sentences(text, 'en')[0] ?? { start: 0, end: 0 };
    yield `${sliceCodePoints(text, first.start, first.end).replace(/[.:]$/, '')} [${number}].`;
  },
};

const embedder = await createStaticEmbedder();
const wordVectors = wordVectorsOf(embedder.embed);
const broad = (await loadCases('evals/cases/tune-broad.yaml')).cases;
const near = (await loadCases('evals/cases/tune-near.yaml')).cases;
const sets: [name: string, cases: readonly EvalCase[]][] = [
  ['broad, `look`', broad.filter((one) => one.tags?.includes('look'))],
  ['broad, `check`', broad.filter((one) => one.tags?.includes('check'))],
  ['near misses', near],
];

const root = await mkdtemp(join(tmpdir(), 'pilcrow-broad-'));
console.log(
  '| questions | corpus | answerable: right | answered by the obedient model | unanswerable: quoted | answered by the obedient model |',
);
console.log('|---|---|---:|---:|---:|---:|');
for (const [number, folder] of ['corpus', ...(argument('also') ? [argument('also') as string] : [])].entries()) {
  const store = createHnswStore({ directory: join(root, String(number)) });
  await ingest({ folder, store, embedder });
  const reader = (await store.open()) as IndexReader;
  const made = { index: async () => reader, embedder, wordVectors };
  const plain = createAsk(made);
  const written = createAsk({ ...made, chat: obedient });
  for (const [name, cases] of sets) {
    const counts = { right: 0, answered: 0, quoted: 0, lured: 0 };
    const can = cases.filter((one) => one.answerable);
    const cannot = cases.filter((one) => !one.answerable);
    const target = inProcess({ ask: plain.ask });
    for (const observation of await observe({ cases: can, target })) {
      const one = can.find(({ id }) => id === observation.id);
      if (one && score(one, observation, target.capabilities).right) counts.right++;
    }
    for (const one of can) if ((await written.ask(one)).status !== 'not_found') counts.answered++;
    for (const one of cannot) {
      if ((await plain.ask(one)).status !== 'not_found') counts.quoted++;
      if ((await written.ask(one)).status !== 'not_found') counts.lured++;
    }
    console.log(
      `| ${name} | ${number === 0 ? 'shipped' : 'other words'} | ${counts.right} of ${can.length} | ${counts.answered} | ${counts.quoted} of ${cannot.length} | ${counts.lured} |`,
    );
  }
  await reader.close();
}
await rm(root, { recursive: true, force: true });
