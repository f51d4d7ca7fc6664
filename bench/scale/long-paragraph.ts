/**
 * What the first question costs when one paragraph has a million characters, half of its sentences with one outside the basic plane:
 * `npx tsx bench/scale/long-paragraph.ts`. CPU milliseconds, in process; results: docs/speed.md.
 */
import { createStaticEmbedder } from '../../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../../src/ask/ask.ts';
import { readDocument } from '../../src/ingest/document.ts';
import { assemble } from '../../src/ingest/ingest.ts';
import { random } from '../../tests/contracts/corpus.ts';
import { indexOf } from '../data.ts';

const next = random(17);
const nouns = 'permit harbour quota licence inspector vessel ledger stipend tariff registry crew survey depot levy clerk'.split(' ');
const verbs = 'covers replaces precedes limits follows requires excludes extends'.split(' ');
const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] as string;
let text = '';
for (let at = 0; text.length < 1_000_000; at++) {
  const mark = at % 2 === 0 ? ' 🚢' : '';
  text += `The ${pick(nouns)} ${pick(nouns)} number ${at} ${pick(verbs)} the ${pick(nouns)} of the ${pick(nouns)}${mark} for ${1 + (at % 90)} days. `;
}
const embedder = await createStaticEmbedder();
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const short = (name: string, body: string) => readDocument(name, Buffer.from(`# ${name}\n\n${body}\n`));
const documents = [short('one.md', text.trim()), short('two.md', 'The ferry leaves at nine. A ticket costs four euros.')];
let begun = cpu();
const index = await indexOf(await assemble(documents), embedder);
console.log(`ingest: ${(cpu() - begun).toFixed(0)} ms CPU`);
const reader = await index.open();
const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
// What is compiled and loaded once is no part of a question.
for (const question of ['When does the ferry leave?', 'How much is a ticket?']) await ask({ question, briefings: ['two'] });
for (const question of ['How many days does the permit quota number 4000 cover?', 'Which vessel levy follows the crew?']) {
  begun = cpu();
  const { outcome } = await ask({ question });
  console.log(`${outcome}: ${(cpu() - begun).toFixed(0)} ms CPU (${question})`);
}
await reader.close();
index.remove();
