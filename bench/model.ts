/**
 * What a chat model gets to see, and what an answer written by one costs. No model is needed: one that is played here keeps what it is
 * sent.
 *
 *   npx tsx bench/model.ts reach FOLDER [set …]   paraphrased questions: asked of the model? with the evidence among its blocks?
 *   npx tsx bench/model.ts cost FOLDER [set …]    calls, tokens, and time to the first sentence beside one bare call
 *
 * FOLDER holds document sets as bench/answers/sets.ts says. Time is reckoned, not waited for: a call costs LATENCY and PER_TOKEN for each
 * token that is read of it; what Pilcrow itself takes is told apart.
 */
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../src/ask/ask.ts';
import type { ChatMessage, ChatModel } from '../src/core/ports.ts';
import { sentences } from '../src/core/text/sentences.ts';
import { type DeskCase, deskSetsIn, evidenceIn, indexFolder, readDeskSet, requestOf } from './answers/sets.ts';
import { blocksOf, LATENCY, mean, median, PER_TOKEN, type Shown, TOKEN } from './model/reckoned.ts';

/** Questions of a set that are asked for their cost. */
const ASKED = 12;

const [what, folder, ...only] = process.argv.slice(2);
if ((what !== 'reach' && what !== 'cost') || !folder) throw new Error('usage: bench/model.ts reach|cost FOLDER [set …]');
const embedder = await createStaticEmbedder();
const vectors = localVectors(embedder);

/** Answers with what three blocks begin with, in words that are not quite theirs; reading again, it says yes to all. */
function replyTo(messages: readonly ChatMessage[]): string {
  const last = messages.at(-1)?.content ?? '';
  const asked = last.split('\n').filter((line) => line.startsWith('{"sentence"')).length;
  if (asked > 0) return Array.from({ length: asked }, (_, at) => `${at + 1} yes`).join('\n');
  if (last.includes('failed a check')) return '';
  return blocksOf(messages)
    .slice(0, 3)
    .map(({ number, text }) => {
      const [first] = sentences(text, 'en');
      const said = Array.from(text)
        .slice(0, Math.min(first?.end ?? 200, 200))
        .join('')
        .replace(/[.\s]+$/, '');
      return `It is said there: ${said} [${number}].`;
    })
    .join(' ');
}

interface Call {
  sent: number;
  received: number;
}
/** A model with a clock of its own. */
function played(): ChatModel & { calls: Call[]; clock: number; firstBare: number; blocks: Shown[] | null } {
  const model = {
    name: 'played',
    calls: [] as Call[],
    clock: 0,
    /** When a bare call has its first sentence. */
    firstBare: 0,
    /** Of the last prompt that asked for an answer. */
    blocks: null as Shown[] | null,
    async *stream(messages: readonly ChatMessage[]) {
      const call: Call = { sent: messages.reduce((sum, { content }) => sum + content.length, 0), received: 0 };
      model.calls.push(call);
      model.clock += LATENCY;
      const reply = replyTo(messages);
      const blocks = blocksOf(messages);
      if (blocks.length > 0) model.blocks = blocks;
      if (model.calls.length === 1) model.firstBare = LATENCY + (PER_TOKEN * (reply.indexOf('].') + 2)) / TOKEN;
      for (let at = 0; at < reply.length; at += TOKEN) {
        const piece = reply.slice(at, at + TOKEN);
        call.received += piece.length;
        model.clock += PER_TOKEN;
        yield piece;
      }
    },
  };
  return model;
}

type Service = ReturnType<typeof createAsk>;
type Played = ReturnType<typeof played>;

async function withSet(name: string, work: (cases: DeskCase[], read: Service, alone: Service, chat: Played) => Promise<void>) {
  const { cases, folder: own } = readDeskSet(folder as string, name);
  const index = await indexFolder(`${own}/docs`, embedder);
  const chat = played();
  const common = { index: async () => index.reader, embedder, vectors, chat, milliseconds: 600_000 };
  await work(cases, createAsk({ ...common, check: chat }), createAsk({ ...common, check: null }), chat);
  await index.close();
}

const total = { asked: 0, reached: 0, among: 0, amongReached: 0 };
const costs: Record<'read' | 'alone', { calls: number[]; tokens: number[]; first: number[]; own: number[] }> = {
  read: { calls: [], tokens: [], first: [], own: [] },
  alone: { calls: [], tokens: [], first: [], own: [] },
};
for (const name of only.length > 0 ? only : deskSetsIn(folder)) {
  await withSet(name, async (cases, read, alone, chat) => {
    if (what === 'reach') {
      const row = { asked: 0, reached: 0, among: 0, amongReached: 0 };
      for (const one of cases.filter(({ cat, answerable }) => cat === 'paraphrase' && answerable)) {
        chat.blocks = null;
        await alone.ask(requestOf(one));
        const { blocks } = chat;
        const seen = blocks ?? (await alone.search({ query: one.question, limit: 8 })).passages;
        const among = seen.some(({ text }) => evidenceIn(one, text, ''));
        row.asked++;
        if (blocks) row.reached++;
        if (among) row.among++;
        if (among && blocks) row.amongReached++;
      }
      console.log(`| ${name} | ${row.asked} | ${row.reached} | ${row.among} | ${row.amongReached} |`);
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += row[key];
      return;
    }
    for (const one of cases.filter(({ answerable, history }) => answerable && !history).slice(0, ASKED)) {
      for (const [key, { ask }] of [
        ['read', read],
        ['alone', alone],
      ] as const) {
        chat.calls.length = 0;
        chat.clock = 0;
        const first: number[] = [];
        const began = performance.now();
        const { mode } = await ask(requestOf(one), {
          onEvent: ({ type }) => {
            if (type === 'sentence') first.push(chat.clock);
          },
        });
        if (mode !== 'generative' || first[0] === undefined) continue;
        costs[key].own.push(performance.now() - began);
        costs[key].calls.push(chat.calls.length);
        costs[key].tokens.push(chat.calls.reduce((sum, { sent, received }) => sum + sent + received, 0) / TOKEN);
        costs[key].first.push(first[0] / chat.firstBare);
      }
    }
    console.log(`${name}: ${costs.read.calls.length} answers so far`);
  });
}
if (what === 'reach') console.log(`| together | ${total.asked} | ${total.reached} | ${total.among} | ${total.amongReached} |`);
else
  for (const [key, { calls, tokens, first, own }] of Object.entries(costs))
    console.log(
      `${key}: ${calls.length} answers; calls ${mean(calls).toFixed(2)}; tokens ${Math.round(mean(tokens))}; first sentence at ${median(first).toFixed(2)} of a bare call's (median); own time ${Math.round(median(own))} ms (median)`,
    );
