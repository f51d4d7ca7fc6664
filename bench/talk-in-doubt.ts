/**
 * How often what people ask of documents is answered as if it were said to the service: `npx tsx bench/talk-in-doubt.ts --desk <folder>`.
 * Every question of every set goes the whole way; those that get talk are printed with the kind. Results: docs/conversation.md.
 */
import { join } from 'node:path';
import { createStaticEmbedder } from '../src/adapters/static-embedder.ts';
import { createAsk, localVectors } from '../src/ask/ask.ts';
import { deskSetsIn, indexFolder, readDeskSet, requestOf } from './answers/sets.ts';
import { argument } from './data.ts';

const desk = argument('desk');
if (!desk) {
  console.error('Say where the document sets are: --desk <folder>.');
  process.exit(1);
}
const embedder = await createStaticEmbedder();
let [asked, taken] = [0, 0];
for (const name of deskSetsIn(desk)) {
  const set = readDeskSet(desk, name);
  const { reader, close } = await indexFolder(join(set.folder, 'docs'), embedder);
  const { ask } = createAsk({ index: async () => reader, embedder, vectors: localVectors(embedder) });
  for (const one of set.cases) {
    asked++;
    const { talk } = await ask(requestOf(one));
    if (!talk) continue;
    taken++;
    console.log(`${name} · ${talk.kind} · ${one.question}`);
  }
  await close();
}
console.log(`${taken} of ${asked} questions`);
