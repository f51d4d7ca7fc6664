/**
 * Trains what tells talk from questions: `npx tsx bench/train-talk.ts [--errors] [--out src/ask/talk/weights.json] [--without <script>,…] [--others <folder>] [--desk <folder>,…]`.
 * By itself it trains on four fifths of the examples in evals/talk/train and of the questions of the project's own sets, and looks at the others. With `--out`
 * it trains on all of them, but for messages of the scripts `--without`; with `--desk` it counts the questions of other sets, which train nothing, that would be taken for talk. The same
 * input gives the same weights; the shipped ones had sentences of other people besides (`--others`, docs/conversation.md). docs/conversation.md has the figures.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createClassifier, type TalkWeights } from '../src/ask/talk/classify.ts';
import { type Features, featuresOf, SIZE, talkWordsIn } from '../src/ask/talk/features.ts';
import { KINDS, TALK_LANGUAGES } from '../src/ask/talk/kinds.ts';
import { recogniseWith } from '../src/ask/talk/recognise.ts';
import { byLength, slipOf } from '../src/ask/talk/slips.ts';
import { sentencesOf } from '../src/ask/understand/message.ts';
import { tokens } from '../src/core/text/tokens.ts';
import { argument } from './data.ts';
import { type Line, ownQuestions, peopleIn, plain, questionsOf, readExamples } from './talk/examples.ts';

const EPOCHS = 6;
/** Of the first step; the last one is nought. */
const RATE = Number(argument('rate') ?? 6);
/** Share of words and parts that a sentence is shown without, so that no single one has to be there. */
const DROPPED = 0.2;
const TYPO = 0.15;
const COURTESY = 0.15;
/** Probability of a question from which on a sentence is one, chosen from the curve that is printed. */
const THRESHOLD = Number(argument('threshold') ?? 0.3);

/** Numbers that look random and are the same each time (Numerical Recipes' generator). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Example {
  text: string;
  kind: number;
  language: number | null;
  line: number;
}

/** Scripts whose messages train nothing: for measuring on them. */
const aside = new Set(
  (argument('without') ?? '')
    .split(',')
    .filter(Boolean)
    .flatMap((name) =>
      readFileSync(name, 'utf8')
        .trim()
        .split('\n')
        .map((line) => plain((JSON.parse(line) as { message: string }).message)),
    ),
);

