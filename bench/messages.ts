/**
 * Asks the evaluation cases again inside the messages people write around a question, in capitals, with thanks:
 * `npx tsx bench/messages.ts [--also folder]`. Prints a Markdown row a kind of message: how many of the questions that are
 * answered right when asked plainly still are, and how many of those declined, over corpus/ and, with `--also`, a second
 * folder that holds the same editions in other words.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHnswStore } from '../src/adapters/hnsw-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk } from '../src/ask/ask.ts';
import { wordVectorsOf } from '../src/ask/word-vectors.ts';
import type { IndexReader } from '../src/core/ports.ts';
import { inProcess, loadCases, observe, score } from '../src/eval/index.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { argument } from './data.ts';

const CASES = ['tune', 'tune-more', 'tune-near', 'tune-facts', 'tune-fresh-a'].map((name) => `evals/cases/${name}.yaml`);

const lower = (question: string) => `${(question[0] ?? '').toLowerCase()}${question.slice(1)}`;
const bare = (question: string) => question.replace(/[\s?.]+$/, '');
/** For wordings that only a question with a question word fits into. */
const wh = (around: (question: string) => string) => (question: string) =>
  /^(?:who|what|which|when|where|why|how|in which|in what|since when)\b/i.test(question) ? around(question) : null;

const MESSAGES: Record<string, (question: string) => string | null> = {
  'in lower case, no mark': (question) => bare(question).toLowerCase(),
  'in capitals': (question) => question.toUpperCase(),
  'every word with a capital': (question) => question.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase()),
  'greeting before': (question) => `Hi there, ${lower(question)}`,
  'greeting and thanks': (question) => `Hello! ${question} Thanks in advance.`,
  'a letter': (question) => `Dear Pilcrow team,\n\n${question}\n\nKind regards,\nMaria`,
  'what it is for, before': (question) => `I'm preparing a meeting with the delegation from Geneva next week. ${question}`,
  'what it is for, behind': (question) => `${question} I need the figure for a note to my director.`,
  'who the asker is': (question) =>
    `Good morning! I work for a trade union in Nairobi and I am new to this. ${question} It would help me a lot, thank you so much!`,
  'asked for somebody': (question) => `My boss wants to know: ${lower(question)}`,
  'an apology': (question) => `Sorry if this was asked before, but ${lower(question)}`,
  'as told in the briefing': (question) => `According to the briefing, ${lower(question)}`,
  'form of the answer': (question) => `${question} Please cite the source. Answer in one sentence.`,
  'in quotation marks': (question) => `"${question}"`,
  polite: wh((question) => `Would you be so kind as to tell me ${lower(bare(question))}?`),
  indirect: wh((question) => `I was wondering ${lower(bare(question))}.`),
};

const embedder = await createStaticEmbedder();
const wordVectors = wordVectorsOf(embedder.embed);
const cases = (await Promise.all(CASES.map(loadCases)))
  .flatMap((dataset) => dataset.cases)
  .filter((one) => !one.history && !one.tags?.some((tag) => tag === 'other-language' || tag === 'small-talk'));
const also = argument('also');
const root = await mkdtemp(join(tmpdir(), 'pilcrow-messages-'));
const readers: IndexReader[] = [];
for (const [number, folder] of ['corpus', ...(also ? [also] : [])].entries()) {
  const store = createHnswStore({ directory: join(root, String(number)) });
  await ingest({ folder, store, embedder });
  readers.push((await store.open()) as IndexReader);
}

type Case = (typeof cases)[number];
/** The cases that come out right over a reader when asked inside a message. */
async function right(reader: IndexReader, list: readonly Case[], message: (question: string) => string | null) {
  const asked = list.flatMap((one) => {
    const question = message(one.question);
    return question === null ? [] : [{ ...one, question, paraphrases: [] }];
  });
  const target = inProcess(createAsk({ index: async () => reader, embedder, wordVectors }));
  const byId = new Map(asked.map((one) => [one.id, one]));
  const observations = await observe({ cases: asked, target });
  const good = observations.filter((observation) => score(byId.get(observation.id) as Case, observation, target.capabilities).right);
  return { asked, good: new Set(good.map(({ id }) => id)) };
}

const plain = await Promise.all(
  readers.map(async (reader) => {
    const { good } = await right(reader, cases, (question) => question);
    return cases.filter((one) => good.has(one.id));
  }),
);
const share = (list: readonly Case[], good: number) => `${good} of ${list.length} (${((100 * good) / list.length).toFixed(1)} %)`;
console.log('| message | still answered right | still declined |\n|---|---:|---:|');
for (const [name, message] of Object.entries(MESSAGES)) {
  const asked: Case[] = [];
  const good: Case[] = [];
  for (const [number, reader] of readers.entries()) {
    const one = await right(reader, plain[number] as Case[], message);
    asked.push(...one.asked);
    good.push(...one.asked.filter(({ id }) => one.good.has(id)));
  }
  const cells = [true, false].map((answerable) => {
    const of = (list: readonly Case[]) => list.filter((one) => one.answerable === answerable);
    return share(of(asked), of(good).length);
  });
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
for (const reader of readers) await reader.close();
await rm(root, { recursive: true, force: true });
