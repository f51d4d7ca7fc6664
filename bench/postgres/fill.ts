/**
 * Fills a schema of a database with text by recombination, past the readers: each paragraph is a chunk.
 * `npx tsx bench/postgres/fill.ts --database <url> --schema <name> --data <folder> [--desk <folder>] [--paragraphs 100000]
 * [--from 0] [--to 5000]`; the last two: of the documents that make them.
 */
import { createHash } from 'node:crypto';
import { connectPostgres } from '../../src/adapters/postgres/connect.ts';
import { createPostgresStore } from '../../src/adapters/postgres/store.ts';
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import type { Chunk, Paragraph } from '../../src/core/model.ts';
import type { IngestedBriefing } from '../../src/core/ports.ts';
import { codePointLength } from '../../src/core/text/codepoints.ts';
import type { SetDocument } from '../data.ts';
import { argument, needDataFolder } from '../data.ts';
import { realText, recombined } from '../scale/text.ts';

const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const SENTENCE_END = /[.!?](?=\s+\p{Lu})/gu;

function entryOf({ id, title, paragraphs: given }: SetDocument): IngestedBriefing {
  const paragraphs: Paragraph[] = [];
  const chunks: Chunk[] = [];
  let at = 0;
  for (const { text } of given) {
    const number = paragraphs.length + 1;
    const length = codePointLength(text);
    const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => codePointLength(text.slice(0, index + 1)));
    const sentences = [...ends, length].map((end, sentence) => ({ start: sentence === 0 ? 0 : (ends[sentence - 1] as number) + 1, end }));
    const common = { briefing: id, text, headings: [] };
    paragraphs.push({
      ...common,
      id: `${id}#p${number}`,
      number,
      kind: 'body',
      heading: null,
      lead: null,
      page: null,
      start: at,
      end: at + length,
      hash: hex(text).slice(0, 16),
      sentences,
    });
    chunks.push({
      ...common,
      id: `${id}#c${number}`,
      kind: 'text',
      paragraphs: [number],
      parts: sentences.map((span) => ({ ...span, paragraph: number, item: false, lead: false })),
      context: title,
      hash: hex(`${title}\n${text}`).slice(0, 32),
      superseded: false,
    });
    at += length + 1;
  }
  const text = given.map((one) => one.text).join('\n');
  return {
    briefing: {
      id,
      title,
      series: id,
      edition: { date: null, stated: false, source: 'none' },
      language: 'en',
      publisher: null,
      source: `${id}.txt`,
      sha256: hex(text),
      paragraphs: paragraphs.length,
      length: codePointLength(text),
      newest: true,
    },
    text,
    sourceMap: [[0, 0, codePointLength(text)]],
    paragraphs,
    chunks,
  };
}

const count = Number(argument('paragraphs') ?? 100_000);
const { sources } = realText(argument('desk'), needDataFolder());
const embedder = await createStaticEmbedder();
const database = connectPostgres({ url: argument('database') as string, connections: 2, statementMilliseconds: 60_000 });
const store = createPostgresStore({ database, schema: argument('schema') as string });
const began = performance.now();
const before = process.cpuUsage();
const writer = await store.write({ id: embedder.id, dimensions: embedder.dimensions });
let done = 0;
const [from, to] = [Number(argument('from') ?? 0), Number(argument('to') ?? Number.POSITIVE_INFINITY)];
for (const document of recombined(sources, count).slice(from, to)) {
  const entry = entryOf(document);
  await writer.add(
    entry,
    entry.chunks.map((chunk) => embedder.embed(`${chunk.context}\n${chunk.text}`)),
  );
  done += entry.chunks.length;
  if (done % 10_000 === 0) console.log(`${done} paragraphs after ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
const added = performance.now();
const id = await writer.commit([]);
const { user, system } = process.cpuUsage(before);
console.log(
  `${id}: ${done} paragraphs; written in ${((added - began) / 1000).toFixed(0)} s, graph and publication ${((performance.now() - added) / 1000).toFixed(0)} s, ` +
    `${((user + system) / 1e6).toFixed(0)} s CPU here; most resident ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`,
);
await store.close();
