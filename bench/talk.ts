/**
 * What people say in the first minute, and what comes: for reading.
 *   npx tsx bench/talk.ts <file.jsonl> [--docs <folder>] [--kind <kind>]        (docs default: corpus)
 *
 * Each line of the file is `{ id, lang, history, message, kind, expected }`; `history` is a list of turns. Printed are the message, what
 * would be right, and the whole reply as a chat client shows it. Counted is only what code can tell: replies that repeat the
 * answer before word for word, and a mark of having been checked without a citation.
 */
import { readFileSync } from 'node:fs';
import { createMemoryStore } from '../src/adapters/memory-store.ts';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../src/ask/ask.ts';
import { repeats } from '../src/ask/talk/repeats.ts';
import type { Answer, Turn } from '../src/core/model.ts';
import type { IndexReader } from '../src/core/ports.ts';
import { createTextWriter } from '../src/http/openai/text.ts';
import { ingest } from '../src/ingest/ingest.ts';

interface Message {
  id: string;
  lang: string;
  history: Turn[];
  message: string;
  kind: string;
  expected: string;
}

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

async function main(): Promise<void> {
  const file = process.argv[2];
  if (!file || file.startsWith('--')) throw new Error('Name a file of messages: npx tsx bench/talk.ts <file.jsonl>');
  const kind = option('kind');
  const messages = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Message)
    .filter((one) => kind === undefined || one.kind === kind);
  const embedder = await createStaticEmbedder();
  const store = createMemoryStore();
  await ingest({ folder: option('docs') ?? 'corpus', store, embedder });
  const reader = (await store.open()) as IndexReader;
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
  let repeated = 0;
  let unproved = 0;
  for (const { id, lang, history, message, kind: of, expected } of messages.sort((a, b) => a.kind.localeCompare(b.kind))) {
    const answer = await ask({ question: message, history });
    const last = history.at(-1);
    if (last?.role === 'assistant' && repeats(last.content, answer)) repeated++;
    if (answer.status !== 'talk' && answer.status !== 'not_found' && answer.citations.length === 0) unproved++;
    console.log(`\n── ${id} ${of} (${lang})`);
    for (const turn of history) console.log(`   ${turn.role === 'user' ? '>' : '<'} ${turn.content.replaceAll('\n', ' ')}`);
    console.log(`   > ${message.replaceAll('\n', '\n     ')}\n   = ${expected}`);
    console.log(`   [${answer.status}${answer.talk ? ` ${answer.talk.kind}` : ''}] ${shownOf(answer).replaceAll('\n', '\n     ')}`);
  }
  console.log(`\n${messages.length} messages; repeating the answer before: ${repeated}; asserting without a citation: ${unproved}`);
}

const shownOf = (answer: Answer): string =>
  createTextWriter({ base: '', sources: true, nearest: true })
    .rest(answer)
    .map(({ text }) => text)
    .join('');

await main();
