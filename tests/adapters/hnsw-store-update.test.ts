import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createHnswStore } from '../../src/adapters/hnsw-store.ts';
import { createMemoryStore } from '../../src/adapters/memory-store.ts';
import { verifySnapshot } from '../../src/adapters/verify.ts';
import type { IndexReader, IndexStore, IngestedBriefing } from '../../src/core/ports.ts';
import { terms } from '../../src/core/text/tokens.ts';
import { briefing, letterVector, random } from '../contracts/corpus.ts';
import { expectSameHits, publish } from '../contracts/index-store.ts';

const root = mkdtempSync(join(tmpdir(), 'pilcrow-update-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const next = random(8);
const WORDS = 'quay barge tariff silt crane permit mooring ledger pilot buoy dredger wharf levy berth tide'.split(' ');
const line = () => Array.from({ length: 4 + Math.floor(next() * 9) }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
let made = 0;
const fresh = () => made++;

/** Lines by the name of their briefing. */
type Texts = Map<string, string[]>;
/** Some briefings are for a group alone, by the length of their first line: who may read one changes with it. */
const corpusOf = (texts: Texts): IngestedBriefing[] =>
  [...texts].map(([id, lines]) => {
    const entry = briefing(id, `Title of ${id}`, lines);
    const group = [null, null, 'pilots', 'clerks'][(lines[0] as string).length % 4] as string | null;
    return group === null ? entry : { ...entry, briefing: { ...entry.briefing, access: [[group]] } };
  });

/** Some briefings change in a place or two, one may go, one may come. */
function edited(texts: Texts): Texts {
  const now = new Map([...texts].map(([id, lines]) => [id, [...lines]]));
  for (const lines of now.values()) {
    if (next() < 0.5) continue;
    const at = Math.floor(next() * lines.length);
    if (next() < 0.4) lines.splice(at, 0, line());
    else if (next() < 0.5 && lines.length > 1) lines.splice(at, 1);
    else lines[at] = line();
  }
  if (next() < 0.5) now.delete([...now.keys()][Math.floor(next() * now.size)] as string);
  if (next() < 0.7) now.set(`new-${fresh()}`, [line(), line(), line()]);
  // Whatever order they come in.
  return new Map([...now].sort(() => next() - 0.5));
}

async function answers(reader: IndexReader) {
  const found = [];
  for (const word of WORDS) {
    const query = terms(`${word} ${WORDS[(WORDS.indexOf(word) + 1) % WORDS.length]}`).map((term) => ({ term, weight: 1 }));
    found.push(await reader.matching(query, 20), await reader.similarWords(word.slice(1), 2), await reader.terms([word, 'absent']));
  }
  return found;
}

async function compare(store: IndexStore, corpus: readonly IngestedBriefing[], anew: string): Promise<void> {
  const reader = (await store.open())!;
  const other = createHnswStore({ directory: anew, scanUpTo: 0 });
  await publish(other, corpus);
  const expected = (await other.open())!;
  for (const groups of [null, [], ['pilots'], ['clerks', 'pilots']]) {
    expect(await answers(reader.seenBy(groups))).toEqual(await answers(expected.seenBy(groups)));
  }
  const oracle = createMemoryStore();
  await publish(oracle, corpus);
  const exact = (await oracle.open())!;
  for (const { briefing: one, paragraphs, chunks, text } of corpus) {
    expect(await reader.paragraphsOf(one.id)).toEqual(paragraphs);
    expect(await reader.chunksOf(one.id)).toEqual(chunks);
    expect(await reader.text(one.id)).toBe(text);
    const query = Array.from(letterVector(text, 16));
    expectSameHits(await reader.nearest(query, 4), await exact.nearest(query, 4));
  }
  await reader.close();
}

describe('an index that is brought up to date', () => {
  it('answers like one made anew, whatever was changed, added or removed', { timeout: 60_000 }, async () => {
    const directory = join(root, 'updated');
    const store = createHnswStore({ directory, scanUpTo: 0 });
    let texts: Texts = new Map(Array.from({ length: 8 }, (_, at) => [`note-${at}`, Array.from({ length: 12 }, line)]));
    for (let round = 0; round < 6; round++) {
      await publish(store, corpusOf(texts));
      await compare(store, corpusOf(texts), join(root, `anew-${round}`));
      expect((await verifySnapshot(directory))!.problems).toEqual([]);
      texts = edited(texts);
    }
    // Two snapshots, and nothing that was written on the way.
    expect(readdirSync(join(directory, 'snapshots')).length).toBe(2);
    expect(readdirSync(join(directory, 'snapshots', (await store.current())!)).filter((name) => name.includes('sorted'))).toEqual([]);
  });

  it('is read anew where its word index was made with other weights', async () => {
    const directory = join(root, 'other');
    const lines = (): string[] => [line(), line(), line()];
    const corpus = corpusOf(
      new Map([
        ['one', lines()],
        ['two', lines()],
      ]),
    );
    await publish(createHnswStore({ directory, bm25: { k1: 0.4 } }), corpus);
    const store = createHnswStore({ directory, scanUpTo: 0 });
    const more = [...corpus, briefing('three', 'Third', lines())];
    await publish(store, more);
    await compare(store, more, join(root, 'anew-other'));
  });
});