function train(lines: readonly Line[], questions: readonly string[]): TalkWeights {
  const random = chance(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const seen = new Map<string, number>();
  for (const { kind, words } of lines)
    if (kind !== 'question') for (const word of new Set(talkWordsIn(words))) seen.set(word, (seen.get(word) ?? 0) + 1);
  // A word is new to the line it comes from unless another has it too: as new as the words of whoever asks will be.
  const ownWords = lines.map(({ kind, words }) => new Set(kind === 'question' ? [] : talkWordsIn(words)));
  const shares = new Map<string, number>();
  for (const { words, share } of lines)
    if (share > 0) for (const word of new Set(talkWordsIn(words))) shares.set(word, (shares.get(word) ?? 0) + share);
  const known = [...shares].flatMap(([word, share]) => (share >= 0.999 ? [word] : [])).sort();
  const isKnown = new Set(known);
  const meantBeside = (line: number) => (word: string) => {
    if (isKnown.has(word)) return (seen.get(word) as number) > (ownWords[line]?.has(word) ? 1 : 0) ? word : null;
    return slip(word);
  };
  const openings = new Map(
    TALK_LANGUAGES.map((language) => [
      language,
      lines.filter((one) => one.language === language && one.kind === 'greeting' && one.sentences.length > 2),
    ]),
  );
  const endings = new Map(
    TALK_LANGUAGES.map((language) => [language, lines.filter((one) => one.language === language && one.kind === 'thanks')]),
  );

  const lengths = byLength(known);
  const slips = new Map<string, string | null>();
  const slip = (word: string) => {
    const found = slips.has(word) ? (slips.get(word) as string | null) : slipOf(word, lengths);
    slips.set(word, found);
    return found;
  };
  const kinds = new Float32Array(KINDS.length * SIZE);
  const languages = new Float32Array(TALK_LANGUAGES.length * SIZE);

  const worn = (text: string, language: string, kind: string): string => {
    let out = text;
    if (random() < 0.4) out = out.replace(/[?？؟!]+$/u, '');
    if (random() < TYPO && out.length > 5) {
      const at = 1 + Math.floor(random() * (out.length - 2));
      const how = random();
      out =
        how < 0.4
          ? out.slice(0, at) + out.slice(at + 1)
          : how < 0.7
            ? out.slice(0, at) + out[at + 1] + out[at] + out.slice(at + 2)
            : out.slice(0, at) + out[at] + out.slice(at);
    }
    const leading = kind === 'greeting' || kind === 'thanks' || kind === 'farewell' ? null : random();
    const opening = openings.get(language as (typeof TALK_LANGUAGES)[number]) ?? [];
    const ending = endings.get(language as (typeof TALK_LANGUAGES)[number]) ?? [];
    if (leading !== null && leading < COURTESY && opening.length > 0)
      out = `${pick(pick(opening).sentences).replace(/[?？؟!]+$/u, '')}, ${out}`;
    else if (leading !== null && leading < COURTESY * 1.5 && ending.length > 0) out = `${out} ${pick(pick(ending).sentences)}`;
    return out;
  };

  const step = ({ at, value }: Features, weights: Float32Array, rows: number, right: number, kept: readonly boolean[], rate: number) => {
    const sums = new Array<number>(rows).fill(0);
    for (let one = 0; one < at.length; one++) {
      if (!kept[one]) continue;
      const start = (at[one] as number) * rows;
      for (let row = 0; row < rows; row++) sums[row] = (sums[row] as number) + (weights[start + row] as number) * (value[one] as number);
    }
    const most = Math.max(...sums);
    const raised = sums.map((sum) => Math.exp(sum - most));
    const all = raised.reduce((total, one) => total + one, 0);
    const steps = raised.map((one, row) => rate * (one / all - (row === right ? 1 : 0)));
    for (let one = 0; one < at.length; one++) {
      if (!kept[one]) continue;
      const start = (at[one] as number) * rows;
      for (let row = 0; row < rows; row++)
        weights[start + row] = (weights[start + row] as number) - (steps[row] as number) * (value[one] as number);
    }
  };

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const examples: Example[] = [];
    for (const [line, one] of lines.entries())
      for (let count = one.seen; count > 0; count--)
        examples.push({
          text: worn(pick(one.sentences), one.language, one.kind),
          kind: KINDS.indexOf(one.kind),
          language: TALK_LANGUAGES.indexOf(one.language as (typeof TALK_LANGUAGES)[number]),
          line,
        });
    for (const text of questions)
      examples.push({ text: worn(text, pick(TALK_LANGUAGES), 'question'), kind: KINDS.length - 1, language: null, line: -1 });
    for (let at = examples.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      [examples[at], examples[other]] = [examples[other] as Example, examples[at] as Example];
    }
    for (const [done, { text, kind, language, line }] of examples.entries()) {
      const rate = RATE * (1 - (epoch + done / examples.length) / EPOCHS);
      const features = featuresOf(text, meantBeside(line));
      const kept = Array.from(features.at, () => random() >= DROPPED);
      step(features, kinds, KINDS.length, kind, kept, rate);
      if (language !== null) step(features, languages, TALK_LANGUAGES.length, language, kept, rate);
    }
  }
  return { threshold: THRESHOLD, kinds: packed(kinds), languages: packed(languages), words: known.join(' ') };
}

function packed(weights: Float32Array): TalkWeights['kinds'] {
  const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  return { scale: Number(scale.toPrecision(6)), bytes: Buffer.from(bytes.buffer).toString('base64') };
}

