/**
 * What an answer costs when a model writes as people write: the paragraphs of bench/claims/natural become briefings, each case's question
 * is asked, and the model played here writes the true sentences of the case that it was shown the paragraphs of. Reading again, it says
 * what the second reader of the set said; asked to put a sentence right, it writes nothing.
 *
 *   npx tsx bench/written.ts [folder …]
 *
 * Time is reckoned, not waited for: a call costs LATENCY and PER_TOKEN for each token that is read of it.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createMemoryStore } from '../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../src/ask/ask.ts';
import type { ChatMessage, ChatModel, IndexReader } from '../src/core/ports.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { blocksOf, LATENCY, mean, median, PER_TOKEN, TOKEN } from './model/reckoned.ts';

interface NaturalCase {
  id: string;
  question: string;
  paragraphs: { id: string; title: string; edition?: string | number | null; headings?: string[]; text: string }[];
  sentences: { text: string; true: boolean | string; cites?: string[]; reader?: boolean | string }[];
}
/** Sentences of an answer at most. */
const MOST = 5;

const own = join(fileURLToPath(new URL('.', import.meta.url)), 'claims/natural');
const folders = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(own).map((name) => join(own, name));
const cases = folders.flatMap((folder) =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as NaturalCase[]),
);
const yes = (value: boolean | string | undefined) => value === true || value === 'yes';
const flat = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Each paragraph is a briefing; those of one title are editions of one thing. */
function writeBriefings(folder: string): void {
  for (const { id, paragraphs } of cases)
    for (const { id: letter, title, edition, headings = [], text } of paragraphs) {
      const date = /^\d{4}(?:-\d{2}){0,2}$/.test(String(edition ?? ''))
        ? `edition: "${edition}"\nseries: ${JSON.stringify(`${title} ${id}`)}\n`
        : '';
      const above = [title, ...headings].map((heading, at) => `${'#'.repeat(at + 1)} ${heading}\n\n`).join('');
      writeFileSync(join(folder, `${id}-${letter}.md`), `---\ntitle: ${JSON.stringify(title)}\n${date}---\n${above}${text}\n`);
    }
}

const state = { current: cases[0] as NaturalCase, calls: 0, repairs: 0, characters: 0, clock: 0, bare: 0, sentences: 0 };

function replyTo(messages: readonly ChatMessage[]): string {
  const last = messages.at(-1)?.content ?? '';
  if (last.includes('failed a check')) {
    state.repairs++;
    return '';
  }
  const asked = last.split('\n').filter((line) => line.startsWith('{"sentence"'));
  if (asked.length > 0) {
    const held = new Map(state.current.sentences.map(({ text, reader }) => [flat(text), yes(reader)]));
    return asked
      .map((line, at) => `${at + 1} ${held.get(flat((JSON.parse(line) as { text: string }).text)) === false ? 'no' : 'yes'}`)
      .join('\n');
  }
  const blocks = blocksOf(messages);
  const numbers = new Map(
    state.current.paragraphs.map(({ id, text }) => [
      id,
      blocks.find((block) => flat(block.text).includes(flat(text).slice(0, 60)))?.number,
    ]),
  );
  const written = state.current.sentences
    .filter((one) => yes(one.true) && one.cites?.every((id) => numbers.get(id) !== undefined))
    .slice(0, MOST)
    .map(({ text, cites = [] }) => `${text.replace(/[.!?]$/, '')} ${cites.map((id) => `[${numbers.get(id)}]`).join('')}.`);
  state.sentences = written.length;
  const reply = written.join(' ') || 'NOT_IN_BRIEFINGS';
  state.bare = LATENCY + (PER_TOKEN * (reply.indexOf('].') + 2)) / TOKEN;
  return reply;
}

const chat: ChatModel = {
  name: 'played',
  async *stream(messages) {
    state.calls++;
    state.clock += LATENCY;
    const reply = replyTo(messages);
    state.characters += reply.length + messages.reduce((sum, { content }) => sum + content.length, 0);
    for (let at = 0; at < reply.length; at += TOKEN) {
      state.clock += PER_TOKEN;
      yield reply.slice(at, at + TOKEN);
    }
  },
};

const embedder = await createStaticEmbedder();
const store = createMemoryStore();
const folder = mkdtempSync(join(tmpdir(), 'pilcrow-bench-'));
writeBriefings(folder);
await ingest({ folder, store, embedder, now: new Date('2026-11-30') });
rmSync(folder, { recursive: true });
const reader = (await store.open()) as IndexReader;
for (const check of [chat, null]) {
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder), chat, check, milliseconds: 600_000 });
  const rows: { calls: number; repairs: number; tokens: number; first: number | undefined }[] = [];
  const sum = { reached: 0, byModel: 0, written: 0, shown: 0 };
  for (state.current of cases) {
    Object.assign(state, { calls: 0, repairs: 0, characters: 0, clock: 0, bare: 0, sentences: 0 });
    const first: number[] = [];
    const { mode, sentences } = await ask(
      { question: state.current.question },
      {
        onEvent: ({ type }) => {
          if (type === 'sentence') first.push(state.clock);
        },
      },
    );
    if (state.calls > 0) sum.reached++;
    if (state.sentences === 0) continue;
    sum.written += state.sentences;
    if (mode === 'generative') {
      sum.byModel++;
      sum.shown += sentences.length;
    }
    rows.push({ calls: state.calls, repairs: state.repairs, tokens: state.characters / TOKEN, first: first[0] && first[0] / state.bare });
  }
  console.log(
    `${check ? 'with the second reader' : 'without'}: ${cases.length} asked, ${sum.reached} reached the model, ${rows.length} with something to write, ${sum.byModel} answered in its words; sentences shown ${sum.shown} of ${sum.written}; calls ${mean(rows.map(({ calls }) => calls)).toFixed(2)}; repaired ${rows.filter(({ repairs }) => repairs > 0).length}; tokens ${Math.round(mean(rows.map(({ tokens }) => tokens)))}; first sentence at ${median(rows.flatMap(({ first }) => first ?? [])).toFixed(2)} of a bare call's (median)`,
  );
}
await reader.close();
