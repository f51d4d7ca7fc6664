import type { Turn } from '../../core/model.ts';
import { fold } from '../../core/text/tokens.ts';
import { ASKS_WITH, POINTING } from '../lexicon.ts';
import { corrects, sentencesOf } from '../understand/index.ts';
import { type Classifier, classifier, type ReadSentence } from './classify.ts';
import {
  ASKING_SIGN,
  LEANING_KINDS,
  MANNERS,
  OF_ITSELF_ALONE,
  OF_THE_SERVICE,
  ORDER,
  PERSON_SIGN,
  PERSONS,
  type SaidKind,
  type SentenceKind,
  SLOTTED,
  SPOKEN_TO,
  WISHES_FOR,
  WITHOUT_AN_ANSWER,
} from './kinds.ts';
import { languageNamed } from './language-names.ts';

/** What a message is when it is no question about the briefings. */
export interface TalkMessage {
  kind: SaidKind;
  /** It is written in; null when nothing tells ("👍"). */
  language: string | null;
  /** Words beyond those of talk: a title or a date that says of what. Folded. */
  rest: readonly string[];
  /** The language asked for, where one is ("in French"). */
  into?: string;
  /** Words that talk does not know, though the message looks like it: a slip, a name, or what the briefings are about. Folded. */
  fresh: readonly string[];
  /** How probable it is that the briefings are asked, of what most looks like it: 0 to 1. */
  question: number;
  /** It is talk unless the briefings have something like it, or answer it; undefined where it is talk whatever they say. */
  unless?: 'alike' | 'answered';
}

/** Talk is short; a longer message tells or asks something. UTF-16 units, sentences. */
const LONGEST_TALK = 320;
const MOST_SENTENCES = 5;
/** Words that a summary may be of. */
const MOST_OF = 6;
/** A language less probable than this is that of the conversation instead, where there is one. */
const SPOKEN = 0.5;
const SPOKEN_AFTER = 0.75;
/** A kind less probable than this among those of talk is anybody's guess. Chosen on evals/talk/dev.jsonl. */
const SURE = 0.25;

/**
 * What a message is, when all of it is talk, or a wish beside remarks; null for anything that may be a question about the briefings. `answered`: whether a
 * question stands before it. Linear in its length, which is bounded.
 */
export const recognise = (message: string, answered: boolean): TalkMessage | null => recogniseWith(classifier(), message, answered);

/**
 * What a message would be if it were talk, also where it looks more like a question than not: for when the briefings have nothing like it, or do not
 * answer it. Null for what is a question beyond doubt.
 */
export const recogniseInDoubt = (message: string, answered: boolean): TalkMessage | null =>
  recogniseWith(classifier(), message, answered, true);

/** The same by other weights, for measuring. */
export function recogniseWith(own: Classifier, message: string, answered: boolean, inDoubt = false): TalkMessage | null {
  const text = message.trim();
  if (!/[\p{L}\p{N}]/u.test(text))
    return { kind: signKind(text), language: /[。！？、]/u.test(text) ? 'zh' : null, rest: [], fresh: [], question: 0 };
  if (text.length > LONGEST_TALK) return null;
  const sentences = sentencesOf(text).map((sentence) => sentence.replace(/^[/!]+/, ''));
  if (sentences.length === 0 || sentences.length > MOST_SENTENCES) return null;
  const told = sentences.flatMap((sentence) => toldBy(sentence, own));
  const language = languageOf(told, answered ? SPOKEN_AFTER : SPOKEN);
  const question = Math.max(...told.map((one) => one.question));
  if (answered && sentences.some(corrects) && !told.some((one) => SAYS_HOW.has(one.kind) && one.sure >= FIRM))
    return inDoubt ? { kind: 'other', language, rest: [], fresh: [], question: BESIDE_REMARKS, unless: 'answered' } : null;
  if (!inDoubt && told.every(({ kind }) => kind !== 'question')) return whole(told, sentences, own, answered, language, question, false);
  const beside = besideRemarks(sentences, own, answered);
  if (beside) return beside.unless === undefined || inDoubt ? { ...beside, language } : null;
  if (!inDoubt) return null;
  const [only] = told.length === 1 ? told : [];
  // "And the 2019 figure?" names nothing but an edition.
  if (answered && only && EDITION_KINDS.has(only.talk as SaidKind) && only.sure >= PLAINLY_MEANT && figuresAlone(restOf(text, own)))
    return { kind: only.talk as SaidKind, language, rest: [], fresh: [], question: BESIDE_REMARKS, unless: 'answered' };
  // What is to be summed up is quoted wherever it is not answered.
  if (only?.talk === 'summary' && only.sure >= PLAINLY_MEANT && only.question < SUMMED_UP)
    return { kind: 'summary', language, rest: restOf(text, own), fresh: [], question: BESIDE_REMARKS, unless: 'answered' };
  if (!told.every(mayBeTalk)) return null;
  const said = whole(
    told.map((one) => ({ ...one, kind: one.talk })),
    sentences,
    own,
    answered,
    language,
    question,
    true,
  );
  return said && { unless: 'alike', ...said };
}