/** Trains on one part of the examples and looks at the other. */
function choose(lines: readonly Line[], questions: readonly string[]): void {
  const isSecond = (at: number) => at % 5 === 2;
  const half = train(
    lines.filter((_, at) => !isSecond(at)),
    questions.filter((_, at) => !isSecond(at)),
  );
  // Without a threshold every sentence is told to be the talk it most looks like.
  const { tell } = createClassifier({ ...half, threshold: 2 });
  const told = lines
    .filter(({ kind }, at) => isSecond(at) && kind !== 'question')
    .flatMap(({ kind, language, sentences }) =>
      sentences.slice(0, 5).map((sentence) => ({ kind, language, sentence, told: tell(sentence) })),
    );
  const asked = [
    ...questions.filter((_, at) => isSecond(at)),
    ...lines.filter(({ kind }, at) => isSecond(at) && kind === 'question').flatMap(({ sentences }) => sentences.slice(0, 5)),
  ].map((question) => ({ question, told: tell(question) }));
  const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`;
  console.log(`${told.length} sentences of talk and ${asked.length} questions of the second part`);
  console.log('threshold  talk told   of the right kind  questions taken');
  for (const threshold of CURVE) {
    const own = told.filter((one) => one.told.question < threshold);
    const right = own.filter((one) => one.told.kind === one.kind);
    const taken = asked.filter((one) => one.told.question < threshold);
    console.log(
      `${threshold.toFixed(2).padStart(9)}  ${share(own.length, told.length).padEnd(10)}  ${share(right.length, told.length).padEnd(17)}  ${share(taken.length, asked.length)}`,
    );
  }
  console.log(`language right: ${share(told.filter((one) => one.told.language === one.language).length, told.length)}`);
  if (!process.argv.includes('--errors')) return;
  for (const { kind, sentence, told: own } of told)
    if (own.kind !== kind || own.question > THRESHOLD)
      console.log(`  ${kind} → ${own.question > THRESHOLD ? 'question' : own.kind} ${own.question.toFixed(2)}: ${sentence}`);
  for (const { question, told: own } of asked)
    if (own.question < THRESHOLD) console.log(`  question → ${own.kind} ${own.question.toFixed(2)}: ${question}`);
}
const CURVE = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/** Questions of other sets that would be taken for talk, as a message is read. */
function countTaken(weights: TalkWeights, folders: string): void {
  const classifier = createClassifier({ ...weights, threshold: 2 });
  const all = questionsOf(folders, true).map((one) => {
    const said = recogniseWith(classifier, one.question, one.leans);
    const isOfTheirs = tokens(said?.fresh.join(' ') ?? '').some(({ word, stop }) => !stop && one.text.includes(word));
    const question = Math.max(0, ...sentencesOf(one.question).map((sentence) => classifier.tell(sentence).question));
    return { ...one, said, taken: said !== null && !isOfTheirs && said.rest.length === 0 ? question : 1 };
  });
  const [alone, leaning] = [all.filter(({ leans }) => !leans), all.filter(({ leans }) => leans)];
  for (const threshold of CURVE) {
    const [own, after] = [alone, leaning].map((list) => list.filter(({ taken }) => taken < threshold).length);
    console.log(
      `threshold ${threshold.toFixed(2)}: taken ${own} of ${alone.length} questions by themselves, ${after} of ${leaning.length} follow-ups`,
    );
  }
  for (const { question, set, leans, said, taken } of all)
    if (taken < 0.5) console.log(`  ${taken.toFixed(2)} ${set} ${leans ? 'follow-up ' : ''}→ ${said?.kind}: ${question.slice(0, 100)}`);
}

const people = (argument('people') ?? peopleIn('evals/talk/people').join(',')).split(',').filter(Boolean);
const lines = readExamples('evals/talk/train', people, argument('others'), aside);
const questions = ownQuestions();
console.log(`${lines.length} lines, ${questions.length} questions`);
const out = argument('out');
const desk = argument('desk');
if (!out && !desk) choose(lines, questions);
else {
  const weights = train(lines, questions);
  if (out) {
    writeFileSync(out, `${JSON.stringify(weights)}\n`);
    console.log(`${out}: ${(JSON.stringify(weights).length / 1024).toFixed(0)} kB`);
  }
  if (desk) countTaken(weights, desk);
}
