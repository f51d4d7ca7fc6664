/**
 * What the first question costs when one paragraph has a million characters, half of its sentences with one outside the basic plane, beside one of
 * 20,000 in the same index: `npx tsx bench/scale/long-paragraph.ts [--cold]`; cold: the long one is asked first, by code that was never run.
 * CPU milliseconds, in process; results: docs/speed.md.
 */
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { random } from '../../tests/contracts/corpus.ts';
import { indexOf } from '../data.ts';

const WARM_UP = 100;
const next = random(17);
const nouns = 'permit harbour quota licence inspector vessel ledger stipend tariff registry crew survey depot levy clerk'.split(' ');
const verbs = 'covers replaces precedes limits follows requires excludes extends'.split(' ');
const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] as string;
/** Sentences of one paragraph, up to a length in characters. */
function paragraph(length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at++) {
    const mark = at % 2 === 0 ? ' 🚢' : '';
    text += `The ${pick(nouns)} ${pick(nouns)} number ${at} ${pick(verbs)} the ${pick(nouns)} of the ${pick(nouns)}${mark} for ${1 + (at % 90)} days. `;
  }
  return text.trim();
}
const question = (at: number) => `How many days does the ${pick(nouns)} ${pick(nouns)} number ${at} cover?`;
const embedder = await createStaticEmbedder();
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const short = (name: string, body: string) => readDocument(name, Buffer.from(`# ${name}\n\n${body}\n`));
const documents = [
  short('long.md', paragraph(1_000_000)),
  short('short.md', paragraph(20_000)),
  short('ferry.md', 'The ferry leaves at nine. A ticket costs four euros.'),
];
let begun = cpu();
const index = await indexOf(await assemble(documents), embedder);
console.log(`ingest: ${(cpu() - begun).toFixed(0)} ms CPU`);
const reader = await index.open();
const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
const asked = async (what: string, briefings: string[], text: string): Promise<void> => {
  begun = cpu();
  const { outcome } = await ask({ question: text, briefings });
  console.log(`${what}: ${(cpu() - begun).toFixed(0)} ms CPU (${outcome})`);
};
// What is loaded and compiled once is no part of a question.
for (const text of ['When does the ferry leave?', 'How much is a ticket?']) await ask({ question: text, briefings: ['ferry'] });
if (process.argv.includes('--cold')) await asked('first question to the long one, code cold', ['long'], question(4000));
else await asked('first question to 20,000 characters, code cold', ['short'], question(150));
for (let at = 0; at < WARM_UP; at++) await ask({ question: question(at), briefings: ['short'] });
for (let at = 0; at < 5; at++)
  await asked(`question ${at + 1} to the long one after ${WARM_UP} others`, ['long'], question(1000 + 2500 * at));
await reader.close();
index.remove();