/** A sentence, or a part of one, and what it is. */
type Told = ReadSentence & { text: string };

/** Kinds that say themselves what is wanted instead: "no, I meant the older one". */
const SAYS_HOW: ReadonlySet<SentenceKind> = new Set(
  [...LEANING_KINDS].filter((kind) => kind !== 'wrong' && kind !== 'sure' && kind !== 'bare'),
);

/** A message of talk alone, or in doubt. */
function whole(
  told: readonly Told[],
  sentences: readonly string[],
  own: Classifier,
  answered: boolean,
  language: string | null,
  question: number,
  inDoubt: boolean,
): TalkMessage | null {
  const spoken = told.filter(({ kind }) => kind !== 'aside');
  // What is talk beyond doubt says what the message is, where a part of it is.
  const beyond = spoken.filter(({ talk, question }) => !SAYS_NOTHING.has(talk) && question < SURELY);
  const plainly = spoken.filter(({ sure }) => sure >= FIRM);
  const said = strongest(inDoubt && beyond.length > 0 ? beyond : plainly.length > 0 ? plainly : spoken);
  const fresh = sentences.flatMap((sentence) => restOf(sentence, own));
  // Who only tells of themselves ("I am new here.") is greeted; what leans on a question that nobody asked is asked back.
  if (!said) return answered ? null : { kind: 'greeting', language, rest: [], fresh, question };
  if (LEANING_KINDS.has(said.kind) && !answered) {
    // It leans on nothing, and may as well ask.
    if (inDoubt && said.sure < PLAINLY && question >= DOUBTED) return null;
    const kind = said.sure >= PLAINLY ? (WITHOUT_AN_ANSWER.get(said.kind) ?? 'unclear') : said.apart;
    return { kind: kind === 'aside' ? 'greeting' : (kind as SaidKind), language, rest: [], fresh, question };
  }
  if (answered && told.some(({ kind, sure }) => kind === 'bare' || (kind === 'unclear' && sure < PLAINLY))) return null;
  if (answered && meansAnswer(said)) return leaning(said.kind, language, question);
  const kind: SaidKind = said.sure < SURE && !answered ? 'unclear' : (said.kind as SaidKind);
  // "No, the 2019 one" asks again with another time.
  if (EDITION_KINDS.has(kind) && fresh.some((word) => /^\p{N}/u.test(word)))
    return inDoubt ? { kind, language, rest: [], fresh, question, unless: 'answered' } : null;
  if (kind === 'language') return { kind, language, rest: [], fresh, question, into: languageNamed(sentences.join(' ')) };
  const rest = SLOTTED.has(kind) ? restOf(said.text, own) : [];
  return rest.length > MOST_OF && !inDoubt ? null : { kind, language, rest, fresh, question };
}

/** Whether what is asked of the service after an answer means that: "how does it work?", but not "have you others than this one?" */
const meansAnswer = ({ kind, sure, words }: ReadSentence): boolean =>
  OF_THE_SERVICE.has(kind) && pointsBack(words) && !(kind === 'briefings' && sure >= PLAINLY);

/** What is said of the service after an answer, and points back, is said of the answer: "can I trust that?" */
const leaning = (kind: SentenceKind, language: string | null, question: number): TalkMessage | null =>
  kind === 'trust' || kind === 'currency' ? { kind: kind === 'trust' ? 'sure' : 'later', language, rest: [], fresh: [], question } : null;

/**
 * A wish or manners beside remarks that ask nothing ("What is this about? I drive the bus and they sent me this link"); null where something asks, or
 * where nothing is plainly talk. What is wished for is done; manners with a remark are such unless the briefings answer it.
 */
