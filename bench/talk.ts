/**
 * What people say in the first minute, and what comes.
 *   npx tsx bench/talk.ts <file.jsonl> [--docs <folder>] [--show all|failed|none]        (docs default: corpus; show: all)
 *
 * Each line of the file is `{ id, lang, history, message, expected, holds? }`: `history` is a list of turns; `expected` the kinds of reply a
 * polite expert might give: a kind of talk, `summary` (quoted main points), `answer` (cited sentences, `holds` among their words) or
 * `nothing` (declined). A reply fails as well when it repeats the answer before word for word, is in another language than the message
 * (where it is talk), or asserts something without a citation.
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
  expected: string[];
  holds?: string;
}

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};

async function main(): Promise<void> {
  const file = process.argv[2];
  if (!file || file.startsWith('--')) throw new Error('Name a file of messages: npx tsx bench/talk.ts <file.jsonl>');
  const show = option('show') ?? 'all';
  const messages = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Message);
  const embedder = await createStaticEmbedder();
  const store = createMemoryStore();
  await ingest({ folder: option('docs') ?? 'corpus', store, embedder });
  const reader = (await store.open()) as IndexReader;
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
  const right = new Map<string, [right: number, all: number]>();
  let repeated = 0;
  let unproved = 0;
  for (const one of messages) {
    const answer = await ask({ question: one.message, history: one.history });
    const again = repeatsLast(one.history, answer);
    const bare = answer.status !== 'talk' && answer.status !== 'not_found' && answer.citations.length === 0;
    if (again) repeated++;
    if (bare) unproved++;
    const fine = !again && !bare && isExpected(one, answer);
    for (const row of ['all', one.lang, one.history.length > 0 ? 'after a question' : 'at first', `: ${one.expected.join(', ')}`]) {
      const [good, all] = right.get(row) ?? [0, 0];
      right.set(row, [good + (fine ? 1 : 0), all + 1]);
    }
    if (show === 'none' || (show === 'failed' && fine)) continue;
    console.log(
      `\n── ${one.id} (${one.lang}) ${fine ? 'as expected' : `EXPECTED ${one.expected.join(' or ')}${one.holds ? ` “${one.holds}”` : ''}`}`,
    );
    for (const turn of one.history) console.log(`   ${turn.role === 'user' ? '>' : '<'} ${turn.content.replaceAll('\n', ' ')}`);
    console.log(`   > ${one.message.replaceAll('\n', '\n     ')}`);
    console.log(`   [${kindOf(answer)}] ${shownOf(answer).replaceAll('\n', '\n     ')}`);
  }
  console.log();
  for (const [row, [good, all]] of right) console.log(`${row.padEnd(28)} ${good} of ${all} (${((100 * good) / all).toFixed(1)} %)`);
  console.log(`repeating the answer before: ${repeated}; asserting without a citation: ${unproved}`);
}

const repeatsLast = (history: readonly Turn[], answer: Answer): boolean => {
  const last = history.at(-1);
  return last?.role === 'assistant' && answer.preface === null && repeats(last.content, answer);
};

const kindOf = (answer: Answer): string => {
  if (answer.talk) return answer.talk.kind;
  if (answer.sentences.length === 0) return 'nothing';
  // Main points are what no confidence is reckoned for.
  return answer.confidence === 1 && answer.preface !== null ? 'summary' : 'answer';
};

/** Kinds that came after the scripts were written, in which these were help or identity. */
const OF_ITSELF: ReadonlySet<string> = new Set(['languages', 'limits', 'privacy', 'trust', 'contact']);

function isExpected({ expected, holds, lang }: Message, answer: Answer): boolean {
  const kind = kindOf(answer);
  const wanted =
    expected.includes(kind) ||
    (OF_ITSELF.has(kind) && (expected.includes('help') || expected.includes('identity'))) ||
    (kind === 'answer' && answer.preface !== null && expected.includes('follow_up'));
  const text = answer.sentences.map((sentence) => sentence.text).join(' ');
  if (kind === 'answer' && holds !== undefined && !text.includes(holds)) return false;
  const spoken = answer.talk === null || answer.question.language === lang;
  return wanted && (spoken || expected.includes('follow_up'));
}

const shownOf = (answer: Answer): string =>
  createTextWriter({ base: '', sources: true, nearest: true })
    .rest(answer)
    .map(({ text }) => text)
    .join('');

await main();
