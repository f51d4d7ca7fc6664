/**
 * What the rules of src/editions find and what they report by mistake:
 *   npx tsx bench/editions.ts [folder of briefings with two editions ...]      (default: corpus)
 *
 * 1. The labelled pairs of tests/editions/pairs.ts: changes found, near misses reported.
 * 2. For each folder, every figure of the newest edition is changed, one at a time, and the text compared with itself: how
 *    many are found, and how many others are reported. An upper bound of recall: the words around it stay the same.
 * 3. For each folder, the alignment of the newest edition with the one before it: rows by kind, values that changed, time,
 *    and the scores next to the threshold; the rows themselves are for reading (`pilcrow changes`).
 */
import { createMemoryStore } from '../src/adapters/memory-store.ts';
import type { Paragraph } from '../src/core/model.ts';
import type { Embedder, IndexReader } from '../src/core/ports.ts';
import { analyseParagraph } from '../src/core/text/analysis.ts';
import { align } from '../src/editions/align.ts';
import { changes, idfOf, seriesOf } from '../src/editions/changes.ts';
import { changedValues } from '../src/editions/facts.ts';
import type { Idf } from '../src/editions/weights.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { idfOver } from '../tests/editions/idf.ts';
import { type LabelledPair, NEAR_MISSES, paragraph, TRUE_CHANGES } from '../tests/editions/pairs.ts';

const embedder = { id: 'one', dimensions: 1, embedQuery: async () => [1], embedDocuments: async (texts: string[]) => texts.map(() => [1]) };

async function main(): Promise<void> {
  labelled();
  for (const folder of process.argv.length > 2 ? process.argv.slice(2) : ['corpus']) {
    const store = createMemoryStore();
    await ingest({ folder, store, embedder: embedder as unknown as Embedder });
    const reader = (await store.open()) as IndexReader;
    for (const series of seriesOf(await reader.briefings())) if (series.editions.length > 1) await measure(reader, series.id);
  }
}

function labelled(): void {
  const idf = idfOver([...TRUE_CHANGES, ...NEAR_MISSES].flatMap((one) => [paragraph(one.from), paragraph(one.to)]));
  const reported = ({ from, to }: LabelledPair) => {
    const [one, two] = [paragraph(from, 'a'), paragraph(to, 'b')];
    return analyseParagraph(one).sentences.flatMap((sentence) => changedValues(sentence, one, [two], idf));
  };
  const wanted = TRUE_CHANGES.reduce((sum, one) => sum + one.changes.length, 0);
  const found = TRUE_CHANGES.reduce(
    (sum, one) => sum + reported(one).filter((fact) => one.changes.includes(`${fact.from.text} -> ${fact.to.text}`)).length,
    0,
  );
  console.log(
    `labelled pairs: ${found} of ${wanted} changes found; ${NEAR_MISSES.filter((one) => reported(one).length > 0).length} of ${NEAR_MISSES.length} near misses reported`,
  );
}

async function measure(reader: IndexReader, series: string): Promise<void> {
  const found = await changes(reader, { series });
  console.log(`\n${series}: ${found.from.edition.date} -> ${found.to.edition.date}`);
  console.log('  rows', found.rows.length, found.summary);
  for (const row of found.rows)
    for (const fact of row.facts)
      console.log(`  ${fact.kind}: ${fact.from.text} -> ${fact.to.text}  (${row.from?.paragraph}, ${row.to?.paragraph})`);
  const [from, to] = await Promise.all([reader.paragraphsOf(found.from.briefing), reader.paragraphsOf(found.to.briefing)]);
  const idf = await idfOf(reader, [...from, ...to]);
  const began = performance.now();
  align(from, to, idf);
  console.log(`  aligned in ${(performance.now() - began).toFixed(0)} ms once the texts were read`);
  let times = 0;
  const start = performance.now();
  for (const one of to)
    for (const sentence of analyseParagraph(one).sentences)
      for (let at = 0; at + 10 <= from.length; at += 10, times++) changedValues(sentence, one, from.slice(at, at + 10), idf);
  console.log(`  changedValues over 10 paragraphs: ${((performance.now() - start) / Math.max(1, times)).toFixed(3)} ms`);
  mutate(to, idf);
  for (const list of [from, to]) {
    const conflicts = list.flatMap((one) => analyseParagraph(one).sentences.flatMap((sentence) => changedValues(sentence, one, list, idf)));
    console.log(`  conflicts within ${list[0]?.briefing}: ${conflicts.length}`);
  }
}

/** Changes one figure at a time and looks for it in the text as it was. */
function mutate(list: readonly Paragraph[], idf: Idf): void {
  let [all, found, wrong] = [0, 0, 0];
  for (const one of list) {
    for (const sentence of analyseParagraph(one).sentences) {
      for (const figure of sentence.figures) {
        if (figure.kind === 'year' || figure.kind === 'ordinal' || !/^\D*\d/.test(sentence.text.slice(figure.start, figure.end))) continue;
        const changed = sentence.text
          .slice(figure.start, figure.end)
          .replace(/\d+/, (digits) => String(Number(digits) + 3 * 10 ** (digits.length - 1)));
        const at = one.text.indexOf(sentence.text) + figure.start;
        const text = one.text.slice(0, at) + changed + one.text.slice(at + figure.end - figure.start);
        const other = paragraph({ text, headings: one.headings, kind: one.kind }, 'changed', one.number);
        const facts = changedValues(sentence, one, [other, ...list.filter((each) => each !== one)], idf);
        all++;
        if (facts.some((fact) => fact.to.text === changed || changed.startsWith(fact.to.text) || fact.to.text.includes(changed))) found++;
        wrong += facts.filter((fact) => fact.paragraph !== other).length;
      }
    }
  }
  console.log(`  one figure changed at a time: ${found} of ${all} found, ${wrong} others reported`);
}

await main();