function besideRemarks(sentences: readonly string[], own: Classifier, answered: boolean): TalkMessage | null {
  const clauses = sentences.flatMap((sentence) => clausesOf(sentence, own));
  const remarks = clauses.filter(({ read }) => read.kind === 'question');
  if (clauses.length > MOST_CLAUSES || remarks.length === 0 || remarks.length === clauses.length) return null;
  if (remarks.some(({ text }) => asksSomething(text))) return null;
  const firm = clauses.filter(({ read }) => read.question < SURELY && read.sure >= FIRM && !SAYS_NOTHING.has(read.kind));
  // What is neither said to nor asked of the service alone has to be asked.
  const wished = firm.filter(
    ({ read: { kind }, text }) =>
      !MANNERS.has(kind) &&
      kind !== 'wrong' &&
      (LEANING_KINDS.has(kind) || OF_ITSELF_ALONE.has(kind) || kind === 'identity' || mayAsk(text)),
  );
  const manners = firm.filter(({ read }) => MANNERS.has(read.kind));
  const said = strongest([wished, manners, firm].find((list) => list.length > 0)?.map(({ read, text }) => ({ ...read, text })) ?? []);
  const tells = remarks.some(({ text }) => tellsOfSomebody(text));
  if (answered && (said?.kind === 'wrong' || ((!said || said.kind === 'sure') && sentences.some(corrects))))
    return { kind: 'other', language: null, rest: [], fresh: remarks.flatMap(({ text }) => restOf(text, own)), question: 0 };
  if (!said) return null;
  const rest = restOf(said.text, own);
  // What is no remark of somebody about themselves may be what a question is about: "Rubber and heat: are they related?"
  const fresh = [...rest, ...remarks.filter(({ text }) => !tellsOfSomebody(text)).flatMap(({ text }) => restOf(text, own))];
  const message: TalkMessage = {
    kind: said.kind as SaidKind,
    language: null,
    rest: SLOTTED.has(said.kind) ? rest : [],
    fresh,
    question: said.question,
  };
  if (MANNERS.has(said.kind) && remarks.some(({ text }) => mayAsk(text))) return null;
  if (MANNERS.has(said.kind))
    return tells || said.kind === 'wellbeing' || (answered && said.kind !== 'greeting')
      ? { ...message, question: BESIDE_REMARKS, unless: 'answered' }
      : null;
  if (LEANING_KINDS.has(said.kind)) {
    if (!answered) return null;
    if (said.kind === 'language') return { ...message, into: languageNamed(said.text) };
    return EDITION_KINDS.has(message.kind) ? { ...message, question: BESIDE_REMARKS, unless: 'answered' } : message;
  }
  if (answered && meansAnswer(said)) return leaning(said.kind, null, said.question);
  // What somebody tells before "whom do I ask?" is what they ask about.
  const isPlain = OF_ITSELF_ALONE.has(said.kind) && said.sure >= PLAINLY_MEANT && said.question < SURELY / 3;
  const isToService = said.kind === 'wellbeing' || remarks.every(({ text }) => speaksToService(text));
  if (!isPlain) return isToService ? { ...message, question: BESIDE_REMARKS, unless: 'answered' } : null;
  return tells ? message : { ...message, question: BESIDE_REMARKS, unless: 'answered' };
}
/** How probable a question is where remarks stand beside something plainly said. Chosen: the briefings' answer has to be likely. */
const BESIDE_REMARKS = 0.25;
const MOST_CLAUSES = 8;
/** How sure the kind of a clause has to be for the rest of the message to be remarks. */
const FIRM = 0.45;
const SAYS_NOTHING: ReadonlySet<SentenceKind> = new Set(['bare', 'aside', 'unclear', 'acknowledgement']);

interface Clause {
  text: string;
  read: ReadSentence;
}

/** The clauses of a sentence, each for itself where one of them is plainly talk. */
function clausesOf(sentence: string, own: Classifier): Clause[] {
  const alone: Clause = { text: sentence, read: own.tell(sentence) };
  if (alone.read.kind !== 'question') return [alone];
  const parts = partsOf(sentence).map((text): Clause => ({ text, read: own.tell(text) }));
  return parts.some(({ read }) => read.question < SURELY) ? parts : [alone];
}

const partsOf = (sentence: string): string[] => sentence.split(PARTED).filter((part) => /[\p{L}\p{N}]/u.test(part));

