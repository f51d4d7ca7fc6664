import type { Turn } from '../../core/model.ts';
import { fold } from '../../core/text/tokens.ts';
import { POINTING } from '../lexicon.ts';
import { sentencesOf } from '../understand/message.ts';
import { ORDER, type SaidKind, VOCABULARIES } from './vocabulary.ts';

/** What a message is when it is no question about the briefings. */
export interface TalkMessage {
  kind: SaidKind;
  /** Of the words it is made of; null when nothing tells ("👍"). */
  language: string | null;
  /** Words beyond the kind's own: a title or a date that says of what. Folded. */
  rest: readonly string[];
  /** The language asked for, where one is ("in French"). */
  into?: string;
}

/** Kinds that lean on the question before. */
const LEANING: ReadonlySet<SaidKind> = new Set(['wrong', 'sure', 'repeat', 'language', 'shorter', 'more', 'earlier', 'later']);
/** Kinds that may name a briefing or an edition. */
const SLOTTED: ReadonlySet<SaidKind> = new Set(['summary', 'currency']);
/** Kinds that something else may be meant by after a question: "how does it work?" */
const OF_THE_SERVICE: ReadonlySet<SaidKind> = new Set(['help', 'about', 'currency', 'briefings', 'smalltalk', 'identity']);
/** Kinds that nobody asks. */
const NEVER_ASKED: ReadonlySet<SaidKind> = new Set(['farewell', 'acknowledgement']);
/** Talk is short; a longer message tells or asks something. UTF-16 units, sentences. */
const LONGEST_TALK = 240;
const MOST_SENTENCES = 4;
const UNSPACED = /\p{Script=Han}/u;
const ASKED = /[?？؟]\s*$/u;
const WORD = /\p{Script=Han}+|[\p{L}\p{N}\p{M}]+/gu;

interface Rule {
  kind: SaidKind;
  slots: readonly (readonly string[])[];
  covered: ReadonlySet<string>;
}
interface Compiled {
  language: string;
  self: ReadonlySet<string>;
  rules: readonly Rule[];
  /** Every word of any rule. */
  vocabulary: ReadonlySet<string>;
  /** Words of an unspaced script, the longest first. */
  pieces: readonly string[];
  /** Folded name of a language to its tag. */
  languages: ReadonlyMap<string, string>;
  translating: ReadonlySet<string>;
}

/** Languages somebody may want an answer in. */
const LANGUAGES_NAMED = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pt', 'ru', 'zh'];
const TRANSLATING: Readonly<Record<string, string>> = {
  en: 'in into to translate answer say it that again please version',
  de: 'auf ins in ubersetze ubersetz ubersetzen antworte sag das es bitte version sprache',
  fr: 'en traduis traduire traduisez reponds dis le la ca version langue',
  es: 'en traduce traducelo traducir responde dilo lo eso al version',
  zh: '用 翻译 成 翻译成 说 回答 写 再',
  ar: 'ب باللغة اللغة ترجم ترجمها اجب الى',
};
/** What an article or a preposition is joined to in Arabic. */
const PREFIXES = ['و', 'ال', 'ب', 'بال', 'ل', 'ف'];

const split = (text: string): string[] => fold(text).split(' ').filter(Boolean);

function compile(language: string): Compiled {
  const { filler, self, kinds } = VOCABULARIES[language] as (typeof VOCABULARIES)[string];
  const fillers = split(filler);
  const rules = ORDER.flatMap((kind): Rule[] => {
    const own = kinds[kind];
    return (own?.rules ?? []).map((rule) => {
      const slots = split(rule).map((slot) => slot.split('|'));
      return { kind, slots, covered: new Set([...fillers, ...split(own?.also ?? ''), ...slots.flat()]) };
    });
  });
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const pieces = UNSPACED.test(filler) ? [...new Set(rules.flatMap(({ covered }) => [...covered]))] : [];
  return {
    language,
    self: new Set(split(self)),
    rules,
    vocabulary: new Set(rules.flatMap(({ covered }) => [...covered])),
    pieces: [
      ...pieces,
      ...(pieces.length > 0 ? [...LANGUAGES_NAMED.map((tag) => names.of(tag) ?? tag), ...split(TRANSLATING[language] ?? '')] : []),
    ].sort((a, b) => b.length - a.length),
    languages: new Map(
      LANGUAGES_NAMED.flatMap((tag) =>
        [fold(names.of(tag) ?? tag), ...(language === 'ar' ? [fold(`ب${names.of(tag)}`)] : [])].map((name) => [name, tag]),
      ),
    ),
    translating: new Set([...fillers, ...split(TRANSLATING[language] ?? '')]),
  };
}

const COMPILED: readonly Compiled[] = Object.keys(VOCABULARIES).map(compile);

/**
 * What a message is, when all of it is talk; null for anything that may be a question about the briefings. `answered`: whether a
 * question stands before it. Linear in its length, which is bounded.
 */
export function recognise(message: string, answered: boolean): TalkMessage | null {
  const text = message.trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return { kind: signKind(text), language: /[。！？、]/u.test(text) ? 'zh' : null, rest: [] };
  if (text.length > LONGEST_TALK) return null;
  const sentences = sentencesOf(text).map((sentence) => sentence.replace(/^[/!]+/, ''));
  if (sentences.length === 0 || sentences.length > MOST_SENTENCES) return null;
  for (const one of COMPILED) {
    const said = inLanguage(sentences, answered, one);
    if (said) return said;
  }
  return null;
}

