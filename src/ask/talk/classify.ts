import { type Features, featuresOf, SIZE, talkWordsIn } from './features.ts';
import { KINDS, LEANING_KINDS, type SentenceKind, TALK_LANGUAGES } from './kinds.ts';
import { byLength, slipOf } from './slips.ts';
import shipped from './weights.json' with { type: 'json' };

/** What bench/train-talk.ts makes. */
export interface TalkWeights {
  /** Probability that a sentence is a question about the briefings, from which on it is taken for one. */
  threshold: number;
  /** By kind and by language: bytes of signed weights, for each of SIZE features one a kind, base64; a weight is its byte times `scale`. */
  kinds: { scale: number; bytes: string };
  languages: { scale: number; bytes: string };
  /** Words that talk knows, separated by spaces. */
  words: string;
}

/** What a sentence is. */
export interface ReadSentence {
  kind: SentenceKind;
  /** The most probable kind of talk, also where it is a question, and of those that lean on no answer. */
  talk: SentenceKind;
  apart: SentenceKind;
  /** Probability of that among those of talk, and of a question among all. */
  sure: number;
  question: number;
  language: string;
  /** How probable the language is. */
  spoken: number;
  words: readonly string[];
}

export interface Classifier {
  tell(sentence: string): ReadSentence;
  /** A word that talk knows, or the one it may be a slip of; null for any other. */
  meant(word: string): string | null;
}

/** Sentences kept told: a message is looked at as a whole, by sentences and by clauses, and once more in doubt. */
const SENTENCES_REMEMBERED = 64;

/** Throws a RangeError when the weights are not of this version. */
export function createClassifier({ threshold, kinds, languages, words }: TalkWeights): Classifier {
  const ofKinds = decoded(kinds, KINDS.length);
  const ofLanguages = decoded(languages, TALK_LANGUAGES.length);
  const list = words.split(' ');
  const known = new Set(list);
  const lengths = byLength(list);
  const meant = (word: string) => (known.has(word) ? word : slipOf(word, lengths));
  const told = new Map<string, ReadSentence>();
  return {
    meant,
    tell(sentence) {
      const before = told.get(sentence);
      if (before) return before;
      if (told.size >= SENTENCES_REMEMBERED) told.clear();
      const features = featuresOf(sentence, meant);
      const probable = softmax(scores(features, ofKinds, KINDS.length));
      const spoken = softmax(scores(features, ofLanguages, TALK_LANGUAGES.length));
      const question = probable[KINDS.length - 1] as number;
      const talk = probable.slice(0, -1);
      const best = talk.indexOf(Math.max(...talk));
      const free = talk.map((one, kind) => (LEANING_KINDS.has(KINDS[kind] as SentenceKind) ? 0 : one));
      const language = spoken.indexOf(Math.max(...spoken));
      const one: ReadSentence = {
        kind: question >= threshold ? 'question' : (KINDS[best] as SentenceKind),
        talk: KINDS[best] as SentenceKind,
        apart: KINDS[free.indexOf(Math.max(...free))] as SentenceKind,
        sure: (talk[best] as number) / Math.max(1e-9, 1 - question),
        question,
        language: TALK_LANGUAGES[language] as string,
        spoken: spoken[language] as number,
        words: talkWordsIn(sentence),
      };
      told.set(sentence, one);
      return one;
    },
  };
}

interface Decoded {
  scale: number;
  weights: Int8Array;
}

function decoded({ scale, bytes }: TalkWeights['kinds'], kinds: number): Decoded {
  const weights = new Int8Array(Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0)).buffer);
  if (weights.length !== kinds * SIZE)
    throw new RangeError(`The weights of talk have ${weights.length} numbers, not ${kinds * SIZE}: train them anew`);
  return { scale, weights };
}

function scores({ at, value }: Features, { scale, weights }: Decoded, kinds: number): number[] {
  const sums = new Array<number>(kinds).fill(0);
  for (let one = 0; one < at.length; one++) {
    const start = (at[one] as number) * kinds;
    const weight = (value[one] as number) * scale;
    for (let kind = 0; kind < kinds; kind++) sums[kind] = (sums[kind] as number) + (weights[start + kind] as number) * weight;
  }
  return sums;
}

function softmax(values: readonly number[]): number[] {
  const most = Math.max(...values);
  const raised = values.map((value) => Math.exp(value - most));
  const sum = raised.reduce((all, value) => all + value, 0);
  return raised.map((value) => value / sum);
}

let own: Classifier | null = null;
/** The shipped one, decoded when it is first needed. */
export function classifier(): Classifier {
  own ??= createClassifier(shipped);
  return own;
}
