// How ENOUGH_WORDS in src/eval/support.ts was found: sentences of human-written answers against the passage they were written
// from (should be supported) and against the other passage that shares most words with them (should not).
//   npx tsx evals/support-threshold.ts <folder with documents.jsonl and questions.jsonl>…
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sliceCodePoints } from '../src/core/text/codepoints.ts';
import { sentences } from '../src/core/text/sentences.ts';
import { tokens } from '../src/core/text/tokens.ts';
import { type Support, support } from '../src/eval/support.ts';

/** Passages compared with each sentence, and the fewest content words a sentence must have to be telling. */
const PASSAGES = 3000;
const LEAST_WORDS = 4;

const content = (text: string) => new Set(tokens(text).flatMap((token) => (token.stop ? [] : [token.term])));
const rate = (list: Support[], holds: (one: Support) => boolean) => (list.filter(holds).length / list.length).toFixed(3);

for (const folder of process.argv.slice(2)) {
  const lines = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const passages = new Map<string, string>();
  for (const { title, paragraphs } of lines('documents.jsonl'))
    for (const { id, text } of paragraphs) passages.set(id, `${title}\n${text}`);
  const pool = [...passages.values()].slice(0, PASSAGES).map((text) => ({ text, words: content(text) }));
  const own: Support[] = [];
  const other: Support[] = [];
  for (const { unanswerable, gold_paragraphs: gold, answers } of lines('questions.jsonl')) {
    if (unanswerable || gold.length === 0) continue;
    const source = gold.map((id: string) => passages.get(id) ?? '').join('\n');
    for (const span of sentences(answers[0])) {
      const sentence = sliceCodePoints(answers[0], span.start, span.end);
      const words = [...content(sentence)];
      if (words.length < LEAST_WORDS) continue;
      const shared = (one: (typeof pool)[number]) => words.filter((word) => one.words.has(word)).length;
      const nearest = pool.filter((one) => !source.includes(one.text)).reduce((best, one) => (shared(one) > shared(best) ? one : best));
      own.push(support(sentence, source));
      other.push(support(sentence, nearest.text));
    }
  }
  console.log(`${basename(folder)}: ${own.length} sentences`);
  for (const share of [0.5, 0.55, 0.6, 0.65, 0.7, 0.8]) {
    const holds = ({ words, missing }: Support) => words >= share && missing.length === 0;
    console.log(`  ${share.toFixed(2)}  keeps ${rate(own, holds)}  rejects ${rate(other, (one) => !holds(one))}`);
  }
}