/** Whether a clause asks: by its mark, or how it begins, after a word that is no subject ("and who", but not "it is"). */
function asksSomething(text: string): boolean {
  if (/[?？؟]["'”’)]*$/u.test(text.trim()) || ASKING_SIGN.test(text)) return true;
  const [first = '', second = ''] = foldedWords(text);
  return ASKS_WITH.has(first) || (ASKS_WITH.has(second) && !PERSONS.has(first) && !POINTING.has(first));
}

/** Whether a clause may want something of the briefings: it asks, or has a word of wishing. */
const mayAsk = (text: string): boolean => asksSomething(text) || foldedWords(text).some((word) => WISHES_FOR.has(word));

/** Whether somebody tells of themselves or speaks to the service: keywords do neither. */
const tellsOfSomebody = (text: string): boolean => PERSON_SIGN.test(text) || foldedWords(text).some((word) => PERSONS.has(word));

/** Whether somebody speaks to the service. */
const speaksToService = (text: string): boolean => /[你您]/u.test(text) || foldedWords(text).some((word) => SPOKEN_TO.has(word));

const foldedWords = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const strongest = <T extends ReadSentence>(told: readonly T[]): T | undefined => [...told].sort((a, b) => rank(a) - rank(b))[0];

/** Below it a sentence is talk, whatever stands beside it. */
const SURELY = 0.3;
/** Whether a sentence that looks like a question may be talk. */
const mayBeTalk = ({ talk, question, sure }: ReadSentence): boolean =>
  question < BEYOND_DOUBT && (!SLOTTED.has(talk) || sure >= PLAINLY_MEANT);
/** From this probability on a sentence is a question whatever the briefings have. */
const BEYOND_DOUBT = 0.5;
/** A summary has to be meant as plainly as this: of 599 Chinese questions over English briefings none is then one. */
const PLAINLY_MEANT = 0.8;

/** The same for what is to be summed up. */
const SUMMED_UP = 0.7;
const figuresAlone = (words: readonly string[]): boolean => words.length > 0 && words.every((word) => /^\p{N}/u.test(word));

/**
 * What a sentence is; one that looks like a question may be talk in each of its parts ("Hi, first day here, what is this?"), and so is one that its parts
 * tell more surely.
 */
function toldBy(sentence: string, own: Classifier): Told[] {
  const tell = (text: string): Told => ({ ...own.tell(text), text });
  const told = tell(sentence);
  const parts = partsOf(sentence);
  if (parts.length < 2 || parts.length > MOST_SENTENCES) return [told];
  const each = parts.map(tell);
  if (told.kind !== 'question' && told.sure >= PLAINLY_MEANT) return [told];
  if (each.some(({ kind }) => kind === 'question')) return [told];
  return told.kind === 'question' || each.some(({ sure }) => sure >= PLAINLY) ? each : [told];
}
const PARTED = /[,;:，；、،–—]/u;

/** Chosen so that what was told before the threshold fell is told still, not measured further. */
const PLAINLY = 0.9;

const rank = ({ kind }: ReadSentence): number => (kind === 'bare' ? ORDER.length : ORDER.indexOf(kind as SaidKind));

function languageOf(told: readonly ReadSentence[], least: number): string | null {
  const [most] = [...told].sort((a, b) => b.spoken * b.words.length - a.spoken * a.words.length);
  return most && most.spoken >= least ? most.language : null;
}

/** Leans on what was said, and not on this service, its briefings or whoever answers. */
const pointsBack = (words: readonly string[]): boolean => words.some((word) => POINTING.has(word)) && !words.some((word) => OURS.has(word));
const OURS: ReadonlySet<string> = new Set(
  'you your service tool bot chat assistant site page briefings briefing documents document sources du dein sie dienst unterlagen briefings tu vous service documents notes usted servicio documentos informes 你 您 انت'
    .split(' ')
    .map(fold),
);

const EDITION_KINDS: ReadonlySet<SaidKind> = new Set(['earlier', 'later']);
const HAN = /\p{Script=Han}/u;
/** How probable a question may be where what is said leans on nothing. */
const DOUBTED = 0.03;

/** Words of a sentence that talk does not know; of a script without spaces the letters that stand in no word it knows. */
function restOf(sentence: string, own: Classifier): string[] {
  return [...fold(sentence).matchAll(/\p{Script=Han}+|[\p{L}\p{M}\p{N}]+/gu)].flatMap(([run]) => {
    if (!HAN.test(run)) return own.meant(run) === null ? [run] : [];
    const letters = [...run];
    const known = letters.map((letter, at) => own.meant(`${letter}${letters[at + 1] ?? ''}`) !== null);
    const rest = letters.map((letter, at) => (known[at] || known[at - 1] ? ' ' : letter)).join('');
    return rest.split(/ +/).filter(Boolean);
  });
}

/** Signs alone: thanks, assent, or nothing anybody could read. */
function signKind(text: string): SaidKind {
  if (/[🙏❤💐🌹😊🥰]/u.test(text)) return 'thanks';
  if (/[👍👌✅😀😃😄🙂👏🎉💯]/u.test(text)) return 'acknowledgement';
  if (/[👋]/u.test(text)) return 'greeting';
  return 'unclear';
}

/** Where nobody asks the briefings, a new word may be one of theirs, and then it was no talk. */
const isPlainTalk = (said: TalkMessage | null): boolean =>
  said !== null && (said.fresh.length === 0 || SLOTTED.has(said.kind) || MANNERS.has(said.kind));

/** Turns without those that are talk, and without the replies to them: what a question may lean on. */
export function withoutTalk(history: readonly Turn[]): Turn[] {
  const kept: Turn[] = [];
  let dropping = false;
  let answered = false;
  for (const turn of history) {
    if (turn.role === 'user') {
      dropping = isPlainTalk(recognise(turn.content, answered));
      answered ||= !dropping;
    }
    if (!dropping) kept.push(turn);
  }
  return kept;
}
