/**
 * Whether a change of the index changes answers: `npx tsx bench/scale/same-answers.ts --desk <folder> --data <folder> --out <file>` before,
 * and with `--against <file>` after it.
 *
 * All document sets of the desk in one index and public sets in another, both large enough for the graph, and the questions
 * of each, spread evenly. Kept of an answer: outcome, confidence, sentences, citations, notes and the passages beside it.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import type { AskRequest } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { deskSetsIn, readDeskSet, requestOf } from '../answers/sets.ts';
import { argument, indexOf, markdownOf, needDataFolder, readSet } from '../data.ts';

interface Kept {
  /** What a reader sees. */
  shown: unknown;
  outcome: string;
  confidence: number;
}

const SETS = ['squad2', 'clapnq', 'covidqa', 'timeqa'];
const NOW = new Date('2026-11-30');
const questions = Number(argument('questions') ?? 1000);
const desk = argument('desk');
const out = argument('out');
const against = argument('against');
if (!desk || !(out || against)) {
  console.error('Say where the document sets are and what to write or compare: --desk <folder> --out <file>, or --against <file>.');
  process.exit(1);
}
const data = needDataFolder();
const embedder = await createStaticEmbedder();
const kept: Record<string, Kept> = {};

const spread = <T>(list: readonly T[], count: number): T[] => {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => list[Math.floor(at * step)] as T);
};

async function askAll(documents: Parameters<typeof assemble>[0], asked: readonly [string, AskRequest][]): Promise<void> {
  const index = await indexOf(await assemble(documents.filter(({ paragraphs }) => paragraphs.length > 0)), embedder);
  const reader: IndexReader = await index.open();
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
  const begun = performance.now();
  for (const [id, request] of asked) {
    const { outcome, confidence, status, sentences, citations, notes, nearest } = await ask(request);
    kept[id] = {
      outcome,
      confidence,
      shown: {
        status,
        sentences: sentences.map(({ text, citations: numbers, under }) => [text, numbers, under]),
        citations: citations.map(({ paragraph, start, end }) => [paragraph, start, end]),
        notes: notes.map(({ text }) => text),
        nearest: nearest.map(({ paragraphs }) => paragraphs),
      },
    };
  }
  console.log(
    `${reader.info.chunks} chunks, ${asked.length} questions, ${((performance.now() - begun) / asked.length).toFixed(1)} ms each`,
  );
  await reader.close();
  index.remove();
  if (out) writeFileSync(out, JSON.stringify(kept));
}

const sets = deskSetsIn(desk);
const files = sets.flatMap((set) =>
  readdirSync(join(desk, set, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:md|txt)$/.test(file) && statSync(join(desk, set, 'docs', file)).isFile())
    .sort()
    .map((file) => [`${set}/${file}`, join(desk, set, 'docs', file)] as const),
);
await askAll(
  files.map(([name, path]) => readDocument(name, readFileSync(path), { now: NOW })),
  spread(
    sets.flatMap((set) => readDeskSet(desk, set).cases.map((one): [string, AskRequest] => [`${set} ${one.id}`, requestOf(one)])),
    questions / 2,
  ),
);
const open = SETS.map((name) => readSet(data, name));
await askAll(
  open.flatMap((set) => set.documents.map((one) => readDocument(`${one.id}.md`, Buffer.from(markdownOf(one)), { now: NOW }))),
  spread(
    open.flatMap((set) =>
      set.questions
        .filter(({ history }) => !history?.length)
        .map(({ id, question }): [string, AskRequest] => [`${set.name} ${id}`, { question: question.trim() }]),
    ),
    questions / 2,
  ),
);
if (against) {
  const before = JSON.parse(readFileSync(against, 'utf8')) as Record<string, Kept>;
  const changed = Object.keys(kept).filter((id) => JSON.stringify(before[id]?.shown) !== JSON.stringify(kept[id]?.shown));
  const moved = Object.keys(kept).filter((id) => Math.abs((before[id]?.confidence ?? 9) - (kept[id] as Kept).confidence) >= 0.0005);
  console.log(`${Object.keys(kept).length} questions: ${changed.length} answers changed, ${moved.length} confidences (to three decimals)`);
  for (const id of changed.slice(0, 20)) {
    console.log(
      `${id}: ${before[id]?.outcome} ${before[id]?.confidence.toFixed(3)} -> ${kept[id]?.outcome} ${kept[id]?.confidence.toFixed(3)}`,
    );
    if (argument('show'))
      console.log(JSON.stringify(before[id]?.shown).slice(0, 600), '\n ', JSON.stringify(kept[id]?.shown).slice(0, 600));
  }
}