/** All sentences are talk, or tell of whoever writes before one that asks. */
function inLanguage(sentences: readonly string[], answered: boolean, compiled: Compiled): TalkMessage | null {
  const found: TalkMessage[] = [];
  let ofSelf = false;
  for (const sentence of sentences) {
    const words = wordsOf(sentence, compiled);
    const said = saidBy(words, answered, ASKED.test(sentence), compiled);
    if (said) found.push(said);
    else if (!ASKED.test(sentence) && compiled.self.has(words[0] ?? '')) ofSelf = true;
    else return null;
  }
  const said = found.sort((a, b) => rank(a) - rank(b))[0];
  return said && (!ofSelf || SLOTTED.has(said.kind) || OF_THE_SERVICE.has(said.kind)) ? said : null;
}

const rank = ({ kind }: TalkMessage): number => (kind === 'language' ? -1 : ORDER.indexOf(kind));

function saidBy(
  words: readonly string[],
  answered: boolean,
  asked: boolean,
  { language, rules, vocabulary, languages, translating }: Compiled,
): TalkMessage | null {
  if (words.length === 0) return null;
  if (answered) {
    const into = words.flatMap((word) => languages.get(word) ?? []);
    if (into.length === 1 && words.every((word) => languages.has(word) || translating.has(word)))
      return { kind: 'language', language, rest: [], into: into[0] };
  }
  const own = new Set(words);
  const knownToAll = words.every((word) => vocabulary.has(word));
  let slotted: TalkMessage | null = null;
  let leaning = false;
  for (const { kind, slots, covered } of rules) {
    // Whatever is no talk at all is left over whichever rule is tried.
    if (!knownToAll && !SLOTTED.has(kind)) continue;
    if ((asked && NEVER_ASKED.has(kind)) || !slots.every((slot) => slot.some((word) => own.has(word)))) continue;
    const rest = words.filter((word) => !covered.has(word));
    if (rest.length > 0) {
      if (SLOTTED.has(kind) && rest.length <= 6 && (slotted === null || rest.length < slotted.rest.length))
        slotted = { kind, language, rest };
      continue;
    }
    if (LEANING.has(kind) && !answered) {
      leaning = true;
      continue;
    }
    // After a question these may ask about its subject.
    if (answered && (kind === 'unclear' || (OF_THE_SERVICE.has(kind) && pointsBack(words)))) return null;
    return { kind, language, rest: [] };
  }
  return slotted ?? (leaning ? { kind: 'unclear', language, rest: [] } : null);
}

/** Leans on what was said, and not on this service, its briefings or whoever answers. */
const pointsBack = (words: readonly string[]): boolean => words.some((word) => POINTING.has(word)) && !words.some((word) => OURS.has(word));
const OURS: ReadonlySet<string> = new Set(
  'you your service tool bot chat assistant site page briefings briefing documents document sources du dein sie dienst unterlagen briefings tu vous service documents notes usted servicio documentos informes 你 您 انت'
    .split(' ')
    .map(fold),
);

function wordsOf(sentence: string, { pieces, language }: Compiled): string[] {
  const words: string[] = [];
  for (const [run] of fold(sentence).matchAll(WORD)) {
    if (pieces.length > 0 && UNSPACED.test(run)) {
      for (let at = 0; at < run.length; ) {
        const piece = pieces.find((one) => run.startsWith(one, at)) ?? (run[at] as string);
        words.push(piece);
        at += piece.length;
      }
    } else words.push(language === 'ar' ? arabic(run) : run);
  }
  return words;
}

let arabicWords: ReadonlySet<string> | null = null;
/** The word as the vocabulary has it: without what is joined to its front, where only that is known. */
function arabic(word: string): string {
  arabicWords ??= new Set(COMPILED.flatMap((one) => (one.language === 'ar' ? one.rules.flatMap(({ covered }) => [...covered]) : [])));
  if (arabicWords.has(word)) return word;
  for (const prefix of PREFIXES)
    if (word.startsWith(prefix) && arabicWords.has(word.slice(prefix.length))) return word.slice(prefix.length);
  return arabicWords.has(`ال${word}`) ? `ال${word}` : word;
}

/** Signs alone: thanks, assent, or nothing anybody could read. */
function signKind(text: string): SaidKind {
  if (/[🙏❤💐🌹😊🥰]/u.test(text)) return 'thanks';
  if (/[👍👌✅😀😃😄🙂👏🎉💯]/u.test(text)) return 'acknowledgement';
  if (/[👋]/u.test(text)) return 'greeting';
  return 'unclear';
}

/** Turns without those that are talk, and without the replies to them: what a question may lean on. */
export function withoutTalk(history: readonly Turn[]): Turn[] {
  const kept: Turn[] = [];
  let dropping = false;
  let answered = false;
  for (const turn of history) {
    if (turn.role === 'user') {
      dropping = recognise(turn.content, answered) !== null;
      answered ||= !dropping;
    }
    if (!dropping) kept.push(turn);
  }
  return kept;
}
