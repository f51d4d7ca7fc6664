import { candidatesOf } from '../../src/ask/candidates.ts';
import { features, type WordVectors } from '../../src/ask/features.ts';
import { type GuardContext, refuse } from '../../src/ask/guards.ts';
import { type Question, readQuestion } from '../../src/ask/question.ts';
import { retrieve, VECTOR_WEIGHT } from '../../src/ask/retrieve.ts';
import { DEFAULT_SETTINGS } from '../../src/ask/settings.ts';
import { type Expansion, expand } from '../../src/ask/units.ts';
import { withoutEditionWords } from '../../src/ask/when.ts';
import type { Passage, Period } from '../../src/core/model.ts';
import type { IndexReader } from '../../src/core/ports.ts';
import { fold } from '../../src/core/text/tokens.ts';
import { indexSets, readSet, type SetQuestion } from '../data.ts';

/** The candidate sentences of one question, with what is known of them. Positions count candidates. */
export interface Sample {
  set: string;
  /** Document or case: all its samples fall into the same fold. */
  document: string;
  /**
   * `answerable`: the answer is there. `near`: marked unanswerable by the set's authors, or told by another edition only.
   * `absent`: the same question without the paragraphs that answer it. `topic`: without the documents that do.
   */
  kind: 'answerable' | 'near' | 'absent' | 'topic';
  rows: Float32Array[];
  /** Which sentences the rules of src/ask/guards.ts refuse: the judge is never asked about them. */
  refused: boolean[];
  /** Sentences of a right paragraph that hold the answer. */
  gold: number[];
  /** Sentences of a right paragraph. */
  inParagraph: number[];
  /** Sentences, of any paragraph, that hold the answer. */
  contains: number[];
}

/** Paragraphs whose sentences make up a sample: as many as an answer looks at. */
const PARAGRAPHS = DEFAULT_SETTINGS.passages;

const words = (text: string) =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether a sentence holds the answer: a gold sentence or part of one, or a gold answer (of a long one, its beginning). */
function holdsAnswer({ gold_sentences: sentences, answers }: SetQuestion, text: string): boolean {
  const own = words(text);
  const padded = ` ${own} `;
  if (sentences) {
    return sentences.map(words).some((gold) => gold !== '' && (padded.includes(gold) || (own.length > 20 && gold.includes(own))));
  }
  return answers
    .map(words)
    .some(
      (answer) =>
        answer !== '' &&
        (padded.includes(` ${answer} `) || (answer.length > 60 && (answer.includes(own) || padded.includes(answer.slice(0, 50))))),
    );
}

export interface Asked {
  question: Question;
  expansion: Expansion;
  reader: IndexReader;
  wordVectors: WordVectors;
  period: Period | null;
}

/** One sample from passages; null when they hold no sentence. */
export async function sampleOf(
  asked: Asked,
  passages: readonly Passage[],
  about: Pick<Sample, 'set' | 'document' | 'kind'>,
  judge: (passage: Passage, sentence: string) => { right: boolean; holds: boolean },
): Promise<Sample | null> {
  const candidates = await candidatesOf(asked.question, passages, asked.reader);
  if (candidates.length === 0) return null;
  const context: GuardContext = {
    question: asked.question,
    expansion: asked.expansion,
    period: asked.period,
    inForce: asked.period && new Set(passages.map(({ briefing }) => briefing.id)),
    questionTerms: new Set(asked.expansion.units.flatMap((unit) => unit.alternatives.flat())),
    vectors: asked.wordVectors,
    settings: DEFAULT_SETTINGS,
    retrieved: new Map(passages.map(({ paragraph }) => [paragraph.id, paragraph])),
  };
  const sample: Sample = {
    ...about,
    rows: features(asked.question, asked.expansion, candidates, asked.wordVectors),
    refused: candidates.map((candidate) => refuse(candidate, context) !== null),
    gold: [],
    inParagraph: [],
    contains: [],
  };
  candidates.forEach(({ passage, sentence }, at) => {
    const { right, holds } = judge(passage, sentence.text);
    if (right) sample.inParagraph.push(at);
    if (right && holds) sample.gold.push(at);
    if (holds) sample.contains.push(at);
  });
  return sample;
}

/** Up to three samples for every question of a set. */
export async function setSamples(folder: string, name: string): Promise<Sample[]> {
  const set = readSet(folder, name);
  const index = await indexSets([set]);
  const { reader, briefings, embedder, wordVectors, goldOf, documentOf } = index;
  const paragraphOf = (passage: Passage) => goldOf.get(passage.paragraph.id) ?? '';
  const documentOfPassage = (passage: Passage) => documentOf.get(paragraphOf(passage)) ?? '';
  const out: Sample[] = [];
  for (const item of set.questions) {
    const text = item.question.trim();
    const question = readQuestion(withoutEditionWords(text));
    const expansion = await expand(question, reader);
    const passages = await retrieve(reader, embedder, text, expansion, briefings, {
      depth: DEFAULT_SETTINGS.depth,
      vectorWeight: VECTOR_WEIGHT,
    });
    if (passages.length === 0) continue;
    const gold = new Set(item.gold_paragraphs);
    const related = [...gold, ...(item.related_paragraphs ?? [])];
    const documents = new Set(related.map((id) => documentOf.get(id) ?? ''));
    const add = async (list: readonly Passage[], kind: Sample['kind']) => {
      const about = { set: name, document: documentOf.get(related[0] ?? '') ?? documentOfPassage(passages[0] as Passage), kind };
      const sample = await sampleOf(
        { question, expansion, reader, wordVectors, period: null },
        list.slice(0, PARAGRAPHS),
        about,
        (passage, sentence) => ({
          right: gold.has(paragraphOf(passage)),
          holds: holdsAnswer(item, sentence),
        }),
      );
      if (sample) out.push(sample);
    };
    await add(passages, item.unanswerable ? 'near' : 'answerable');
    // TimeQA repeats a fact in several paragraphs of a page; CovidQA's papers share their subject.
    if (!item.unanswerable && name !== 'timeqa') {
      const silent = passages.filter((passage) => !gold.has(paragraphOf(passage)) && !holdsAnswer(item, passage.paragraph.text));
      await add(silent, 'absent');
    }
    if (name !== 'covidqa') {
      await add(
        passages.filter((passage) => !documents.has(documentOfPassage(passage))),
        'topic',
      );
    }
  }
  await index.close();
  return out;
}
